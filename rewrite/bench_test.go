package rewrite

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rtgen/cps/build"
	"rtgen/cps/names"
	"rtgen/rewrite/colour"
	"rtgen/rewrite/load"
	"rtgen/rewrite/std"
)

// BenchmarkStages reports the seconds that each stage takes for a program behind encoding/json
// and net/http.
func BenchmarkStages(b *testing.B) {
	for _, imports := range []string{"fmt", "encoding/json", "net/http"} {
		b.Run(filepath.Base(imports), func(b *testing.B) {
			name := filepath.Join(b.TempDir(), "x.go")
			src := "package main\nimport _ \"" + imports + "\"\nfunc main() {}\n"
			if err := os.WriteFile(name, []byte(src), 0o666); err != nil {
				b.Fatal(err)
			}
			last := time.Now()
			lap := func(stage string) {
				now := time.Now()
				b.ReportMetric(now.Sub(last).Seconds(), stage+"-s")
				last = now
			}
			for range b.N {
				last = time.Now()
				p := &program{log: func(string, ...any) {}}
				var err error
				p.loaded, err = load.Load(context.Background(), &load.Config{Args: []string{name}, Std: std.Std{}})
				if err != nil {
					b.Fatal(err)
				}
				lap("load")
				bind, err := newBinder(p.loaded)
				if err != nil {
					b.Fatal(err)
				}
				p.pkgs, err = build.Program(p.loaded.Fset, p.loaded.Sources, bind)
				if err != nil {
					b.Fatal(err)
				}
				lap("build")
				p.main = p.pkgs[len(p.loaded.Sources)-1]
				if err := p.addStart(); err != nil {
					b.Fatal(err)
				}
				p.colours = colour.Program(p.pkgs)
				lap("colour")
				p.names = names.New(p.loaded.Sources, p.pkgs)
				if p.hooks, err = loadHooks(); err != nil {
					b.Fatal(err)
				}
				lap("names")
				mod, err := p.emit(context.Background())
				if err != nil {
					b.Fatal(err)
				}
				lap("emit")
				if err := mod.Write(filepath.Join(b.TempDir(), "out")); err != nil {
					b.Fatal(err)
				}
				lap("write")
				n := 0
				for _, pkg := range p.pkgs {
					n += len(pkg.Funcs)
				}
				b.ReportMetric(float64(n), "funcs")
			}
		})
	}
}
