package module

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Build runs the host's go build for the module in dir; out is the executable.
//
// With -trimpath the go command's own cache knows a package by its content alone: programs
// in different folders share the compiled standard library. Positions do not suffer,
// because generated files name the user's files in line directives.
func Build(ctx context.Context, dir, out string, flags ...string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-o", out}, flags...)
	cmd := exec.CommandContext(ctx, "go", append(args, ".")...)
	cmd.Dir = dir
	cmd.Env = buildEnv(dir)
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
