//go:build cluster

package main

import (
	"context"
	"fmt"
	"os"

	"wenbao/retrieval"
	"wenbao/retrieval/disk"
	"wenbao/retrieval/weaviate"
)

// withCluster tells that the program has clients for clusters.
const withCluster = true

// openCluster opens the index on a Weaviate cluster.
func openCluster(ctx context.Context, addresses string) (retrieval.Corpus, error) {
	config, err := clusterConfig(addresses)
	if err != nil {
		return nil, err
	}
	return weaviate.Open(ctx, config)
}

// updateCluster brings the index on a Weaviate cluster up to date.
func updateCluster(
	ctx context.Context, folder, addresses string, spread spread, progress func(disk.Progress),
) (disk.Summary, error) {
	config, err := clusterConfig(addresses)
	if err != nil {
		return disk.Summary{}, err
	}
	options := weaviate.Options{Shards: spread.shards, Replicas: spread.replicas, Progress: progress}
	return weaviate.Update(ctx, folder, config, options)
}

func clusterConfig(addresses string) (weaviate.Config, error) {
	hosts, err := weaviate.ParseHosts(addresses)
	if err != nil {
		return weaviate.Config{}, fmt.Errorf("--%s：%w", engineFlag, err)
	}
	return weaviate.Config{Hosts: hosts, Key: os.Getenv(weaviate.KeyVariable)}, nil
}
