package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

func main() {
	dir, err := os.MkdirTemp("", "rtgen")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	defer os.RemoveAll(dir)
	f := filepath.Join(dir, "a.txt")
	fmt.Println(os.WriteFile(f, []byte("one\ntwo\nthree\n"), 0o644))
	b, err := os.ReadFile(f)
	fmt.Printf("%q %v\n", b, err)
	_, err = os.Open(filepath.Join(dir, "nope"))
	fmt.Println(errors.Is(err, fs.ErrNotExist), strings.HasSuffix(err.Error(), "no such file or directory"))
	var pe *fs.PathError
	fmt.Println(errors.As(err, &pe), pe.Op)

	h, _ := os.OpenFile(f, os.O_RDWR|os.O_APPEND, 0)
	fmt.Fprintf(h, "four %d\n", 4)
	h.Seek(0, io.SeekStart)
	sc := bufio.NewScanner(h)
	for sc.Scan() {
		fmt.Println(sc.Text())
	}
	st, _ := h.Stat()
	fmt.Println(st.Size(), st.Mode(), st.Name(), st.IsDir())
	h.Close()
	_, err = h.Read(make([]byte, 1))
	fmt.Println(errors.Is(err, os.ErrClosed))

	os.MkdirAll(filepath.Join(dir, "x/y/z"), 0o755)
	os.WriteFile(filepath.Join(dir, "x/y/q"), nil, 0o600)
	os.Symlink("a.txt", filepath.Join(dir, "l"))
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		r, _ := filepath.Rel(dir, p)
		fmt.Println(r, d.IsDir(), d.Type())
		return nil
	})
	m, _ := fs.Glob(os.DirFS(dir), "*")
	sort.Strings(m)
	fmt.Println(m)
	os.Rename(f, f+"2")
	l, _ := os.Readlink(filepath.Join(dir, "l"))
	es, _ := os.ReadDir(dir)
	for _, e := range es {
		fmt.Println(e.Name())
	}
	fmt.Println(l, path.Join("a", "../b", "c"), path.Base("/x/y.go"), filepath.Ext("y.tar.gz"))
	os.Setenv("RT_X", "yes")
	fmt.Println(os.Getenv("RT_X"), os.ExpandEnv("$RT_X/${RT_X}"), len(os.Args))
	os.Unsetenv("RT_X")
	_, ok := os.LookupEnv("RT_X")
	fmt.Println(ok)

	r, w, _ := os.Pipe()
	go func() {
		w.Write([]byte("through a pipe"))
		w.Close()
	}()
	b, err = io.ReadAll(r)
	fmt.Println(string(b), err)

	pr, pw := io.Pipe()
	go func() {
		bw := bufio.NewWriter(pw)
		for i := 0; i < 3; i++ {
			fmt.Fprintln(bw, "line", i)
		}
		bw.Flush()
		pw.CloseWithError(errors.New("done"))
	}()
	br := bufio.NewReader(pr)
	for {
		s, err := br.ReadString('\n')
		if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Print(s)
	}
	var sb strings.Builder
	n, err := io.Copy(&sb, io.TeeReader(io.LimitReader(strings.NewReader("0123456789"), 5), os.Stdout))
	fmt.Println(n, err, sb.String())
}
