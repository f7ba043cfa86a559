package telegram

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
)

// journal remembers on disk what must outlive a crash: which updates were handled although Telegram still holds them for
// unconfirmed, and the few that were confirmed although they wait for their turn.
//
// It is a file of lines, only ever appended to:
//
//	handled 4711
//	kept 4712 {"update_id":4712,…}
//
// Lines are written with one write before anything depends on them, so that a killed process loses at most the end of
// them; a torn last line is dropped when the journal is opened. "handled" lines are not synced to the disk: when the power
// fails, the updates of the last moments come again and are answered twice, but none is lost, since Telegram holds them.
// "kept" lines are synced, because Telegram will forget those updates. What Telegram has confirmed is dropped, and the
// file is written anew when most of it is dropped lines.
type journal struct {
	path string

	mu      sync.Mutex
	file    *os.File
	handled map[int]struct{}
	kept    map[int]json.RawMessage
	lines   int // in the file
}

// compactAfter is the length in lines from which on a journal is worth being written anew.
const compactAfter = 1024

// openJournal opens the journal of a file, which is made where there is none.
func openJournal(path string) (*journal, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("建不了状态文件夹，请检查 --state：%w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("打不开日志文件，请检查 --state：%w", err)
	}
	text, err := os.ReadFile(path)
	whole := bytes.LastIndexByte(text, '\n') + 1
	if err == nil && whole < len(text) {
		err = file.Truncate(int64(whole))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("读不了日志文件，请检查 --state：%w", err), file.Close())
	}
	j := &journal{path: path, file: file, handled: make(map[int]struct{}), kept: make(map[int]json.RawMessage)}
	for line := range bytes.Lines(text[:whole]) {
		j.read(bytes.TrimRight(line, "\n"))
		j.lines++
	}
	return j, nil
}

// read takes a line in. A line that cannot be read is skipped: it costs an answer given twice.
func (j *journal) read(line []byte) {
	fields := bytes.SplitN(line, []byte(" "), 3)
	if len(fields) < 2 {
		return
	}
	id, err := strconv.Atoi(string(fields[1]))
	if err != nil {
		return
	}
	switch {
	case string(fields[0]) == "handled" && len(fields) == 2:
		j.handled[id] = struct{}{}
		delete(j.kept, id)
	case string(fields[0]) == "kept" && len(fields) == 3 && json.Valid(fields[2]):
		j.kept[id] = slices.Clone(fields[2])
	}
}

// isHandled tells whether an update was handled.
func (j *journal) isHandled(id int) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, handled := j.handled[id]
	return handled
}

// markHandled writes down that an update was handled.
func (j *journal) markHandled(id int) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.handled[id] = struct{}{}
	delete(j.kept, id)
	j.lines++
	_, err := j.file.Write(fmt.Appendf(nil, "handled %d\n", id))
	return err
}

// keep writes down updates that are about to be confirmed before they are handled, in the order given: when the process
// is killed meanwhile, those that a file holds are the first of them. Were a chat's second update in it and its first
// not, the second would be answered before Telegram sent the first again.
func (j *journal) keep(updates []*taken) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	var lines bytes.Buffer
	var written []*taken
	for _, t := range updates {
		if _, handled := j.handled[t.id]; handled { // a moment ago, and only not let go of yet
			continue
		}
		fmt.Fprintf(&lines, "kept %d ", t.id)
		if err := json.Compact(&lines, t.raw); err != nil {
			return err
		}
		lines.WriteByte('\n')
		written = append(written, t)
	}
	j.lines += len(written)
	if _, err := j.file.Write(lines.Bytes()); err != nil {
		return err
	}
	if err := j.file.Sync(); err != nil {
		return err
	}
	for _, t := range written {
		j.kept[t.id] = t.raw
	}
	return nil
}

// waiting is what was kept and not handled, oldest first.
func (j *journal) waiting() []json.RawMessage {
	j.mu.Lock()
	defer j.mu.Unlock()
	var ids []int
	for id := range j.kept {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var raws []json.RawMessage
	for _, id := range ids {
		raws = append(raws, j.kept[id])
	}
	return raws
}

// confirmed drops what Telegram will not send again: the updates below an identifier.
func (j *journal) confirmed(below int) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for id := range j.handled {
		if id < below {
			delete(j.handled, id)
		}
	}
	if j.lines < compactAfter || j.lines < 4*(len(j.handled)+len(j.kept)) {
		return nil
	}
	return j.compact()
}

// onlyUnconfirmed drops all but what Telegram is known to hold for unconfirmed. After a week without updates Telegram
// counts from a number of its choice, which must not be taken for one of long ago.
func (j *journal) onlyUnconfirmed(ids []int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for id := range j.handled {
		if !slices.Contains(ids, id) {
			delete(j.handled, id)
		}
	}
}

// compact writes the journal anew, beside and moved over the old one.
func (j *journal) compact() error {
	if len(j.handled)+len(j.kept) == 0 {
		j.lines = 0
		return j.file.Truncate(0)
	}
	var text bytes.Buffer
	for id := range j.handled {
		fmt.Fprintf(&text, "handled %d\n", id)
	}
	for id, raw := range j.kept {
		fmt.Fprintf(&text, "kept %d ", id)
		if err := json.Compact(&text, raw); err != nil {
			return err
		}
		text.WriteByte('\n')
	}
	beside, err := os.OpenFile(j.path+".new", os.O_RDWR|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = beside.Write(text.Bytes())
	if err = errors.Join(err, beside.Sync()); err == nil {
		err = os.Rename(beside.Name(), j.path)
	}
	if err != nil {
		return errors.Join(err, beside.Close())
	}
	old := j.file
	j.file, j.lines = beside, len(j.handled)+len(j.kept)
	return old.Close()
}

// close writes down what is still worth knowing, and closes the file.
func (j *journal) close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return errors.Join(j.compact(), j.file.Sync(), j.file.Close())
}
