//go:build !cluster

package main

import (
	"context"
	"errors"

	"wenbao/bot/telegram"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// Without the tag cluster the program has no clients for Weaviate and Redis: it would be a fifth larger.

const withCluster = false

// errNoCluster is said by a program that was built without what only clusters need.
var errNoCluster = errors.New("这个 wenbao 编译时没有带上集群的部分，请重新安装：go install -tags ne,cluster -ldflags=-s ./cmd/wenbao")

func openCluster(context.Context, string) (retrieval.Corpus, error) { return nil, errNoCluster }

func updateCluster(context.Context, string, string, spread, func(disk.Progress)) (disk.Summary, error) {
	return disk.Summary{}, errNoCluster
}

func openConversations(string, string) (telegram.Conversations, func() error, error) {
	return nil, nil, errNoCluster
}
