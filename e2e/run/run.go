// Package run builds and runs programs for the end-to-end tests, with either of two
// tools: the stock Go toolchain, which is the oracle, or rtgen.
//
//	tool.Build(ctx, dir, "/tmp/a", "a.go")  →  go build -o /tmp/a a.go   (Stock)
//	                                           rtgen build -o /tmp/a a.go (Rtgen)
//	Exec(ctx, limits, cmd)                  →  combined output, exit status, why it ended
//
// Every child runs in its own process group, under a limit of time and one of memory,
// and is killed with its group when it passes either.
package run

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A Tool turns Go source into a binary.
type Tool struct {
	Name string   // "stock" or "rtgen"
	Args []string // command that builds, up to and without -o
	Key  string   // changes whenever the tool may produce a different binary
}

// Stock is the host's own toolchain.
func Stock() *Tool {
	version, err := exec.Command("go", "version").Output()
	if err != nil {
		version = []byte(err.Error())
	}
	return &Tool{Name: "stock", Args: []string{"go", "build"}, Key: digest(version)}
}

// Rtgen is the rtgen binary at path.
func Rtgen(path string) (*Tool, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return &Tool{Name: "rtgen", Args: []string{path, "build"}, Key: digest(b)}, nil
}

var built struct {
	sync.Once
	path string
	err  error
}

// BuildRtgen compiles cmd/rtgen of the module that holds the working directory, once
// per process, into the user's cache directory. RTGEN_BIN names a ready binary instead.
func BuildRtgen() (string, error) {
	built.Do(func() {
		if p := os.Getenv("RTGEN_BIN"); p != "" {
			built.path = p
			return
		}
		dir, err := CacheDir()
		if err != nil {
			built.err = err
			return
		}
		path := filepath.Join(dir, "rtgen")
		out, err := exec.Command("go", "build", "-o", path, "rtgen/cmd/rtgen").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("go build rtgen/cmd/rtgen: %v\n%s", err, out)
			return
		}
		built.path = path
	})
	return built.path, built.err
}

// CacheDir is where binaries and generated modules of the end-to-end tests are kept.
func CacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, "rtgen-e2e")
	return dir, os.MkdirAll(dir, 0o777)
}

// Build builds targets (files, or one package) as seen from dir.
func (t *Tool) Build(ctx context.Context, lim Limits, dir, out string, targets ...string) Result {
	args := append(append([]string{}, t.Args...), "-o", out)
	args = append(args, targets...)
	// No GOFLAGS of the user's, so that both tools see the same build; buildvcs would ask git.
	return Exec(ctx, lim, Cmd{Dir: dir, Args: args, Env: []string{"GOFLAGS=-buildvcs=false", "CGO_ENABLED=0"}})
}

// Limits bound one child.
type Limits struct {
	Time   time.Duration
	Memory int64 // bytes of resident memory of the largest process of the group; 0: no limit
}

// Cmd is one child to run.
type Cmd struct {
	Dir  string
	Args []string
	Env  []string // added to the parent's
}

// Result says how a child ended.
type Result struct {
	Output     []byte // stdout and stderr as they were written, interleaved
	Stdout     []byte
	Code       int    // exit status; -1 if it did not exit
	Why        string // "" if it exited by itself, else "signal: …", "timeout after …", "memory over …", "cannot start: …"
	Wall, User time.Duration
}

// OK reports whether the child exited with status 0.
func (r Result) OK() bool { return r.Why == "" && r.Code == 0 }

// Status is "exit status N" or the reason in Why.
func (r Result) Status() string {
	if r.Why != "" {
		return r.Why
	}
	return fmt.Sprintf("exit status %d", r.Code)
}

// maxOutput bounds what is kept of a child's output: a runaway program must not fill memory.
const maxOutput = 64 << 20

type limited struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *limited) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if room := maxOutput - l.buf.Len(); room > 0 {
		l.buf.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// Exec runs c to its end or to the first limit that it passes.
func Exec(ctx context.Context, lim Limits, c Cmd) Result {
	cmd := exec.Command(c.Args[0], c.Args[1:]...)
	cmd.Dir = c.Dir
	cmd.Env = append(os.Environ(), c.Env...)
	if c.Dir != "" {
		cmd.Env = append(cmd.Env, "PWD="+c.Dir)
	}
	return ExecCmd(ctx, lim, cmd, false)
}

// ExecCmd is Exec for a command the caller has prepared. If split is set, stdout and
// stderr are separate pipes, Result.Stdout is filled and Output's interleaving is only
// approximate; otherwise both share one pipe.
func ExecCmd(ctx context.Context, lim Limits, cmd *exec.Cmd, split bool) Result {
	var all limited
	var stdout limited
	cmd.Stdout, cmd.Stderr = &all, &all
	if split {
		cmd.Stdout = io.MultiWriter(&stdout, &all)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.WaitDelay = 2 * time.Second // a grandchild may keep the pipe open
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return Result{Code: -1, Why: "cannot start: " + err.Error()}
	}
	pid := cmd.Process.Pid
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()

	why := ""
	kill := func(reason string) error {
		why = reason
		syscall.Kill(-pid, syscall.SIGKILL)
		return <-done
	}
	var timeout <-chan time.Time
	if lim.Time > 0 {
		timer := time.NewTimer(lim.Time)
		defer timer.Stop()
		timeout = timer.C
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	var err error
wait:
	for {
		select {
		case err = <-done:
			break wait
		case <-ctx.Done():
			err = kill("interrupted")
			break wait
		case <-timeout:
			err = kill(fmt.Sprintf("timeout after %v", lim.Time))
			break wait
		case <-tick.C:
			if lim.Memory > 0 && resident(pid) > lim.Memory {
				err = kill(fmt.Sprintf("memory over %d MB", lim.Memory>>20))
				break wait
			}
		}
	}
	r := Result{Output: all.buf.Bytes(), Stdout: stdout.buf.Bytes(), Why: why, Wall: time.Since(start), Code: -1}
	if cmd.ProcessState != nil {
		r.User = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if why == "" {
			if ws, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
				r.Why = "signal: " + ws.Signal().String()
			} else {
				r.Code = cmd.ProcessState.ExitCode()
			}
		}
	} else if why == "" && err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		r.Why = err.Error()
	}
	return r
}

// resident returns the resident memory of a process in bytes, 0 if unknown.
func resident(pid int) int64 {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b))
	if len(f) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(f[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

func digest(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:10])
}

// Digest hashes parts, each framed by its length, into a short name.
func Digest(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d ", len(p))
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil)[:10])
}
