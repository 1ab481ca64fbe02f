package module

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Build runs the host's go build for the module, which was written to dir; out is the executable.
//
// With -trimpath the go command's own cache knows a package by its content alone: programs
// in different folders share the compiled standard library. Positions do not suffer,
// because generated files name the user's files in line directives.
//
// Inlining is on top of what go build does by itself, since the calls cost more than they did in the original.
//
// Packages of vast functions get no debugging information: see vast.
func (m *Module) Build(ctx context.Context, dir, out string, flags ...string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-o", out, "-gcflags=" + Inlining}, flags...)
	for _, pkg := range m.vast() {
		args = append(args, "-gcflags="+pkg+"="+cheapCalls+" -dwarf=false") // the last that matches counts
	}
	cmd := exec.CommandContext(ctx, "go", append(args, ".")...)
	cmd.Dir = dir
	// A go command that is killed leaves its temporary files, and compilers at work.
	tmp, err := os.MkdirTemp(os.Getenv("GOTMPDIR"), "rtgen-build-")
	if err != nil {
		return fmt.Errorf("rtgen: %w", err)
	}
	defer os.RemoveAll(tmp)
	cmd.Env = append(buildEnv(dir), "GOTMPDIR="+tmp)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	text, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && ctx.Err() == nil {
		return &BuildError{Dir: dir, Text: strings.TrimRight(string(text), "\n")}
	}
	if err != nil {
		return fmt.Errorf("rtgen: go build: %w", err)
	}
	return nil
}

// Inlining is a value of go build's -gcflags. What a function gains in the rewriting (a pointer to its frame, the store
// of a site, two arguments for each call) costs the host's inliner some 25 of its budget of 80: of 1,988 functions of
// the standard library that it would inline, 973 were too large. At -l=4 a call costs it 1 instead of 57, and that is all
// that -l=4 does (cmd/compile/internal/inline, Go 1.26).
const Inlining = "rtgen/...=" + cheapCalls

const cheapCalls = "-l=4"

// vast lists the packages with a function of more than vastFunc bytes. The host's compiler says for debuggers where each
// variable is at each instruction, which takes time and memory in the square of a function's calls: 1,600
// calls in a row compile in 120 s and 8.5 GB with that, in 6 s and 0.2 GB without.
func (m *Module) vast() []string {
	var pkgs []string
	for name, text := range m.files {
		if len(text) < vastFunc || !strings.HasPrefix(name, "g/") {
			continue
		}
		for f := range bytes.SplitSeq(text, []byte("\nfunc ")) {
			if len(f) > vastFunc {
				pkgs = append(pkgs, "rtgen/"+path.Dir(name))
				break
			}
		}
	}
	slices.Sort(pkgs)
	return slices.Compact(pkgs)
}

const vastFunc = 256 << 10 // in the standard library only the table of html is longer

// buildEnv keeps out what the user's environment says about other modules.
func buildEnv(dir string) []string {
	var env []string
	for _, kv := range os.Environ() {
		switch name, _, _ := strings.Cut(kv, "="); name {
		case "GOFLAGS", "GOWORK", "GO111MODULE", "CGO_ENABLED", "PWD":
		default:
			env = append(env, kv)
		}
	}
	return append(env, "GOFLAGS=", "GOWORK=off", "GO111MODULE=on", "CGO_ENABLED=0", "PWD="+dir)
}

// BuildError is a module of ours that the host's compiler rejects: a bug of rtgen, never of
// the program.
type BuildError struct{ Dir, Text string }

func (e *BuildError) Error() string {
	return fmt.Sprintf("rtgen: internal error: the rewritten program does not compile; its source is in %s\n%s", e.Dir, e.Text)
}
