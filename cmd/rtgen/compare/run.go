package compare

// This file runs one binary once.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// execution is one run and what it printed.
type execution struct {
	Sample
	stdout, stderr string // files
}

var errTimeout = errors.New("did not end")

// execute runs bin, with a record of itself if rec is not "".
func (s *session) execute(side Side, workers int, bin, rec string, limit time.Duration) (*execution, error) {
	x := &execution{stdout: filepath.Join(s.dir, side.String()+".stdout"), stderr: filepath.Join(s.dir, side.String()+".stderr")}
	if rec != "" {
		x.stdout, x.stderr = os.DevNull, os.DevNull
	}
	ctx, cancel := context.WithTimeout(s, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.runner, append([]string{bin}, s.ProgArgs...)...)
	ownGroup(cmd)
	cmd.Env = environment(side, workers, rec)
	stdin, err := os.Open(s.stdin)
	if err != nil {
		return nil, err
	}
	defer stdin.Close()
	cmd.Stdin = stdin
	stdout, err := os.Create(x.stdout)
	if err != nil {
		return nil, err
	}
	defer stdout.Close()
	stderr, err := os.Create(x.stderr)
	if err != nil {
		return nil, err
	}
	defer stderr.Close()
	cmd.Stdout, cmd.Stderr = stdout, stderr
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	cmd.ExtraFiles = []*os.File{w}
	err = cmd.Start()
	w.Close()
	if err != nil {
		return nil, err
	}
	var line bytes.Buffer
	line.ReadFrom(r) // at most one line, when the run ends
	err = cmd.Wait()
	switch {
	case s.Err() != nil:
		return nil, s.Err()
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, fmt.Errorf("rtgen: %s %w within %v", filepath.Base(bin), errTimeout, limit)
	}
	if e := x.parse(line.String()); e != nil {
		return nil, fmt.Errorf("rtgen: %s: %s", filepath.Base(bin), strings.TrimSpace(line.String()+" "+fmt.Sprint(err)))
	}
	return x, nil
}

// parse reads the runner's line.
func (x *execution) parse(line string) error {
	var wall, cpu, rss, status int64
	if _, err := fmt.Sscan(line, &wall, &cpu, &rss, &status); err != nil {
		return err
	}
	x.Wall, x.CPU, x.Memory = time.Duration(wall), time.Duration(cpu), rss<<10
	if ws := syscall.WaitStatus(status); ws.Signaled() {
		x.Status = "signal: " + ws.Signal().String()
	} else {
		x.Status = "exit status " + strconv.Itoa(ws.ExitStatus())
	}
	return nil
}

// environment is ours with the settings of a run. Both sides see the same variables, but
// for the one that names the record.
func environment(side Side, workers int, rec string) []string {
	var env, rtgen []string
	for _, kv := range os.Environ() {
		switch k, v, _ := strings.Cut(kv, "="); {
		case k == "RTGEN":
			for o := range strings.SplitSeq(v, ",") {
				if o != "" && !(workers > 0 && strings.HasPrefix(o, "w=")) && !strings.HasPrefix(o, "stats=") {
					rtgen = append(rtgen, o)
				}
			}
		case k == "GOMAXPROCS" && workers > 0, k == "RTGEN_STATS":
		default:
			env = append(env, kv)
		}
	}
	if workers > 0 {
		env = append(env, "GOMAXPROCS="+strconv.Itoa(workers))
		rtgen = append(rtgen, "w="+strconv.Itoa(workers))
	}
	if rec != "" && side == Rtgen {
		rtgen = append(rtgen, "stats="+rec)
	}
	if rec != "" && side == Stock {
		env = append(env, "RTGEN_STATS="+rec)
	}
	if len(rtgen) > 0 {
		env = append(env, "RTGEN="+strings.Join(rtgen, ","))
	}
	return env
}
