package weaviate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/weaviate/weaviate/entities/models"
	"golang.org/x/sync/errgroup"

	"wenbao/retrieval"
)

// # Trying again
//
// What a cluster does not take at once is sent again, after a pause that doubles: a machine that dies takes its share
// of the requests with it, and the others some seconds to agree on who leads. An object sent again takes its own
// place.
const (
	mostTries  = 8
	firstPause = 250 * time.Millisecond
	longPause  = 10 * time.Second
)

// errNotTaken tells that Weaviate refused some of a batch's objects.
var errNotTaken = errors.New("没有被 Weaviate 收下")

// retry does something again while the cluster is not able to.
func (u *updater) retry(ctx context.Context, do func() error) error {
	pause := firstPause
	for try := 1; ; try++ {
		err := do()
		if err == nil || try == mostTries || !errors.Is(err, retrieval.ErrUnavailable) && !errors.Is(err, errNotTaken) {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		pause = min(2*pause, longPause)
	}
}

// write writes objects in batches, some of them side by side.
func (u *updater) write(ctx context.Context, objects []*models.Object) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(batchesAhead)
	for batch := range slices.Chunk(objects, batchObjects) {
		group.Go(func() error {
			return u.retry(ctx, func() (err error) {
				batch, err = u.server.write(ctx, batch)
				return err
			})
		})
	}
	return group.Wait()
}

// write writes a batch. It gives back the objects that were not taken, with the reason for one of them.
func (s *server) write(ctx context.Context, batch []*models.Object) ([]*models.Object, error) {
	taken, err := s.batch.ObjectsBatcher().WithObjects(batch...).WithConsistencyLevel(quorum).Do(ctx)
	if err != nil {
		return batch, explained(err)
	}
	if len(taken) != len(batch) {
		return batch, fmt.Errorf("%w：%d 个对象只回答了 %d 个", errNotTaken, len(batch), len(taken))
	}
	var left []*models.Object
	var reason string
	for i, result := range taken {
		if result.Result == nil || result.Result.Errors == nil {
			continue
		}
		left = append(left, batch[i])
		if errors := result.Result.Errors.Error; len(errors) > 0 {
			reason = errors[0].Message
		}
	}
	if len(left) > 0 {
		return left, fmt.Errorf("%w %d 个对象：%s", errNotTaken, len(left), shortened(reason))
	}
	return nil, nil
}
