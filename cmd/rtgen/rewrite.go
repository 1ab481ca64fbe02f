package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"rtgen/rewrite"
	"rtgen/rewrite/module"
)

func rewriteCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "rewrite [-o DIR] PACKAGE | FILE.go…",
		Short: "Write the Go module that a program becomes",
		Long: `Rewrite writes a self-contained module: the rewritten program, the rewritten standard
library and the runtime. "go build" in it makes the program, offline and without rtgen;
"go build -gcflags=` + module.Inlining + `", which is what rtgen build runs, a faster one.

DIR is new, empty, or was written by rtgen before; files that have not changed are left
alone. Nothing is written if the program does not compile or rtgen refuses it.`,
		Example: `  rtgen rewrite -o out ./cmd/serve
  //go:generate rtgen rewrite -o ../out .`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p := newProgress()
			defer p.done()
			packages, err := packagesDir()
			if err != nil {
				return err
			}
			prog, err := rewrite.Program(cmd.Context(), &rewrite.Options{Args: args, Cache: packages, Log: p.log, Pretty: true})
			if err != nil {
				return err
			}
			dir, err := filepath.Abs(out)
			if err != nil {
				return err
			}
			cache, err := workDir([]string{"-o", dir})
			if err != nil {
				return err
			}
			// The lock lives in the cache, not beside the user's folder.
			unlock, err := module.Lock(cmd.Context(), cache)
			if err != nil {
				return err
			}
			defer unlock()
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			p.log("writing") // to the end: a folder that is updated is complete or untouched
			return prog.Module.Write(dir)
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "rtgen.out", "folder of the module")
	return cmd
}

func dumpCmd() *cobra.Command {
	var name, pass string
	var why bool
	cmd := &cobra.Command{
		Use:   "dump --func NAME [--pass PASS] [--why] PACKAGE | FILE.go…",
		Short: "Show a function as rtgen sees it",
		Long: `Dump shows a function of a program behind one of the passes: its intermediate form, or
with --pass gen (the default) the Go that it becomes. Names are those of tracebacks:
main.f, main.(*T).M, main.f.func1, encoding/json.Marshal. "rtgen passes" lists the passes.

--why explains what makes the function resumable or direct, down to a primitive.`,
		Example: `  rtgen dump --func main.main hello.go
  rtgen dump --func 'os.(*File).Write' --pass build hello.go
  rtgen dump --func fmt.Println --why hello.go`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p := newProgress()
			text, err := rewrite.Dump(cmd.Context(), &rewrite.Options{Args: args, Log: p.log}, name, pass, why)
			p.done()
			if err != nil {
				return err
			}
			_, err = os.Stdout.WriteString(text)
			return err
		},
	}
	cmd.Flags().StringVar(&name, "func", "", "the function")
	cmd.Flags().StringVar(&pass, "pass", "gen", "the pass behind which to show it")
	cmd.Flags().BoolVar(&why, "why", false, "explain the function's class")
	cmd.MarkFlagRequired("func")
	return cmd
}

func passesCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "passes",
		Short: "List the steps from program to program, in order",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, s := range rewrite.Stages() {
				fmt.Printf("%-8s %s\n", s.Name, s.Doc)
			}
			return nil
		},
	}
}

func versionCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of rtgen and of the Go releases it knows",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			fmt.Println(rewrite.Version())
			return nil
		},
	}
}
