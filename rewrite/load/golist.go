package load

// This file talks to the go command.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"syscall"
)

// listed is what `go list -json` says of a package; the fields are the go command's.
type listed struct {
	Dir            string
	ImportPath     string
	Name           string
	Standard       bool
	DepOnly        bool
	ForTest        string
	GoFiles        []string
	CgoFiles       []string
	IgnoredGoFiles []string
	SFiles         []string
	HFiles         []string
	EmbedFiles     []string
	Imports        []string
	ImportMap      map[string]string
	Module         *mod
	Error          *struct{ Err string }
	DepsErrors     []*struct{ Err string }
}

// mod is what `go list -json` says of a module.
type mod struct {
	Path, Version, Sum, GoVersion string
	Replace                       *mod
}

const listFields = "Dir,ImportPath,Name,Standard,DepOnly,ForTest,GoFiles,CgoFiles,IgnoredGoFiles,SFiles,HFiles," +
	"EmbedFiles,Imports,ImportMap,Module,Error,DepsErrors"

// SupportedRelease is the release whose standard library the hooks stand in for.
const SupportedRelease = "go1.26"

// Supported reports whether a version of the go command, as in `go env GOVERSION`, is one
// whose standard library this tool can rewrite.
func Supported(version string) bool {
	version, _, _ = strings.Cut(version, " ")
	rest, ok := strings.CutPrefix(version, SupportedRelease)
	return ok && (rest == "" || !('0' <= rest[0] && rest[0] <= '9'))
}

// Go returns a command that runs the host's go with args in dir. Cgo is off: the rewritten
// program has no C side. A terminal's Ctrl-C ends it through ctx, with all that it started,
// and not by itself: else it might fail before ctx says why.
func Go(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = os.Environ()
	if dir != "" {
		// The go command trusts PWD; a stale one makes it print odd paths.
		cmd.Env = append(cmd.Env, "PWD="+dir)
	}
	cmd.Env = append(cmd.Env, "CGO_ENABLED=0")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}

// hostEnv returns the go command's version, the build tags that GOFLAGS holds, which a -tags of ours would hide,
// and GOAMD64.
func hostEnv(ctx context.Context, dir string) (version string, tags []string, level string, err error) {
	out, err := Go(ctx, dir, "env", "GOVERSION", "GOFLAGS", "GOAMD64").Output()
	if err != nil {
		return "", nil, "", commandError("go env", err)
	}
	version, rest, _ := strings.Cut(string(out), "\n")
	flags, level, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(version), flagTags(flags), strings.TrimSpace(level), nil
}

// flagTags returns the tags of the last -tags among flags, as the go command takes them from GOFLAGS.
func flagTags(flags string) (tags []string) {
	for _, f := range strings.Fields(flags) {
		f = strings.Trim(f, `'"`)
		if list, ok := strings.CutPrefix("-"+strings.TrimLeft(f, "-"), "-tags="); ok {
			tags = strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
		}
	}
	return tags
}

// tags is the -tags argument of every go command that looks at the program.
func (l *loader) tags() string {
	return "-tags=" + strings.Join(slices.Concat(l.cfg.Std.Tags(), l.userTags), ",")
}

func commandError(what string, err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return &Error{Text: strings.TrimRight(string(exit.Stderr), "\n")}
	}
	return fmt.Errorf("rtgen: %s: %w", what, err)
}

// list adds the packages that args name, and all that they import, to l.pkgs. It returns the
// import paths of those that args name, and a digest of the go command's answer. If user is set
// args come from the command line.
func (l *loader) list(args []string, user bool) (roots []string, digest string, err error) {
	if len(args) == 0 {
		return nil, "", nil
	}
	flags := []string{"list", "-e", "-deps", "-json=" + listFields, l.tags()}
	test := user && l.cfg.Test
	if test {
		flags = append(flags, "-test")
	}
	cmd := Go(l.ctx, l.cfg.Dir, append(append(flags, "--"), args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		if user {
			return nil, "", &Error{Text: strings.TrimRight(stderr.String(), "\n")}
		}
		return nil, "", fmt.Errorf("rtgen: go list: %w\n%s", err, stderr.Bytes())
	}
	failed := false
	var added []*pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var m listed
		if err := dec.Decode(&m); err == io.EOF {
			break
		} else if err != nil {
			return nil, "", fmt.Errorf("rtgen: go list: %w", err)
		}
		m.settle()
		if !m.DepOnly && (!test || m.isTestMain()) {
			roots = append(roots, m.ImportPath)
		}
		failed = failed || m.Error != nil
		if m.ImportPath == "unsafe" || l.pkgs[m.ImportPath] != nil && m.ImportPath != m.ForTest {
			continue
		}
		p := &pkg{listed: &m, done: make(chan struct{})}
		l.pkgs[m.ImportPath] = p
		added = append(added, p)
	}
	if failed {
		err := l.explain(added)
		if e, ok := err.(*Error); ok {
			e.Setup = true
		}
		return nil, "", err
	}
	return roots, fmt.Sprintf("%x", sha256.Sum256(out)), nil
}

// explain finds the error to show for a program that does not compile: a refusal if cgo is
// the reason, else what the go command says.
func (l *loader) explain(pkgs []*pkg) error {
	if r := cgoRefusals(l.fset, pkgs); len(r) > 0 {
		return r
	}
	if err := l.ask(); err != nil {
		return err
	}
	// The go command is content. That is a bug of this tool (an overlay, say); show its reasons.
	var list []string
	for _, p := range pkgs {
		if p.listed.Error != nil {
			list = append(list, p.listed.Error.Err)
		}
		if p.err != nil {
			list = append(list, p.err.Error())
		}
	}
	sort.Strings(list)
	if len(list) > 20 {
		list = append(list[:20], "…")
	}
	return fmt.Errorf("rtgen: internal error: go build accepts the program, the loader does not:\n%s", strings.Join(list, "\n"))
}

// ask returns what the host's compiler says against the program, as an *Error, or nil.
func (l *loader) ask() error {
	err := l.compile(l.tags())
	if err != nil && l.compile("-tags="+strings.Join(l.userTags, ",")) == nil {
		return nil // it is std's tags that do not go with the program
	}
	return err
}

func (l *loader) compile(tags string) error {
	args := []string{"build"}
	if l.cfg.Test {
		args = []string{"test", "-c", "-vet=off"}
	}
	args = append(args, tags)
	if !l.cfg.Many {
		args = append(args, "-o", os.DevNull)
	}
	if !l.cfg.Test {
		args = append(args, "--") // go test does not know it
	}
	cmd := Go(l.ctx, l.cfg.Dir, append(args, l.cfg.Args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if cmd.Run() != nil {
		return &Error{Text: strings.TrimRight(stderr.String(), "\n")}
	}
	return nil
}

// Error says why a program does not compile, in the go command's words.
type Error struct {
	Text  string
	Setup bool // the go command could not load the packages; nothing was compiled
}

func (e *Error) Error() string { return e.Text }

// goFiles returns the full paths of p's Go files.
func (m *listed) goFiles() []string {
	out := make([]string, len(m.GoFiles))
	for i, f := range m.GoFiles {
		if filepath.IsAbs(f) {
			out[i] = f
		} else {
			out[i] = filepath.Join(m.Dir, f)
		}
	}
	return out
}

// assembly returns the full paths of the assembly and headers of a package that is not std's.
func (m *listed) assembly() []string {
	if m.Standard || len(m.SFiles) == 0 {
		return nil
	}
	var out []string
	for _, f := range slices.Concat(m.SFiles, m.HFiles) {
		out = append(out, filepath.Join(m.Dir, f))
	}
	return out
}

// goVersion is the language version for the type checker.
func (m *listed) goVersion() string {
	switch {
	case m.Standard || m.Module == nil:
		return SupportedRelease
	case m.Module.GoVersion == "":
		return "go1.16" // what the go command assumes for a go.mod without a go line
	default:
		return "go" + m.Module.GoVersion
	}
}
