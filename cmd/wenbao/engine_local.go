//go:build !cluster

package main

import (
	"context"

	"wenbao/bot/telegram"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// Without the tag cluster the program has no clients for Weaviate and Redis: it would be a fifth larger.

func openCluster(context.Context, string) (retrieval.Corpus, error) { return nil, errNoCluster }

func updateCluster(context.Context, string, string, spread, func(disk.Progress)) (disk.Summary, error) {
	return disk.Summary{}, errNoCluster
}

func openConversations(string, string) (telegram.Conversations, func() error, error) {
	return nil, nil, errNoCluster
}
