package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"

	"rtgen/e2e/run"
)

// runner has the program built by both tools.
type runner struct {
	o            options
	dir          string
	stock, rtgen string // executables
}

func newRunner(ctx context.Context, o options) (*runner, error) {
	if o.bin == "" {
		var err error
		if o.bin, err = run.BuildRtgen(); err != nil {
			return nil, err
		}
	}
	tool, err := run.Rtgen(o.bin)
	if err != nil {
		return nil, err
	}
	cache, err := run.CacheDir()
	if err != nil {
		return nil, err
	}
	// The same folder each time, so that rtgen finds what it built before.
	dir := filepath.Join(cache, "goker")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	if err := copySource(dir); err != nil {
		return nil, err
	}
	r := &runner{o: o, dir: dir, stock: filepath.Join(dir, "goker.stock"), rtgen: filepath.Join(dir, "goker.rtgen")}
	for _, b := range []struct {
		tool *run.Tool
		out  string
	}{{run.Stock(), r.stock}, {tool, r.rtgen}} {
		if res := b.tool.Build(ctx, run.Limits{Time: 5 * time.Minute}, dir, b.out, "."); !res.OK() {
			return nil, fmt.Errorf("building with %s: %s\n%s", b.tool.Name, res.Status(), res.Output)
		}
	}
	return r, nil
}

func (r *runner) close() {
	os.Remove(r.stock)
	os.Remove(r.rtgen)
}

// verdict is what came of a kernel.
type verdict struct {
	shown   map[string]bool // the listed leaks that were seen
	left    []string        // all goroutines that were left, each once
	problem string
}

// judge runs a kernel.
func (r *runner) judge(ctx context.Context, k *kernel) (verdict, error) {
	v := verdict{shown: map[string]bool{}}
	env := r.o.rtgen
	if r.o.workers > 0 {
		env += fmt.Sprintf(",w=%d", r.o.workers)
	}
	var unlisted map[string]bool
	for i := range r.o.n {
		late, problem := r.look(ctx, k, &v, "300ms", env)
		if len(late) > 0 && problem == "" {
			late, problem = r.look(ctx, k, &v, "3s", env) // what can go on has done so by then
		}
		if ctx.Err() != nil {
			return v, ctx.Err()
		}
		if problem != "" {
			v.problem = problem
			return v, nil
		}
		if i == 0 || len(late) > len(unlisted) {
			unlisted = late
		}
	}
	// Goroutines that wait, but that can be woken, are in no list; stock's profile has them too.
	for i := 0; len(unlisted) > 0; i++ {
		if i == 10 {
			var names []string
			for l := range unlisted {
				names = append(names, l)
			}
			sort.Strings(names)
			v.problem = "neither listed nor left by stock:\n    " + strings.Join(names, "\n    ")
			break
		}
		stock, problem := r.once(ctx, r.stock, k, "GOKER_SETTLE=300ms")
		if ctx.Err() != nil {
			return v, ctx.Err()
		}
		if problem != "" {
			return v, fmt.Errorf("%s, stock: %s", k.name, problem)
		}
		for _, l := range stock {
			delete(unlisted, place(l))
		}
	}
	return v, nil
}

// look runs the kernel once, adds what it shows to v, and returns what it leaves besides.
func (r *runner) look(ctx context.Context, k *kernel, v *verdict, settle, env string) (unlisted map[string]bool, problem string) {
	got, problem := r.once(ctx, r.rtgen, k, "GOKER_SETTLE="+settle, "RTGEN="+env)
	unlisted = map[string]bool{}
next:
	for _, l := range got {
		if !slices.Contains(v.left, l) {
			v.left = append(v.left, l)
		}
		for _, re := range k.leaks {
			if re.MatchString(l) {
				v.shown[re.String()] = true
				continue next
			}
		}
		unlisted[place(l)] = true
	}
	return unlisted, problem
}

var arguments = regexp.MustCompile(`\((0x|\.\.\.|\{|\?|,| |[0-9a-f]|\})*\) \[`)

// place is a goroutine without its arguments.
func place(l string) string { return arguments.ReplaceAllString(l, "() [") }

// once runs a kernel's program and returns what it left.
func (r *runner) once(ctx context.Context, exe string, k *kernel, env ...string) (got []string, problem string) {
	res := run.Exec(ctx, run.Limits{Time: 30 * time.Second, Memory: 1 << 30}, run.Cmd{Args: []string{exe, k.name}, Env: env})
	if !res.OK() {
		return nil, res.Status() + "\n" + string(res.Output[:min(len(res.Output), 4000)])
	}
	got, err := left(string(res.Output))
	if err != nil {
		return nil, err.Error()
	}
	return got, ""
}
