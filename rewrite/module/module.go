// Package module writes a rewritten program to disk: a Go module that the stock go command
// builds offline.
//
//	DIR/go.mod            module rtgen
//	DIR/main.go           starts the runtime, which runs the guest's main
//	DIR/rtlib, gc, …      the runtime's own source, copied
//	DIR/g/fmt, …          guest packages
//
// Files whose content is the same are not touched, so that a build after a small change is a
// small build. A new folder appears at once, by renaming, or not at all; an existing one
// is updated file by file, each by renaming, under a lock. Whoever is interrupted leaves
// a folder in which the next run replaces what is out of date: what is on disk is
// compared, never believed.
package module

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"sync"

	"rtgen/cps/par"
)

// Marker is a file that stands in every folder written by this package. Folders without
// it are not overwritten.
const Marker = "rtgen.txt"

const markerText = `This module was written by rtgen. Build it with "go build", or, as "rtgen build" does,
with "go build -gcflags=` + Inlining + `": what small functions gained in the rewriting then
keeps fewer of them from being inlined.
Changes will be overwritten when it is written again.
`

// Module is the content of a module on its way to disk. Add may be called concurrently.
type Module struct {
	mu    sync.Mutex
	files map[string][]byte // by slash-separated name
}

// New returns a module that contains go.mod and the runtime, which is the named folders
// of source.
func New(source fs.FS, folders []string) (*Module, error) {
	m := &Module{files: map[string][]byte{}}
	m.Add("go.mod", []byte("module rtgen\n\ngo 1.26\n"))
	m.Add(Marker, []byte(markerText))
	for _, dir := range folders {
		list, err := fs.ReadDir(source, dir)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("rtgen: internal error: the tool does not hold the runtime's folder %s", dir)
		}
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			if e.IsDir() || !isSource(e.Name()) {
				continue
			}
			data, err := fs.ReadFile(source, path.Join(dir, e.Name()))
			if err != nil {
				return nil, err
			}
			m.Add(path.Join(dir, e.Name()), data)
		}
	}
	return m, nil
}

func isSource(name string) bool {
	return !strings.HasSuffix(name, "_test.go") && (strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".s") || strings.HasSuffix(name, ".h"))
}

// Add puts a file into the module; name is relative and slash-separated.
func (m *Module) Add(name string, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[name] = data
}

// Write makes dir contain the module and nothing else that an earlier Write put there. The
// caller holds dir's lock, if others may write it too.
func (m *Module) Write(dir string) error {
	_, err := os.Stat(filepath.Join(dir, Marker))
	if err == nil {
		return m.update(dir)
	}
	list, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("rtgen: %w", err) // a file, say
	}
	if len(list) > 0 {
		return fmt.Errorf("rtgen: %s is not empty and was not written by rtgen", dir)
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return fmt.Errorf("rtgen: %w", err)
	}
	tmp, err := os.MkdirTemp(parent, tempPrefix+"*")
	if err != nil {
		return fmt.Errorf("rtgen: %w", err)
	}
	defer os.RemoveAll(tmp) // does nothing once it has been renamed
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := m.update(tmp); err != nil {
		return err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(tmp, dir)
}

// update replaces what differs and removes what does not belong.
func (m *Module) update(dir string) error {
	names := make([]string, 0, len(m.files))
	for name := range m.files {
		names = append(names, name)
	}
	sort.Strings(names)
	errs := make([]error, len(names))
	par.Each(len(names), func(i int) {
		errs[i] = replace(filepath.Join(dir, filepath.FromSlash(names[i])), m.files[names[i]])
	})
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return m.sweep(dir)
}

// sweep removes the Go files that are not part of the module, and the folders that this
// leaves empty.
func (m *Module) sweep(dir string) error {
	var folders []string
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			folders = append(folders, name)
			return nil
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		if _, ok := m.files[filepath.ToSlash(rel)]; ok {
			return nil
		}
		if ext := filepath.Ext(name); ext == ".go" || ext == ".s" || ext == ".h" || strings.HasPrefix(e.Name(), tempPrefix) {
			return os.Remove(name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := len(folders) - 1; i > 0; i-- {
		os.Remove(folders[i]) // fails unless empty
	}
	return nil
}

// replace gives the file its content unless it has it already.
func replace(name string, data []byte) error {
	if holds(name, data) {
		return nil
	}
	return WriteFile(name, 0o644, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// holds reports whether the file's content is data. It does so piece by piece: memory that was not used before is dear.
func holds(name string, data []byte) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || st.Size() != int64(len(data)) {
		return false
	}
	piece := pieces.Get().(*[64 << 10]byte)
	defer pieces.Put(piece)
	for {
		n, err := f.Read(piece[:])
		if n > len(data) || !bytes.Equal(piece[:n], data[:n]) {
			return false
		}
		data = data[n:]
		if err != nil {
			return err == io.EOF && len(data) == 0
		}
	}
}

var pieces = sync.Pool{New: func() any { return new([64 << 10]byte) }}
