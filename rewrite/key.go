package rewrite

// This file identifies the tool, for folders and caches that must not outlive a version of it.

import (
	"bytes"
	"crypto/sha256"
	"debug/elf"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"rtgen/rewrite/load"
)

// toolHash is a hash of this executable: of its build ID, which the go command makes from all the rest, or of
// everything if it has none.
var toolHash = sync.OnceValue(func() string {
	h := sha256.New()
	if exe, err := os.Executable(); err == nil {
		if f, err := os.Open(exe); err == nil {
			defer f.Close()
			if id := buildID(f); id != nil {
				h.Write(id)
			} else {
				io.Copy(h, f)
			}
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:16])
})

// buildID reads the go command's build ID of an executable; nil if there is none, or somebody chose it.
func buildID(r io.ReaderAt) []byte {
	f, err := elf.NewFile(r)
	if err != nil {
		return nil
	}
	s := f.Section(".note.go.buildid")
	if s == nil {
		return nil
	}
	id, err := s.Data()
	if err != nil || bytes.Count(id, []byte("/")) != 3 { // what it was made from, twice, and hashes of both results
		return nil
	}
	return id
}

// Key is a short name for parts, in a form that suits a folder.
func Key(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s,", len(p), p)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:12])
}

// Version describes the tool and the releases that it supports.
func Version() string {
	v := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		v = info.Main.Version
	}
	return fmt.Sprintf("rtgen %s %s/%s, for programs of %s and older\ntool %s built with %s", v, runtime.GOOS, runtime.GOARCH, load.SupportedRelease, toolHash()[:12], runtime.Version())
}
