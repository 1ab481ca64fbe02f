package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestMain lets the test binary be rtgen itself, so that the scripts run what is tested.
func TestMain(m *testing.M) {
	if os.Getenv("RTGEN_TEST_MAIN") == "1" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestScripts runs the archives in testdata. The comment of each is a script:
//
//	> rtgen build x.go      a command; "env A=B" before it sets variables
//	out text                a line of its standard output, in order
//	err text                a line of its standard error
//	err~ regexp             the same, as a regular expression
//	status 1                its exit status, 0 if not stated
//	exists name, missing name
//
// $DIR in a variable or a line is the script's folder.
//
// Commands run in a fresh folder that holds the archive's files, with a cache of its own.
func TestScripts(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	if len(files) == 0 {
		t.Fatal("no scripts")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runScript(t, file)
		})
	}
}

func runScript(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range ar.Files {
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var cmd *result
	for _, line := range strings.Split(string(ar.Comment), "\n") {
		verb, rest, _ := strings.Cut(line, " ")
		switch verb {
		case ">":
			cmd.finish(t)
			cmd = start(t, exe, dir, rest)
		case "out", "err", "err~":
			cmd.line(t, verb, rest)
		case "status":
			cmd.wantStatus = rest
		case "exists", "missing":
			if !filepath.IsAbs(rest) {
				rest = filepath.Join(dir, rest)
			}
			_, err := os.Stat(rest)
			if (err == nil) != (verb == "exists") {
				t.Errorf("%s: %s %s does not hold", cmd.text, verb, rest)
			}
		}
	}
	cmd.finish(t)
}

// result is a command that has run.
type result struct {
	text           string
	out, err       []string // lines not yet matched
	status         string
	wantStatus     string
	stdout, stderr string
}

func start(t *testing.T, exe, dir, text string) *result {
	t.Helper()
	words := strings.Fields(text)
	bin := filepath.Join(dir, ".bin") // for go generate
	if err := os.MkdirAll(bin, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(exe, filepath.Join(bin, "rtgen")); err != nil && !errors.Is(err, os.ErrExist) {
		t.Fatal(err)
	}
	env := append(os.Environ(), "RTGEN_TEST_MAIN=1", "PATH="+bin+":"+os.Getenv("PATH"), "XDG_CACHE_HOME="+filepath.Join(dir, ".cache"), "GOCACHE="+goCache(t), "RTGEN=")
	for len(words) > 1 && words[0] == "env" {
		env = append(env, strings.ReplaceAll(words[1], "$DIR", dir))
		words = words[2:]
	}
	if words[0] == "rtgen" {
		words[0] = exe
	} else if strings.HasPrefix(words[0], "./") {
		words[0] = filepath.Join(dir, words[0])
	}
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir = dir
	cmd.Env = append(env, "PWD="+dir)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	clean := func(b *bytes.Buffer) (string, []string) {
		s := strings.ReplaceAll(b.String(), dir, "$DIR")
		return s, strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	}
	r := &result{text: text, status: "0", wantStatus: "0"}
	r.stdout, r.out = clean(&stdout)
	r.stderr, r.err = clean(&stderr)
	if exit != nil {
		r.status = strings.TrimPrefix(exit.ProcessState.String(), "exit status ")
	}
	return r
}

// goCache is the host's own build cache: the scripts' caches are for rtgen's files only.
func goCache(t *testing.T) string {
	out, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func (r *result) line(t *testing.T, verb, want string) {
	t.Helper()
	lines := &r.out
	if verb != "out" {
		lines = &r.err
	}
	for i, l := range *lines {
		ok := l == want
		if verb == "err~" {
			ok = regexp.MustCompile(want).MatchString(l)
		}
		if ok {
			*lines = (*lines)[i+1:]
			return
		}
	}
	t.Errorf("%s: no line %q\nstdout:\n%s\nstderr:\n%s", r.text, want, r.stdout, r.stderr)
}

func (r *result) finish(t *testing.T) {
	t.Helper()
	if r != nil && r.status != r.wantStatus {
		t.Errorf("%s: status %s, want %s\nstdout:\n%s\nstderr:\n%s", r.text, r.status, r.wantStatus, r.stdout, r.stderr)
	}
}
