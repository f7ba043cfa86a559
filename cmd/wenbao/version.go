package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "版本和内置的报告",
		Long:  "显示程序的版本和它回答的报告。",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			report, err := openReport(cmd)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\n报告：%s\n", programVersion(), report.Title)
			return err
		},
	}
}

// programVersion is what the build says about itself.
func programVersion() string {
	version, revision := "(devel)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			version = info.Main.Version
		}
		for _, setting := range info.Settings {
			switch {
			case setting.Key == "vcs.revision":
				revision = " " + setting.Value[:min(len(setting.Value), 12)]
			case setting.Key == "vcs.modified" && setting.Value == "true":
				revision += "+"
			}
		}
	}
	return fmt.Sprintf("wenbao %s%s %s", version, revision, runtime.Version())
}
