package main

// This file runs one test: lay out, build (or find the binary in the cache), execute, judge.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rtgen/e2e/run"
)

// Runner holds what all tests of one run share.
type Runner struct {
	Root  string // GOROOT/test
	Tool  *run.Tool
	Cache string   // binaries by content, below it one folder per tool
	Work  string   // generated modules and sources
	Env   []string // for the programs: parts of RTGEN, without stress

	// Stress is K of RTGEN=stress=K, 0 for none. A program that reaches the limit of time because it has
	// many safepoints is run again with ten times the K, and so on up to maxStress times the first.
	Stress int
	Build  run.Limits
	Run    run.Limits
}

const maxStress = 10_000

// Verdict is how a test ended.
type Verdict struct {
	Test    string `json:"test"`
	Tier    string `json:"tier"`
	Pass    bool   `json:"pass"`
	Stage   string `json:"stage,omitempty"`  // where it failed: "layout", "build", "run", "output"
	Cause   string `json:"cause,omitempty"`  // one line, without positions and numbers, to group by
	Detail  string `json:"detail,omitempty"` // what was printed
	BuildMS int64  `json:"build_ms"`
	RunMS   int64  `json:"run_ms"`
	Known   string `json:"known,omitempty"`
	Stress  int    `json:"stress,omitempty"` // the K of its last execution
}

// run executes one test.
func (r *Runner) run(ctx context.Context, t Test) Verdict {
	v := Verdict{Test: t.Path, Tier: t.Tier}
	fail := func(stage, cause, detail string) Verdict {
		v.Stage, v.Cause, v.Detail = stage, cause, clip(detail)
		return v
	}
	src, err := os.ReadFile(filepath.Join(r.Root, t.Path))
	if err != nil {
		return fail("layout", "no source", err.Error())
	}
	rec, err := parseRecipe(string(src))
	if err != nil {
		return fail("layout", "bad recipe", err.Error())
	}
	want, err := expected(r.Root, t.Path)
	if err != nil {
		return fail("layout", "no expected output", err.Error())
	}
	prog, err := r.layout(t, rec)
	if err != nil {
		return fail("layout", "layout", err.Error())
	}

	var env []string
	if rec.Debug != "" {
		env = append(env, "GODEBUG="+rec.Debug)
	}
	lim := r.Run
	lim.Time = max(lim.Time, rec.Timeout)
	exec := func(p program, dir string, args []string) (run.Result, *Verdict) {
		bin, res := r.build(ctx, p)
		v.BuildMS += res.Wall.Milliseconds()
		if !res.OK() {
			f := fail("build", cause(string(res.Output), res.Status()), res.Status()+"\n"+string(res.Output))
			return res, &f
		}
		for k := r.Stress; ; k *= 10 {
			rtgen := r.Env
			if k > 0 {
				rtgen = append(slices.Clone(rtgen), fmt.Sprintf("stress=%d", k))
				v.Stress = k
			}
			all := slices.Clone(env)
			if len(rtgen) > 0 {
				all = append(all, "RTGEN="+strings.Join(rtgen, ","))
			}
			res = run.Exec(ctx, lim, run.Cmd{Dir: dir, Args: append([]string{bin}, args...), Env: all})
			v.RunMS += res.Wall.Milliseconds()
			if k == 0 || k >= maxStress*r.Stress || !strings.HasPrefix(res.Why, "timeout") {
				break
			}
		}
		if !res.OK() {
			f := fail("run", cause(string(res.Output), res.Status()), res.Status()+"\n"+string(res.Output))
			return res, &f
		}
		return res, nil
	}

	dir := r.Root
	if rec.Action == "runindir" {
		dir = prog.dir
	}
	res, failed := exec(prog, dir, rec.Args)
	if failed != nil {
		return *failed
	}
	if rec.Action == "runoutput" {
		gen := map[string]string{"tmp__.go": string(res.Output)}
		p, err := moduleProgram(r.Work, t.Path, gen)
		if err != nil {
			return fail("layout", "layout", err.Error())
		}
		p.targets = []string{"tmp__.go"}
		if res, failed = exec(p, r.Root, nil); failed != nil {
			return *failed
		}
	}
	got := strings.ReplaceAll(string(res.Output), "\r\n", "\n")
	if got != want {
		return fail("output", "output differs", difference(got, want))
	}
	v.Pass = true
	return v
}

func (r *Runner) layout(t Test, rec Recipe) (program, error) {
	dir := filepath.Join(r.Root, strings.TrimSuffix(t.Path, ".go")+".dir")
	switch rec.Action {
	case "run", "runoutput":
		files := []string{t.Path}
		for _, f := range rec.Files {
			files = append(files, filepath.Join(filepath.Dir(t.Path), f))
		}
		return fileProgram(r.Root, files)
	case "rundir", "errorcheckandrundir":
		files, err := rundirModule(dir, rec.SingleFile)
		if err != nil {
			return program{}, err
		}
		return moduleProgram(r.Work, t.Path, files)
	case "runindir":
		files, err := runindirModule(dir, rec.GoVersion)
		if err != nil {
			return program{}, err
		}
		return moduleProgram(r.Work, t.Path, files)
	}
	return program{}, fmt.Errorf("recipe %q is not one that executes", rec.Action)
}

// build returns the program's binary. What a tool once built, or refused, it is not asked again.
func (r *Runner) build(ctx context.Context, p program) (string, run.Result) {
	dir := filepath.Join(r.Cache, r.Tool.Name+"-"+r.Tool.Key)
	bin := filepath.Join(dir, p.key)
	if _, err := os.Stat(bin); err == nil {
		return bin, run.Result{}
	}
	if b, err := os.ReadFile(bin + ".refused"); err == nil {
		return "", run.Result{Code: 1, Output: b}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", run.Result{Code: -1, Why: err.Error()}
	}
	tmp := fmt.Sprintf("%s.%d.tmp", bin, os.Getpid())
	res := r.Tool.Build(ctx, r.Build, p.dir, tmp, p.targets...)
	if !res.OK() {
		os.Remove(tmp)
		if res.Why == "" {
			os.WriteFile(bin+".refused", res.Output, 0o666)
		}
		return "", res
	}
	if err := os.Rename(tmp, bin); err != nil {
		return "", run.Result{Code: -1, Why: "no binary: " + err.Error(), Output: res.Output}
	}
	return bin, res
}

// prune removes the binaries of other versions of the same tool that nobody has added to
// for an hour: another run may be using them.
func (r *Runner) prune() {
	entries, _ := os.ReadDir(r.Cache)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), r.Tool.Name+"-") || e.Name() == r.Tool.Name+"-"+r.Tool.Key {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > time.Hour {
			os.RemoveAll(filepath.Join(r.Cache, e.Name()))
		}
	}
}

var (
	hexNumber = regexp.MustCompile(`0x[0-9a-f]+`)
	number    = regexp.MustCompile(`[0-9]+`)
	position  = regexp.MustCompile(`[^\s:]*\.go:[0-9]+(:[0-9]+)?:? ?`)
	quoted    = regexp.MustCompile(`"[^"]*"`)
)

// cause reduces a failure's output to the line that most likely tells why, with whatever
// differs from program to program taken out.
func cause(out, status string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	pick := ""
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if l == "" || strings.HasPrefix(l, "#") || strings.HasPrefix(l, "goroutine ") || strings.HasPrefix(l, "rtgen: building") {
			continue
		}
		if pick == "" {
			pick = l
		}
		if strings.Contains(l, "rewritten program does not compile") {
			pick = "" // what the host compiler says is on a later line
			continue
		}
		if strings.HasPrefix(l, "panic:") || strings.HasPrefix(l, "fatal error:") || strings.HasPrefix(l, "SIG") || strings.Contains(l, "rtgen: ") {
			pick = l
			break
		}
	}
	if pick == "" {
		return status
	}
	pick = position.ReplaceAllString(pick, "")
	pick = hexNumber.ReplaceAllString(pick, "N")
	pick = quoted.ReplaceAllString(pick, `"…"`)
	pick = number.ReplaceAllString(pick, "N")
	if len(pick) > 140 {
		pick = pick[:140]
	}
	return pick
}

const clipAt = 4000

func clip(s string) string {
	if len(s) <= clipAt {
		return s
	}
	return s[:clipAt/2] + "\n…\n" + s[len(s)-clipAt/2:]
}

// difference shows the first differing line of two outputs.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := 0; ; i++ {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			at := func(s []string) string {
				if i >= len(s) {
					return "(end)"
				}
				return fmt.Sprintf("%q", s[i])
			}
			return fmt.Sprintf("line %d: got %s, want %s\ngot:\n%s", i+1, at(g), at(w), got)
		}
	}
}

// rtgenEnv splits the value of RTGEN into K of its stress=K and the rest, a worker count added.
func rtgenEnv(value string, workers int) (stress int, rest []string, err error) {
	if workers > 0 {
		rest = append(rest, fmt.Sprintf("w=%d", workers))
	}
	for part := range strings.SplitSeq(value, ",") {
		k, ok := strings.CutPrefix(part, "stress=")
		if !ok {
			if part != "" {
				rest = append(rest, part)
			}
			continue
		}
		if stress, err = strconv.Atoi(k); err != nil || stress < 1 {
			return 0, nil, fmt.Errorf("-rtgen %s: want stress=K with K at least 1", value)
		}
	}
	return stress, rest, nil
}

// seconds prints a duration as the summary does.
func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
