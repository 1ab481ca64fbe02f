package main

// This file is `rtgen compare --bench`.

import (
	"context"
	"fmt"
	"os"
	"strings"

	"rtgen/cmd/rtgen/compare"
)

// compareBench runs the benchmarks of one package on both sides.
func compareBench(ctx context.Context, o *compare.BenchOptions, jsonFile string) error {
	p := newProgress()
	o.Log, o.Out = p.log, os.Stdout
	if p.on {
		o.Out = clearing{p}
	}
	o.RewriteTest = func(ctx context.Context, pkg, out string) error {
		b, err := (&buildFlags{}).buildTest(ctx, []string{pkg})
		if err != nil {
			return err
		}
		return b.copyTo(out)
	}
	r, err := compare.RunBench(ctx, o)
	p.done()
	if err != nil {
		return &failure{2, err}
	}
	if err := compare.WriteBenchTable(os.Stdout, r); err != nil {
		return &failure{2, err}
	}
	if err := writeJSON(jsonFile, r); err != nil {
		return &failure{2, err}
	}
	if len(r.Missing) > 0 {
		return exitStatus(1)
	}
	return nil
}

// clearing is standard output on a terminal that also shows progress.
type clearing struct{ p *progress }

func (c clearing) Write(b []byte) (int, error) {
	c.p.done()
	return os.Stdout.Write(b)
}

// withLongDashes gives compare's -bench and -benchtime, which go test taught everybody,
// their second dash.
func withLongDashes(args []string) []string {
	if len(args) == 0 || args[0] != "compare" {
		return args
	}
	out := append([]string(nil), args...)
	for i, a := range out {
		if a == "--" {
			break
		}
		if strings.HasPrefix(a, "-bench") {
			out[i] = "-" + a
		}
	}
	return out
}

// checkBench reports flags and arguments that do not go together with --bench.
func checkBench(args, progArgs []string, changed func(string) bool) error {
	if len(args) != 1 || strings.HasSuffix(args[0], ".go") || len(progArgs) > 0 {
		return fmt.Errorf("rtgen: --bench wants one package, without arguments")
	}
	for _, name := range []string{"html", "filter", "records", "timeout"} {
		if changed(name) {
			return fmt.Errorf("rtgen: --%s does not go with --bench", name)
		}
	}
	return nil
}
