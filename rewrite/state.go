package rewrite

// This file recognises a program that has not changed since it was last rewritten, without
// reading it: what the go command says of it is the same, and so are all files.

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"rtgen/rewrite/load"
	"rtgen/rewrite/module"
)

// State describes what a folder with a built program was made from.
type State struct {
	Tool    string // hash of the tool's executable
	Listing string // load.Listing.Digest
	Inputs  []FileState
	Outputs []FileState // the executable
}

// FileState is a file as it was. Sum is empty for the files of GOROOT, which are taken to be
// the same while size and time are; others are read.
type FileState struct {
	Path string
	Size int64
	Time int64 // nanoseconds
	Sum  string
}

func stateOf(path string, sum bool) (FileState, error) {
	st, err := os.Stat(path)
	if err != nil {
		return FileState{}, err
	}
	f := FileState{Path: path, Size: st.Size(), Time: st.ModTime().UnixNano()}
	if sum {
		data, err := os.ReadFile(path)
		if err != nil {
			return FileState{}, err
		}
		f.Sum = fmt.Sprintf("%x", sha256.Sum256(data))
		f.Time = 0 // a file that was touched only is the same
	}
	return f, nil
}

const stateFile = "state.json"

// Unchanged reports whether dir holds the executable exe, built by this tool from the program
// as it is now.
func (in *Input) Unchanged(dir, exe string) bool {
	s, ok := remembered(dir)
	if !ok || s.Tool != toolHash() || s.Listing != in.listing.Digest {
		return false
	}
	if len(s.Outputs) != 1 || s.Outputs[0].Path != exe {
		return false
	}
	for _, list := range [][]FileState{s.Outputs, s.Inputs} {
		for _, f := range list {
			if now, err := stateOf(f.Path, f.Sum != ""); err != nil || now != f {
				return false
			}
		}
	}
	return true
}

// Forget says that dir is about to change. It comes before the first write, so that an
// interrupted run is never taken for a complete one. An exe that is not as it was remembered goes
// too: go build knows it by its first bytes alone, and one that was cut off has them.
func Forget(dir, exe string) error {
	s, _ := remembered(dir)
	if now, err := stateOf(exe, false); err == nil && (len(s.Outputs) != 1 || s.Outputs[0] != now) {
		if err := os.Remove(exe); err != nil {
			return err
		}
	}
	err := os.Remove(filepath.Join(dir, stateFile))
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

// remembered is what Remember wrote.
func remembered(dir string) (s State, ok bool) {
	data, err := os.ReadFile(filepath.Join(dir, stateFile))
	if err != nil || json.Unmarshal(data, &s) != nil {
		return State{}, false
	}
	return s, true
}

// Remember notes that dir holds exe, built from the program.
func (in *Input) Remember(dir, exe string, files []load.InputFile) error {
	s := State{Tool: toolHash(), Listing: in.listing.Digest}
	out, err := stateOf(exe, false)
	if err != nil {
		return err
	}
	s.Outputs = []FileState{out}
	for _, f := range files {
		st, err := stateOf(f.Path, !f.Standard)
		if err != nil {
			return err
		}
		s.Inputs = append(s.Inputs, st)
	}
	return module.WriteFile(filepath.Join(dir, stateFile), 0o644, func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "\t")
		return enc.Encode(&s)
	})
}
