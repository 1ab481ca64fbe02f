package rewrite

// This file identifies the tool, for folders and caches that must not outlive a version of it.

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"rtgen/rewrite/load"
)

// toolHash is a hash of this executable.
var toolHash = sync.OnceValue(func() string {
	h := sha256.New()
	if exe, err := os.Executable(); err == nil {
		if f, err := os.Open(exe); err == nil {
			defer f.Close()
			io.Copy(h, f)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:16])
})

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
