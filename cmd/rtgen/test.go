package main

// This file is `rtgen test`: like `go test`, package by package.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"rtgen/rewrite/load"
)

func testCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "test [FLAGS] [PACKAGE…] [-args ARGUMENT…]",
		Short: "Rewrite the tests of packages, build them and run them",
		Long: `Test builds the tests of packages (those in the package, those beside it, examples, fuzz
targets on their seeds, benchmarks) with everything that they import, as "rtgen build"
does, and runs them, each in its package's folder. Output and exit status are those of
"go test"; without a package the one in the current folder is tested and its output
shown as it comes. Results are not cached, and vet does not run.

Flags of go test, with one dash or two; what begins with -test. is understood too:

  -run R -skip R -list R      which tests and examples
  -bench R -benchtime T -benchmem
  -count N -cpu LIST -parallel N -shuffle S -failfast -fullpath
  -short -v -timeout D        D is 10m unless given, 0 for no limit
  -c [-o FILE]                build only; the binary is PACKAGE.test, or FILE
  -tags LIST                  build tags
  -w N                        number of workers (default: the number of processors)
  --work                      print the folder of the rewritten program
  -args                       everything behind it goes to the test binary

The environment variable RTGEN holds the runtime's settings; see "rtgen help run".`,
		Example: `  rtgen test ./...
  rtgen test -run TestMutex -count 100 -w 4 sync
  RTGEN=stress=7 rtgen test -short ./queue
  rtgen test -run '^$' -bench . -benchmem ./queue`,
		DisableFlagParsing: true, // go test's flags are long with one dash
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := parseTestFlags(args)
			if err != nil {
				return err
			}
			if t.help {
				return cmd.Help()
			}
			return t.main(cmd.Context())
		},
	}
}

// tested is a package as `go list` names it.
type tested struct {
	ImportPath                string
	Dir                       string
	TestGoFiles, XTestGoFiles []string
	Error                     *struct{ Err string }
}

func (p *tested) hasTests() bool { return len(p.TestGoFiles)+len(p.XTestGoFiles) > 0 }

// buildTest builds the test binary of the one package that args name (a pattern, or .go
// files). The tests expect to run in the folder binary.dir.
func (f *buildFlags) buildTest(ctx context.Context, args []string) (binary, error) {
	return f.build(ctx, args, true)
}

// testedPackages asks the go command which packages patterns name. Errors are those of go list.
func testedPackages(ctx context.Context, patterns []string) ([]tested, error) {
	args := append([]string{"list", "-e", "-json=ImportPath,Dir,TestGoFiles,XTestGoFiles,Error", "--"}, patterns...)
	cmd := load.Go(ctx, "", args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, &load.Error{Text: strings.TrimRight(stderr.String(), "\n")}
	}
	os.Stderr.Write(stderr.Bytes()) // that a pattern matches nothing is a warning
	var pkgs []tested
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p tested
		if err := dec.Decode(&p); err == io.EOF {
			return pkgs, nil
		} else if err != nil {
			return nil, fmt.Errorf("rtgen: go list: %w", err)
		}
		pkgs = append(pkgs, p)
	}
}

// main tests all packages. What failed has been reported.
func (t *testFlags) main(ctx context.Context) error {
	patterns := t.patterns
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	pkgs, err := testedPackages(ctx, patterns)
	if err != nil {
		return err
	}
	if len(pkgs) == 0 {
		return errors.New("no packages to test")
	}
	if t.compile && t.out != "" && len(pkgs) > 1 && !isFolder(t.out) {
		return errors.New("with several packages -o must name a folder")
	}
	failed := false
	for i := range pkgs {
		args := []string{pkgs[i].ImportPath}
		if pkgs[i].ImportPath == "command-line-arguments" {
			args = patterns
		}
		ok, err := t.one(ctx, &pkgs[i], args)
		if err != nil {
			return err
		}
		failed = failed || !ok
		if failed && t.failfast {
			break
		}
	}
	if !failed {
		return nil
	}
	if !t.compile && len(t.patterns) > 0 {
		fmt.Println("FAIL")
	}
	return exitStatus(1)
}

func isFolder(name string) bool {
	st, err := os.Stat(name)
	return err == nil && st.IsDir()
}

// one builds and runs the tests of one package. An error means that there is no use in going
// on; everything else is reported here.
func (t *testFlags) one(ctx context.Context, p *tested, args []string) (ok bool, err error) {
	if !p.hasTests() && len(args) == 1 {
		if err := checkPackage(ctx, args); err != nil {
			t.notBuilt(p, err)
			return false, nil
		}
		fmt.Printf("?   \t%s\t[no test files]\n", p.ImportPath)
		return true, nil
	}
	b, err := t.buildTest(ctx, args)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		t.notBuilt(p, err)
		return false, nil
	}
	if t.compile {
		out := t.out
		if out == "" {
			out = b.name
		}
		return true, b.copyTo(out)
	}
	return t.run(ctx, p, b)
}

// notBuilt reports why there is no test binary.
func (t *testFlags) notBuilt(p *tested, err error) {
	fmt.Fprintln(os.Stderr, userText(err))
	var e *load.Error
	if p.Error != nil || errors.As(err, &e) && e.Setup {
		fmt.Printf("FAIL\t%s [setup failed]\n", p.ImportPath)
	} else if !t.compile || !p.hasTests() {
		fmt.Printf("FAIL\t%s [build failed]\n", p.ImportPath)
	}
}

// checkPackage says whether a package without tests compiles, by the stock compiler.
func checkPackage(ctx context.Context, args []string) error {
	out, err := load.Go(ctx, "", append([]string{"build", "-o", os.DevNull, "--"}, args...)...).CombinedOutput()
	if err != nil {
		return &load.Error{Text: strings.TrimRight(string(out), "\n")}
	}
	return nil
}

// streams reports whether the tests' output is shown as it comes, whatever becomes of them.
func (t *testFlags) streams() bool { return len(t.patterns) == 0 || t.bench }

// run runs a test binary and reports on it as go test does.
func (t *testFlags) run(ctx context.Context, p *tested, b binary) (ok bool, err error) {
	watch := &watcher{}
	var out io.Writer
	show := true
	switch {
	case t.streams():
		out = os.Stdout // go test does not look at it
	case t.verbose || t.list:
		out = io.MultiWriter(os.Stdout, watch)
	default:
		show, watch.keep, out = false, true, watch
	}
	// A test binary ends by itself when its time is up; the second limit is for those that cannot.
	limit := context.Background()
	if t.timeout > 0 {
		var cancel context.CancelFunc
		limit, cancel = context.WithTimeout(limit, t.timeout+max(t.timeout/10, 5*time.Second))
		defer cancel()
	}
	cmd := exec.CommandContext(limit, b.exe, append([]string{"-test.paniconexit0"}, t.pass...)...)
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), "PWD="+b.dir)
	if t.workers > 0 {
		cmd.Env = withWorkers(cmd.Env, t.workers)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = nil, out, out
	killed := false
	cmd.Cancel = func() error {
		killed = true
		return cmd.Process.Signal(syscall.SIGQUIT)
	}
	cmd.WaitDelay = min(max(t.timeout/10, 5*time.Second), time.Minute)
	start := time.Now()
	if err = cmd.Start(); err == nil {
		stop := context.AfterFunc(ctx, func() { cmd.Process.Signal(syscall.SIGTERM) })
		err = cmd.Wait()
		stop()
	}
	took := fmt.Sprintf("%.3fs", time.Since(start).Seconds())
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err == nil {
		if show && watch.last != 0 && watch.last != '\n' {
			fmt.Println()
		}
		note := ""
		if watch.contains("testing: warning: no tests to run\n") {
			note = " [no tests to run]"
		}
		fmt.Printf("ok  \t%s\t%s%s\n", p.ImportPath, took, note)
		return true, nil
	}
	if !show {
		os.Stdout.Write(watch.text)
	}
	if watch.last != 0 && watch.last != '\n' {
		fmt.Println()
	}
	switch {
	case killed:
		fmt.Printf("*** Test killed with quit: ran too long (%v).\n", t.timeout+max(t.timeout/10, 5*time.Second))
	case errors.Is(err, exec.ErrWaitDelay):
		fmt.Printf("*** Test I/O incomplete %v after exiting.\n", cmd.WaitDelay)
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || !exit.Exited() || watch.last == 0 {
		fmt.Println(err)
	}
	fmt.Printf("FAIL\t%s\t%s\n", p.ImportPath, took)
	return false, nil
}

// watcher notes what go test must know of a test binary's output.
type watcher struct {
	keep bool
	text []byte // the output if keep is set, else its first kilobyte
	last byte   // of the output, 0 if there was none
}

func (w *watcher) Write(b []byte) (int, error) {
	if len(b) > 0 {
		w.last = b[len(b)-1]
	}
	if w.keep {
		w.text = append(w.text, b...)
	} else if len(w.text) < 1024 {
		w.text = append(w.text, b[:min(len(b), 1024)]...)
	}
	return len(b), nil
}

// contains reports whether line stands in the output.
func (w *watcher) contains(line string) bool {
	return bytes.HasPrefix(w.text, []byte(line)) || bytes.Contains(w.text, []byte("\n"+line))
}
