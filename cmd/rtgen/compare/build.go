package compare

// This file makes the binaries.

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Build is one toolchain's work on the program.
type Build struct {
	First time.Duration `json:"first_ns"` // with the caches as they were
	Again time.Duration `json:"again_ns"` // once more, nothing changed
	Bytes int64         `json:"bytes"`    // of the executable
}

// Builds is both toolchains' work.
type Builds Pair[Build]

func (b Builds) rows() []Row {
	row := func(name, doc string, unit Unit, f func(Build) float64) Row {
		return newRow(name, doc, "built", unit, []float64{f(b.Stock)}, []float64{f(b.Rtgen)})
	}
	return []Row{
		row("binary size", "bytes of the executable", Bytes, func(b Build) float64 { return float64(b.Bytes) }),
		row("build", "wall time of the build, with the caches as they were", Seconds, func(b Build) float64 { return b.First.Seconds() }),
		row("build again", "wall time of a second build, nothing changed", Seconds, func(b Build) float64 { return b.Again.Seconds() }),
	}
}

// build makes all that is run.
func (s *session) build() (b Builds, err error) {
	name := strings.TrimSuffix(filepath.Base(programName(s.Args)), ".go")
	if name == "." || name == ".." {
		name = "prog"
	}
	s.bin = Pair[string]{filepath.Join(s.dir, name+".stock"), filepath.Join(s.dir, name+".rtgen")}
	for side := range Sides {
		if *(*Pair[Build])(&b).at(side), err = s.buildTwice(side); err != nil {
			return b, err
		}
	}
	s.runner = filepath.Join(s.tmp, "runner")
	if err := os.WriteFile(s.runner+".go", runnerSource, 0o666); err != nil {
		return b, err
	}
	if err := s.goBuild(s.runner, "-ldflags=-s -w", s.runner+".go"); err != nil {
		return b, err
	}
	if s.Probes > 0 {
		s.probe = Pair[string]{s.bin.Stock + ".probe", s.bin.Rtgen}
		s.Log("building the instrumented program")
		if err := s.buildProbe(); s.Err() != nil {
			return b, s.Err()
		} else if err != nil {
			s.unprobed = "no records, since stock does not build the instrumented program: " + err.Error()
		}
	}
	return b, nil
}

func (s *session) buildTwice(side Side) (b Build, err error) {
	out := *s.bin.at(side)
	for _, d := range []*time.Duration{&b.First, &b.Again} {
		s.Log("building with %s", side)
		start := time.Now()
		if side == Stock {
			err = s.goBuild(out, s.Args...)
		} else {
			err = s.Rewrite(s, s.Args, out)
		}
		if err != nil {
			return b, err
		}
		*d = time.Since(start)
	}
	st, err := os.Stat(out)
	if err != nil {
		return b, err
	}
	b.Bytes = st.Size()
	return b, nil
}

//go:embed runner/main.go
var runnerSource []byte

func (s *session) goBuild(out string, args ...string) error {
	return s.goTool(append([]string{"build", "-buildvcs=false", "-o", out}, args...)...)
}

// goTool runs the go command; an error is in the compiler's words. cgo is off: rtgen does
// not know it either, and both sides shall have the same source.
func (s *session) goTool(args ...string) error {
	cmd := exec.CommandContext(s, "go", args...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOTMPDIR="+s.tmp) // which it leaves when it is killed
	ownGroup(cmd)
	if text, err := cmd.CombinedOutput(); err != nil {
		if s.Err() != nil {
			return s.Err()
		}
		if len(text) > 0 {
			return fmt.Errorf("%s", strings.TrimSuffix(string(text), "\n"))
		}
		return fmt.Errorf("go %s: %w", args[0], err)
	}
	return nil
}

// ownGroup has cancellation end cmd with all its children.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 5 * time.Second
}

// probeName is the file that an instrumented stock build has besides its own.
const probeName = "rtgen_probe_.go"

//go:embed probe/main.go
var probeSource string

// buildProbe builds the stock binary with one more file, which an overlay puts into the
// package's folder. The file's hook at exit is a function of the runtime's that only std
// may name, hence the linker's flag.
func (s *session) buildProbe() error {
	src := filepath.Join(s.tmp, probeName)
	if err := os.WriteFile(src, []byte(strings.TrimPrefix(probeSource, "//go:build ignore\n\n")), 0o666); err != nil {
		return err
	}
	dir, args, err := s.packageFolder()
	if err != nil {
		return err
	}
	added := filepath.Join(dir, probeName)
	if strings.HasSuffix(args[0], ".go") {
		args = append(args, added)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {added: src}})
	if err != nil {
		return err
	}
	file := filepath.Join(s.tmp, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o666); err != nil {
		return err
	}
	return s.goBuild(s.probe.Stock, append([]string{"-overlay=" + file, "-ldflags=-checklinkname=0"}, args...)...)
}

// packageFolder returns the folder of the main package, and Args with absolute names if
// they are files.
func (s *session) packageFolder() (string, []string, error) {
	if !strings.HasSuffix(s.Args[0], ".go") {
		out, err := exec.CommandContext(s, "go", "list", "-f", "{{.Dir}}", "--", s.Args[0]).Output()
		return strings.TrimSpace(string(out)), s.Args, err
	}
	var files []string
	for _, a := range s.Args {
		f, err := filepath.Abs(a)
		if err != nil {
			return "", nil, err
		}
		files = append(files, f)
	}
	return filepath.Dir(files[0]), files, nil
}

func goVersion() string {
	out, err := exec.Command("go", "env", "GOVERSION").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}
