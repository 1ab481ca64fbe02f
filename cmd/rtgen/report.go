package main

// This file is what the user sees while rtgen works, and when it fails.

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// progress shows one line on the terminal, replaced as work goes on. Without a terminal it
// says nothing.
type progress struct{ on bool }

func newProgress() *progress {
	st, err := os.Stderr.Stat()
	return &progress{on: err == nil && st.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"}
}

func (p *progress) log(format string, args ...any) {
	if p.on {
		fmt.Fprintf(os.Stderr, "\r\x1b[Krtgen: "+format+" …", args...)
	}
}

// done clears the line.
func (p *progress) done() {
	if p.on {
		fmt.Fprint(os.Stderr, "\r\x1b[K")
	}
}

// userText is err as the user reads it: refusals name files as the go command does,
// relative to the current folder.
func userText(err error) string {
	return refusal.ReplaceAllStringFunc(err.Error(), func(s string) string {
		m := refusal.FindStringSubmatch(s)
		return shortPath(m[1]) + m[2]
	})
}

// refusal matches the beginning of a line that says what rtgen refuses.
var refusal = regexp.MustCompile(`(?m)^(/[^:\n]*)(:\d+:\d+: rtgen: )`)

// shortPath is name relative to the current folder if that is shorter.
func shortPath(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return name
	}
	rel, err := filepath.Rel(dir, name)
	if err != nil || len(rel) >= len(name) {
		return name
	}
	if !strings.HasPrefix(rel, "..") {
		rel = "." + string(filepath.Separator) + rel
	}
	return rel
}
