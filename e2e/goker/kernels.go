package main

// This file reads which kernels there are and what they leak, and copies their source.

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strconv"
	"strings"
)

// kernel is one of the programs.
type kernel struct {
	name  string
	leaks []*regexp.Regexp // of "function(arguments) [what it waits for]"
}

func src() string { return filepath.Join(runtime.GOROOT(), "src/runtime") }

var registered = regexp.MustCompile(`(?m)^\tregister\("(\w+)"`)

// loadKernels returns the kernels that register themselves, with the leaks that the runtime's
// test expects of them. Some are not in the test, since they hardly ever show theirs.
func loadKernels() ([]*kernel, error) {
	leaks, err := expected(filepath.Join(src(), "goroutineleakprofile_test.go"))
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(src(), "testdata/testgoroutineleakprofile/goker/*.go"))
	if err != nil {
		return nil, err
	}
	var out []*kernel
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for _, m := range registered.FindAllSubmatch(text, -1) {
			k := &kernel{name: string(m[1])}
			for _, l := range leaks[k.name] {
				re, err := regexp.Compile(l)
				if err != nil {
					return nil, err
				}
				k.leaks = append(k.leaks, re)
			}
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no kernels under %s", src())
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out, nil
}

// expected reads the calls makeTest("name", leaks…) and makeFlakyTest of the runtime's test.
func expected(file string) (map[string][]string, error) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if id, ok := call.Fun.(*ast.Ident); !ok || id.Name != "makeTest" && id.Name != "makeFlakyTest" {
			return true
		}
		var words []string
		for _, a := range call.Args {
			if lit, ok := a.(*ast.BasicLit); ok {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					words = append(words, s)
				}
			}
		}
		if len(words) > 0 {
			out[words[0]] = words[1:]
		}
		return true
	})
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no expected leaks found", file)
	}
	return out, nil
}

// settle gives the kernel time: unlike the leak profile, that of all goroutines has those too
// that are about to go on.
const settle = `package main

import (
	"os"
	"time"
)

func settle() {
	d, err := time.ParseDuration(os.Getenv("GOKER_SETTLE"))
	if err != nil {
		panic(err)
	}
	time.Sleep(d)
}
`

// copySource copies the program to dir; it will print all goroutines.
func copySource(dir string) error {
	files, err := filepath.Glob(filepath.Join(src(), "testdata/testgoroutineleakprofile/goker/*.go"))
	if err != nil {
		return err
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		s := strings.ReplaceAll(string(text), `pprof.Lookup("goroutineleak")`, `pprof.Lookup("goroutine")`)
		s = strings.ReplaceAll(s, "prof.WriteTo(", "settle(); prof.WriteTo(")
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), []byte(s), 0o666); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "settle.go"), []byte(settle), 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module goker\n\ngo 1.26\n"), 0o666)
}

var header = regexp.MustCompile(`^goroutine \d+ \[(.*)\]:$`)

// blocking are the reasons for which a goroutine waits for another.
var blocking = regexp.MustCompile(`^(chan (send|receive)( \(nil chan\))?|select( \(no cases\))?|sync\..*|semacquire)$`)

// left returns the goroutines of a dump that wait for others, each as the function at the
// bottom of its stack, above what the scheduler adds, and its wait reason. The main goroutine,
// which printed the dump, is not among them. Malformed text is an error: every goroutine of
// the program must say where it was created, and each frame must have a line.
func left(dump string) ([]string, error) {
	var out []string
	found := false
	for _, g := range strings.Split(strings.TrimSpace(dump), "\n\n") {
		lines := strings.Split(g, "\n")
		m := header.FindStringSubmatch(lines[0])
		if m == nil {
			continue
		}
		found = true
		reason, _, _ := strings.Cut(m[1], ",") // "select, 2 minutes"
		creator := -1
		for i, l := range lines {
			if strings.HasPrefix(l, "created by ") {
				creator = i
			}
		}
		if creator < 3 || !blocking.MatchString(reason) {
			continue
		}
		if len(lines)%2 != 1 || !frameLine.MatchString(lines[creator+1]) || !frameLine.MatchString(lines[creator-1]) {
			return nil, fmt.Errorf("malformed goroutine:\n%s", g)
		}
		out = append(out, strings.TrimPrefix(lines[creator-2], "main.")+" ["+reason+"]")
	}
	if !found {
		return nil, fmt.Errorf("no goroutines in the output:\n%s", dump)
	}
	return out, nil
}

var frameLine = regexp.MustCompile(`^\t.+\.(go|s):\d+`)
