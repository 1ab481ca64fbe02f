package main

// This file measures what is not a run of a program: start-up, size and builds.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rtgen/cmd/rtgen/compare"
	"rtgen/e2e/run"
)

// hello compares start-up and size.
func (b *bench) hello(ctx context.Context) error {
	r, err := b.compare(ctx, "hello", 5*b.rounds, []int{b.workers})
	if err != nil {
		return err
	}
	var more, stock []float64
	for _, p := range r.Settings[0].Runs {
		more = append(more, (p.Rtgen.Wall-p.Stock.Wall).Seconds()*1e3)
		stock = append(stock, p.Stock.Wall.Seconds()*1e3)
	}
	fmt.Printf("hello from exec to exit: %+.2f ms (stock %.2f ms; goal +3)\n", compare.Estimated(more).Median, compare.Estimated(stock).Median)
	x, y := r.Builds.Rtgen.Bytes, r.Builds.Stock.Bytes
	fmt.Printf("hello binary: %.2f of stock's %.1f MB (goal 2.5)\n", float64(x)/float64(y), float64(y)/1e6)
	return nil
}

// builds compares the wall time of building a program that imports fmt and encoding/json
// a second time, and after a change of one line. The program is copied: nothing is
// written to the checkout. It compares with `go build` under the same two conditions.
func (b *bench) builds(ctx context.Context) error {
	tool, err := run.Rtgen(b.bin)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "rtgen-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	src, err := os.ReadFile(filepath.Join(b.dir, "json.go"))
	if err != nil {
		return err
	}
	work := filepath.Join(tmp, "edit")
	if err := os.Mkdir(work, 0o777); err != nil {
		return err
	}
	text := strings.Replace(string(src), "import \"encoding/json\"", "import (\n\t\"encoding/json\"\n\t\"fmt\"\n)", 1)
	if !strings.Contains(text, "\tprintln(n)\n") {
		return errors.New("json.go has no line that prints n, which would be changed")
	}
	build := func(t *run.Tool, edit int) (time.Duration, error) {
		s := strings.Replace(text, "println(n)", fmt.Sprintf("fmt.Println(n + %d)", edit), 1)
		if err := os.WriteFile(filepath.Join(work, "prog.go"), []byte(s), 0o666); err != nil {
			return 0, err
		}
		res := t.Build(ctx, run.Limits{Time: 10 * time.Minute}, work, filepath.Join(work, t.Name+".exe"), "prog.go")
		if !res.OK() {
			return 0, fmt.Errorf("%s: %s: %s", t.Name, res.Status(), res.Output)
		}
		return res.Wall, nil
	}
	stock := run.Stock()
	for _, c := range []struct {
		name string
		edit bool
		goal float64
	}{{"second build, unchanged", false, 3}, {"build after a change of one line", true, 5}} {
		var ratios []float64
		var walls []float64
		for i := range 6 {
			edit := 0
			if c.edit {
				edit = i + 1 + int(time.Now().UnixNano()%1e6)
			}
			x, err := build(tool, edit)
			if err != nil {
				return err
			}
			y, err := build(stock, edit)
			if err != nil {
				return err
			}
			if i > 0 { // the first one fills both caches
				ratios = append(ratios, x.Seconds()/y.Seconds())
				walls = append(walls, y.Seconds())
			}
		}
		slices.Sort(ratios)
		slices.Sort(walls)
		fmt.Printf("%s: %.1f of go build's %.2f s (goal %.0f)\n", c.name, ratios[len(ratios)/2], walls[len(walls)/2], c.goal)
	}
	return nil
}
