//go:build !cluster

package main

import (
	"context"

	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// Without the tag cluster the program has no client for clusters: it would be a quarter larger.

func openCluster(context.Context, string) (retrieval.Corpus, error) { return nil, errNoCluster }

func updateCluster(context.Context, string, string, spread, func(disk.Progress)) (disk.Summary, error) {
	return disk.Summary{}, errNoCluster
}
