// Bench measures what rtgen is judged by: each program of testdata is built by rtgen and
// by the stock toolchain, the two binaries run in turn (package cmd/rtgen/compare), and the
// medians of the ratios rewritten/stock are printed.
//
//	go run ./e2e/bench                    all of them
//	go run ./e2e/bench -run 'ping|spawn'  some
//	go run ./e2e/bench -n 21 -w 1         more rounds, one worker on both sides
//	go run ./e2e/bench -write             results.json and the table in README.md
//
// Ratios are of CPU time unless the heading says otherwise; wall time is given beside it.
// Below 1 the rewritten program is the faster one. Both binaries run with the same
// number of processors (GOMAXPROCS, RTGEN w=). The column "goal" is what the project
// wants to reach, not a promise.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"rtgen/cmd/rtgen/compare"
	"rtgen/e2e/run"
)

// bench is what the command line says.
type bench struct {
	only    *regexp.Regexp
	rounds  int
	workers int
	bin     string
	dir     string
}

func main() {
	pattern := flag.String("run", "", "only the figures whose name matches `regexp`")
	n := flag.Int("n", 7, "`rounds`: each runs every binary once")
	workers := flag.Int("w", 1, "`workers` of both sides")
	bin := flag.String("bin", "", "rtgen `binary`; built from this module if empty")
	dir := flag.String("dir", "e2e/bench/testdata", "`folder` of the programs")
	write := flag.Bool("write", false, "measure the whole suite with 1 and 2 workers, write e2e/bench/results.json and README.md's table (-n 5 if not given)")
	table := flag.Bool("table", false, "make README.md's table from e2e/bench/results.json as it is")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := func() (err error) {
		if *table {
			return updateReadme("README.md", resultsFile)
		}
		b := &bench{rounds: *n, workers: *workers, bin: *bin}
		if b.only, err = regexp.Compile(*pattern); err != nil {
			return err
		}
		if b.dir, err = filepath.Abs(*dir); err != nil {
			return err
		}
		if b.bin == "" {
			if b.bin, err = run.BuildRtgen(); err != nil {
				return err
			}
		}
		if *write {
			if *pattern != "" || isSet("w") {
				return errors.New("-write measures the whole suite with 1 and 2 workers: no -run, no -w")
			}
			if !isSet("n") {
				b.rounds = 5
			}
			return b.write(ctx, "README.md", resultsFile)
		}
		return b.print(ctx)
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// isSet reports whether the command line has the flag.
func isSet(name string) (set bool) {
	flag.Visit(func(f *flag.Flag) { set = set || f.Name == name })
	return set
}

// compare runs one program.
func (b *bench) compare(ctx context.Context, program string, rounds int, workers []int) (*compare.Report, error) {
	return compare.Run(ctx, &compare.Options{
		Args: []string{filepath.Join(b.dir, program+".go")}, Runs: rounds, Workers: workers, Timeout: 5 * time.Minute,
		Rewrite: func(ctx context.Context, args []string, out string) error {
			cmd := exec.CommandContext(ctx, b.bin, append([]string{"build", "-o", out}, args...)...)
			text, err := cmd.CombinedOutput()
			if err != nil {
				return fmt.Errorf("rtgen build: %w: %s", err, text)
			}
			return nil
		},
	})
}

// print measures what the command line selects.
func (b *bench) print(ctx context.Context) error {
	tw := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "figure\tratio\twall\tmemory\tgoal\tstock CPU\t")
	tw.Flush()
	for _, c := range suite {
		for _, f := range c.figures {
			if !b.only.MatchString(f.program) {
				continue
			}
			r, err := b.compare(ctx, f.program, b.rounds, []int{b.workers})
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				fmt.Fprintf(tw, "%s\t%v\t\t\t\t\t\n", f.program, firstLine(err.Error()))
			} else {
				printFigure(tw, f, r.Settings[0])
			}
			tw.Flush()
		}
	}
	if b.only.MatchString("hello") {
		if err := b.hello(ctx); err != nil {
			fmt.Printf("hello: %v\n", firstLine(err.Error()))
		}
	}
	if b.only.MatchString("build") {
		if err := b.builds(ctx); err != nil {
			fmt.Printf("build: %v\n", firstLine(err.Error()))
		}
	}
	return ctx.Err()
}

func printFigure(tw *tabwriter.Writer, f figure, s *compare.Setting) {
	goal := "-"
	if f.goal > 0 {
		goal = fmt.Sprintf("%.2f", f.goal)
	}
	cpu := s.Row("CPU")
	fmt.Fprintf(tw, "%s\t%.2f\t%.2f\t%.2f\t%s\t%.0f ms\t\n", f.program, cpu.Ratio.Median,
		s.Row("wall").Ratio.Median, s.Row("peak memory").Ratio.Median, goal, cpu.Value.Stock.Median*1e3)
	if !s.Behaviour.Same {
		fmt.Fprintf(tw, "%s\n", firstLine(s.Behaviour.Detail))
	}
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}
