package module

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a", "x")
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	if err := WriteFile(name, 0o755, text("old")); err != nil {
		t.Fatal(err)
	}
	no := errors.New("no")
	if err := WriteFile(name, 0o755, func(w io.Writer) error { text("half")(w); return no }); !errors.Is(err, no) {
		t.Errorf("error %v, want %v", err, no)
	}
	if err := WriteFile(filepath.Dir(name), 0o644, text("file")); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if err := WriteFile(filepath.Join(name, "y"), 0o644, text("file")); err == nil {
		t.Error("a file became a folder")
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != "old" {
		t.Errorf("content %q (%v), want what was there before", data, err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, 0o755, text("new")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Readlink(link); err != nil {
		t.Error("a link was replaced by a file")
	}
	data, err := os.ReadFile(name)
	if err != nil || string(data) != "new" {
		t.Errorf("content %q (%v), want new", data, err)
	}
	if st, err := os.Stat(name); err != nil || st.Mode().Perm() != 0o755 {
		t.Errorf("mode %v (%v)", st.Mode(), err)
	}
	os.Remove(link)
	for _, d := range []string{dir, filepath.Dir(name)} {
		if list, _ := os.ReadDir(d); len(list) != 1 {
			t.Errorf("left behind: %v", list)
		}
	}
}

// TestWriteFileToPipe writes to what is no file and must stay what it is, as /dev/null must.
func TestWriteFileToPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o666); err != nil {
		t.Fatal(err)
	}
	r, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	err = WriteFile(name, 0o644, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err })
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Lstat(name); err != nil || st.Mode()&os.ModeNamedPipe == 0 {
		t.Fatalf("the pipe was replaced: %v %v", st.Mode(), err)
	}
	b := make([]byte, 1)
	if _, err := r.Read(b); err != nil || b[0] != 'x' {
		t.Errorf("read %q, %v", b, err)
	}
}
