package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// Flags that say where the reports of an index are.
const (
	indexFlag  = "index"  // names the folder of an index
	engineFlag = "engine" // names a cluster in its place
)

// corpusFlags are the flags by which a command is told of an index.
type corpusFlags struct{ index, engine string }

func (f *corpusFlags) add(cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar(&f.index, indexFlag, "", usage)
	cobra.CheckErr(cmd.MarkFlagDirname(indexFlag))
	addEngine(cmd.Flags(), &f.engine)
}

func addEngine(flags *pflag.FlagSet, engine *string) {
	flags.StringVar(engine, engineFlag, "", "索引在集群上：`weaviate=URL`，几台用逗号隔开（API key 在环境变量 WENBAO_WEAVIATE_API_KEY）")
}

// given tells whether there is an index to open.
func (f *corpusFlags) given() bool { return f.index != "" || f.engine != "" }

// openCorpus opens the index that the flags name, which is the caller's to close.
func openCorpus(cmd *cobra.Command, f corpusFlags) (retrieval.Corpus, error) {
	switch {
	case cmd.Flags().Changed(reportFlag):
		return nil, fmt.Errorf("--%s 和 --%s、--%s 不能一起用：索引里已经有报告", reportFlag, indexFlag, engineFlag)
	case f.index != "" && f.engine != "":
		return nil, fmt.Errorf("--%s 和 --%s 只能写一个：索引在本机的文件夹里，还是在集群上？", indexFlag, engineFlag)
	case f.engine == "":
		return disk.Open(f.index)
	}
	addresses, err := clusterAddresses(f.engine)
	if err != nil {
		return nil, err
	}
	return openCluster(cmd.Context(), addresses)
}

// clusterAddresses are the addresses of an engine, weaviate=http://…
func clusterAddresses(engine string) (string, error) {
	name, addresses, _ := strings.Cut(engine, "=")
	if name != "weaviate" || addresses == "" {
		return "", fmt.Errorf("--%s 应该像 weaviate=http://10.0.0.1:8080,http://10.0.0.2:8080", engineFlag)
	}
	return addresses, nil
}
