package testcmd

import (
	_ "embed"
	"os"
	"runtime"
	"testing"
)

//go:embed a.go
var source string

// Counted is seen by the external tests only: they must share this copy of the package.
var Counted int

func TestAdd(t *testing.T) {
	Counted++
	t.Parallel()
	if add(1, 2) != 3 {
		t.Fatal("add")
	}
	t.Run("sub", func(t *testing.T) {
		t.Parallel()
		if _, err := os.Stat(t.TempDir()); err != nil {
			t.Error(err)
		}
		if err := t.Context().Err(); err != nil {
			t.Error(err)
		}
	})
}

func TestFail(t *testing.T) {
	t.Error("no")
	t.Log("and more")
}

func TestHelper(t *testing.T) {
	fail := func() { t.Helper(); t.Errorf("the caller's line") }
	fail()
}

func TestSkip(t *testing.T) {
	if !testing.Short() {
		t.Skip("only in short mode")
	}
	runtime.Goexit()
}

func TestPlace(t *testing.T) {
	if b, err := os.ReadFile("a.go"); err != nil || string(b) != source {
		t.Error("not in the package's folder", err)
	}
	t.Setenv("TESTCMD", "y")
	if os.Getenv("TESTCMD") != "y" {
		t.Error("Setenv")
	}
	t.Chdir("/")
	if wd, _ := os.Getwd(); wd != "/" {
		t.Error("Chdir")
	}
	if !testing.Testing() {
		t.Error("Testing")
	}
	if os.Getenv("TESTCMD_PANIC") != "" {
		panic("in a test")
	}
}

func FuzzAdd(f *testing.F) {
	f.Add(1, 1)
	f.Add(2, 3)
	f.Fuzz(func(t *testing.T, a, b int) { t.Log(add(a, b)) })
}

var sink []byte

func TestAllocs(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { sink = make([]byte, 1000) }); n != 1 {
		t.Error(n)
	}
}

func BenchmarkLoop(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = make([]byte, 64)
	}
}

func BenchmarkN(b *testing.B) {
	b.Run("sub", func(b *testing.B) {
		for range b.N {
			Counted += add(1, 2)
		}
		b.ReportMetric(7, "things")
	})
}
