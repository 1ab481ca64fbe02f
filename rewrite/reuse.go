package rewrite

// This file recognises a package whose Go would come out as before, in this program or another,
// and takes it from the cache.
//
// What the last steps print for a package is determined by the tool, the source of the package and
// of all that it imports, the instances that live in it, and the classes of what it calls.
// Packages of instances and the main package are few and always printed.

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"go/types"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"rtgen/cps/ir"
	"rtgen/rewrite/module"
)

// reuse finds printed packages by digest.
type reuse struct {
	dir     string // "" keeps nothing
	sources map[*types.Package][]byte
}

func (p *program) newReuse(dir string) *reuse {
	r := &reuse{dir: dir, sources: map[*types.Package][]byte{}}
	if dir == "" {
		return r
	}
	for _, s := range p.loaded.Sources { // what a package imports comes before it
		h := sha256.New()
		fmt.Fprintf(h, "%s %s %s\n", s.Path, s.GoVersion, s.Sum)
		for _, q := range s.Types.Imports() {
			h.Write(r.sources[q])
		}
		r.sources[s.Types] = h.Sum(nil)
	}
	return r
}

// file is where pkg's Go is kept; "" if it is not.
func (r *reuse) file(p *program, pkg *ir.Package) string {
	source := r.sources[pkg.Types]
	if source == nil || pkg == p.main {
		return ""
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %v %s\n", toolHash(), p.pretty, pkg.Path)
	h.Write(source)
	for _, d := range pkg.Decls {
		fmt.Fprintf(h, "type %s\n", types.TypeString(d.Type, nil))
	}
	for _, l := range pkg.Links {
		fmt.Fprintf(h, "link %s %s\n", l.Var.Name(), l.Value.(*ir.FuncRef).Ref.Obj.FullName()) // constants are the main package's
	}
	for _, b := range pkg.Binds {
		fmt.Fprintf(h, "bind %s\n", b)
	}
	funcs := pkg.Funcs
	if pkg.Init != nil {
		funcs = append(funcs[:len(funcs):len(funcs)], pkg.Init)
	}
	for _, f := range funcs {
		io.WriteString(h, f.Host+" "+f.Name+" ")
		p.colours.Digest(h, f)
		io.WriteString(h, "\n")
	}
	return filepath.Join(r.dir, sum(h)+".go")
}

func sum(h hash.Hash) string { return fmt.Sprintf("%x", h.Sum(nil)[:16]) }

// load returns what store kept under file, or nil.
func (r *reuse) load(file string) []byte {
	if file == "" {
		return nil
	}
	data, err := os.ReadFile(file)
	if err != nil || len(data) < sha256.Size || !bytes.Equal(data[:sha256.Size], check(data[sha256.Size:])) {
		return nil
	}
	if st, err := os.Stat(file); err == nil && time.Since(st.ModTime()) > time.Hour {
		os.Chtimes(file, time.Now(), time.Now()) // it is in use: see trim
	}
	return data[sha256.Size:]
}

// store keeps src. Failing to is no error: the next run prints the package again.
func (r *reuse) store(file string, src []byte) {
	if file == "" {
		return
	}
	module.WriteFile(file, 0o644, func(w io.Writer) error {
		_, err := w.Write(slices.Concat(check(src), src))
		return err
	})
}

func check(src []byte) []byte { h := sha256.Sum256(src); return h[:] }
