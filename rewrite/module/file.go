package module

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// tempPrefix begins the names of files and folders on their way to their place.
const tempPrefix = ".rtgen-"

// WriteFile has write fill the file of that name, and makes its folder if need be. The file
// appears at once, by renaming: whoever is interrupted, or fails, leaves what was there before.
// A link stays one, and devices and pipes are written to, not replaced.
func WriteFile(name string, perm fs.FileMode, write func(io.Writer) error) error {
	if to, err := filepath.EvalSymlinks(name); err == nil {
		name = to
	}
	if st, err := os.Stat(name); err == nil && st.Mode()&(fs.ModeDevice|fs.ModeNamedPipe) != 0 {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err == nil {
			err = errors.Join(write(f), f.Close())
		}
		return named(err)
	}
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return named(err)
	}
	tmp, err := os.CreateTemp(dir, tempPrefix+"*")
	if err != nil {
		return named(err)
	}
	defer os.Remove(tmp.Name()) // does nothing once it has been renamed
	err = errors.Join(write(tmp), tmp.Chmod(perm), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	return named(err)
}

// named is err with the tool's name in front.
func named(err error) error {
	if err != nil {
		err = fmt.Errorf("rtgen: %w", err)
	}
	return err
}
