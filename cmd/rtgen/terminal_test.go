package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// TestInterrupts presses Ctrl-C on a terminal in each stage that rtgen shows there. It must
// end as a shell expects and leave no file behind, or have done all its work before the key
// reached it; and spoil nothing for the runs that follow over the same cache.
func TestInterrupts(t *testing.T) {
	dir := t.TempDir()
	tmp := filepath.Join(dir, "tmp")
	env := append(os.Environ(), "RTGEN_TEST_MAIN=1", "RTGEN=", "TERM=xterm", "TMPDIR="+tmp,
		"XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "GOCACHE="+goCache(t))
	if err := os.Mkdir(tmp, 0o777); err != nil {
		t.Fatal(err)
	}
	const src = "package main\n\nfunc main() { println(\"sound\"); for {} }\n"
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	rtgen := func(args ...string) *exec.Cmd {
		exe, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(exe, args...)
		cmd.Dir, cmd.Env = dir, env
		return cmd
	}
	late := 0
	for _, c := range []struct{ stage, args string }{
		{"listing packages", "build -o out x.go"},
		{"parsing", "build -o out x.go"},
		{"checking", "build -o out x.go"},
		{"lowering", "build -o out x.go"},
		{"colouring", "build -o out x.go"},
		{"emitting", "build -o out x.go"},
		{"writing", "build -o out x.go"},
		{"go build", "build -o out x.go"},
		{"emitting", "rewrite -o out x.go"},
		{"writing", "rewrite -o out x.go"},
	} {
		cmd := rtgen(strings.Fields(c.args)...)
		shown := onTerminal(t, cmd, c.stage)
		if !strings.Contains(shown, "rtgen: "+c.stage) {
			t.Errorf("%s: the terminal does not show the stage:\n%q", c.stage, shown)
		}
		code := cmd.ProcessState.ExitCode()
		if code == 0 {
			late++
			need := map[string]string{"build": "out", "rewrite": "out/main.go"}[strings.Fields(c.args)[0]]
			if _, err := os.Stat(filepath.Join(dir, need)); err != nil {
				t.Errorf("%s: status 0 and no output: %v", c.stage, err)
			}
			os.RemoveAll(filepath.Join(dir, "out"))
			os.RemoveAll(filepath.Join(dir, "cache"))
		} else if code != 130 {
			t.Errorf("%s: status %d, want 130; the terminal shows\n%q", c.stage, code, shown)
		}
		var left []string
		filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
			rel, _ := filepath.Rel(dir, name)
			if rel == "out" || strings.HasPrefix(rel, "tmp/") || strings.HasPrefix(e.Name(), ".rtgen-") {
				left = append(left, rel)
			}
			return nil
		})
		if left != nil {
			t.Errorf("%s: left behind: %v", c.stage, left)
			for _, name := range left {
				os.RemoveAll(filepath.Join(dir, name))
			}
		}
	}
	if late > 5 {
		t.Errorf("%d of 10 runs were not interrupted", late)
	}
	// Silent in a pipe, and over the same cache.
	if out, err := rtgen("build", "-o", "out", "x.go").CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("after the interrupts: %v\n%s", err, out)
	}
	// The program has the terminal to itself, and dies as programs do.
	cmd := rtgen("run", "x.go")
	if shown := onTerminal(t, cmd, "sound"); !strings.Contains(shown, "sound\r\n") {
		t.Errorf("run shows %q", shown)
	}
	if st := cmd.ProcessState.Sys().(syscall.WaitStatus); !st.Signaled() || st.Signal() != syscall.SIGINT {
		t.Errorf("interrupted run: %v, want what SIGINT does to a Go program", cmd.ProcessState)
	}
}

// onTerminal runs cmd on a terminal of its own, types Ctrl-C once the terminal shows mark, and
// returns all that it shows.
func onTerminal(t *testing.T, cmd *exec.Cmd, mark string) string {
	t.Helper()
	master, slave := terminal(t)
	defer master.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	err := cmd.Start()
	slave.Close()
	if err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(2*time.Minute, func() { cmd.Process.Signal(syscall.SIGQUIT) })
	defer late.Stop()
	var shown bytes.Buffer
	buf := make([]byte, 4096)
	for typed := false; ; {
		n, err := master.Read(buf)
		shown.Write(buf[:n])
		if !typed && strings.Contains(shown.String(), mark) {
			typed = true
			master.Write([]byte{3})
		}
		if err != nil {
			break // the last process has closed the terminal
		}
	}
	cmd.Wait()
	return shown.String()
}

func terminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	var unlock, n int32
	for request, arg := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlock, syscall.TIOCGPTN: &n} {
		if _, _, e := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(unsafe.Pointer(arg))); e != 0 {
			t.Fatal(e)
		}
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}
