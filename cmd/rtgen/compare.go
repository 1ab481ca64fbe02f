package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rtgen/cmd/rtgen/compare"
	"rtgen/cmd/rtgen/compare/page"
	"rtgen/rewrite/module"
)

func compareCmd() *cobra.Command {
	var o compare.Options
	var jsonFile, htmlFile, bench, benchtime string
	cmd := &cobra.Command{
		Use:   "compare [flags] PACKAGE | FILE.go… [-- ARGUMENT…]",
		Short: "Run a program beside its stock build: is it the same, what is gained",
		Long: `Compare builds a program twice, through rtgen and with go build, runs the two in turn
and prints what they have in common and what not: output, exit status, time, memory, the
collector's work, allocations, goroutines, size of the executable, time to build it.

Figures are medians of several runs. A ratio is rtgen/stock of the two runs of one turn:
below 1 the rewritten program uses less. Behind it stands an interval that holds the true
median in at least nine of ten cases; "no difference seen" says that 1 is in it. Wall time,
CPU time and memory come from runs that nothing disturbs. The others come from runs of
which each keeps a record of itself; collector CPU is what threads spent collecting.

Standard input is read to its end, unless it is a terminal, and given to every run.

Outputs have to be equal in every run, except for addresses in tracebacks. If a program
prints times, addresses or random numbers, name a shell command that takes them out:
each output goes through its standard input and output.

Stock is built with CGO_ENABLED=0, since rtgen knows no cgo.

With --bench the benchmarks of a package are compared instead of a program. Their lines
come out as go test prints them, each turn behind a line that names the toolchain, so that
"benchstat -col toolchain" reads the output; a table stands behind them.

The exit status is 0 if the program behaves the same, 1 if output or exit status differ
(or a benchmark fails, or runs on one side only), 2 if there is nothing to compare.`,
		Example: `  rtgen compare ./cmd/serve -- -requests 1000
  rtgen compare -n 11 -w 1,2 prog.go <input
  rtgen compare --filter "sed -E 's/[0-9.]+m?s/TIME/'" ./cmd/report
  rtgen compare --bench . -n 10 ./queue | tee out && benchstat -col toolchain out
  rtgen compare --html report.html --json out.json -o kept ./cmd/serve`,
		Args: func(cmd *cobra.Command, args []string) error {
			if cmd.ArgsLenAtDash() == 0 || len(args) == 0 {
				return &failure{2, errors.New("rtgen: compare what? Name a package or .go files")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if n := cmd.ArgsLenAtDash(); n >= 0 {
				args, o.ProgArgs = args[:n], args[n:]
			}
			if err := checkTargets(args, &o); err != nil {
				return &failure{2, err}
			}
			if bench != "" {
				if err := checkBench(args, o.ProgArgs, cmd.Flags().Changed); err != nil {
					return &failure{2, err}
				}
				b := &compare.BenchOptions{Package: args[0], Args: []string{"-test.bench=" + bench, "-test.benchmem"}, Runs: o.Runs, Workers: o.Workers, Keep: o.Keep}
				if benchtime != "" {
					b.Args = append(b.Args, "-test.benchtime="+benchtime)
				}
				return compareBench(cmd.Context(), b, jsonFile)
			}
			o.Args = args
			if st, err := os.Stdin.Stat(); err == nil && st.Mode()&os.ModeCharDevice == 0 {
				o.Stdin = os.Stdin
			}
			p := newProgress()
			o.Log = p.log
			o.Rewrite = func(ctx context.Context, args []string, out string) error {
				_, err := (&buildFlags{}).make(ctx, args, out)
				return err
			}
			r, err := compare.Run(cmd.Context(), &o)
			p.done()
			if err != nil {
				return &failure{2, err}
			}
			if err := compare.WriteTable(os.Stdout, r); err != nil {
				return &failure{2, err}
			}
			if err := writeJSON(jsonFile, r); err != nil {
				return &failure{2, err}
			}
			if htmlFile != "" {
				if err := module.WriteFile(htmlFile, 0o644, func(w io.Writer) error { return page.Write(w, r) }); err != nil {
					return &failure{2, err}
				}
			}
			if !r.Same() {
				return exitStatus(1)
			}
			return nil
		},
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &failure{2, fmt.Errorf("rtgen: compare: %w", err)} })
	f := cmd.Flags()
	f.IntVarP(&o.Runs, "runs", "n", 5, "timed runs of each side")
	f.IntSliceVarP(&o.Workers, "workers", "w", nil, "numbers of workers, one comparison each: GOMAXPROCS of both (default: leave it alone)")
	f.IntVar(&o.Probes, "records", 3, "runs of each side that keep a record of themselves; 0 leaves their figures out")
	f.StringVar(&o.Filter, "filter", "", "shell command that rewrites outputs before they are compared")
	f.DurationVar(&o.Timeout, "timeout", 10*time.Minute, "the longest that one run may take")
	f.StringVar(&jsonFile, "json", "", "write everything that was measured to this file")
	f.StringVar(&bench, "bench", "", "compare the package's benchmarks that match this regular expression")
	f.StringVar(&benchtime, "benchtime", "", "how long each benchmark runs, as for go test")
	f.StringVar(&htmlFile, "html", "", "write a page with tables and plots to this file")
	f.StringVarP(&o.Keep, "out", "o", "", "folder that keeps executables, last outputs and records")
	return cmd
}

// checkTargets reports what can be said of the command line before anything is built.
func checkTargets(args []string, o *compare.Options) error {
	files := 0
	for _, a := range args {
		if strings.HasSuffix(a, ".go") {
			files++
		}
	}
	switch {
	case files != len(args) && len(args) > 1:
		return fmt.Errorf("rtgen: compare one package, or .go files; arguments of the program stand behind --")
	case o.Runs < 1:
		return fmt.Errorf("rtgen: -n %d: at least one run is needed", o.Runs)
	case o.Probes < 0:
		return fmt.Errorf("rtgen: --records %d is negative", o.Probes)
	}
	for _, w := range o.Workers {
		if w < 1 {
			return fmt.Errorf("rtgen: -w %d: at least one worker is needed", w)
		}
	}
	return nil
}

// writeJSON writes v to the file of that name, if it is not "".
func writeJSON(name string, v any) error {
	if name == "" {
		return nil
	}
	return module.WriteFile(name, 0o644, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "\t")
		return e.Encode(v)
	})
}
