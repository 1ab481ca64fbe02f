package main

import (
	"context"
	"slices"
	"testing"
)

// The sample does as known.txt says. -all runs the rest.
func TestSample(t *testing.T) {
	if testing.Short() {
		t.Skip("builds test binaries")
	}
	ok, err := suite(context.Background(), options{sample: true, tool: "rtgen", verbose: true, timeout: 1 << 37, build: 1 << 39})
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		t.Error("not as expected; the output says why")
	}
}

// Every listed failure names a package that is run.
func TestKnown(t *testing.T) {
	known, err := loadKnown()
	if err != nil {
		t.Fatal(err)
	}
	pkgs, err := choose(options{all: true})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range pkgs {
		n += len(known.of(p))
		if known[p] != "" {
			n++
		}
	}
	if n != len(known) {
		t.Errorf("%d entries of known.txt belong to listed packages, of %d", n, len(known))
	}
}

func TestParse(t *testing.T) {
	const out = "\x16=== RUN   TestA\n    a_test.go:3: no\n\x16--- FAIL: TestA (0.00s)\n\x16=== RUN   TestB\n\x16=== PAUSE TestB\n" +
		"\x16=== RUN   TestC\nx\x16--- PASS: TestC (0.00s)\n\x16=== CONT  TestB\npanic: oh\n"
	got, through := parse(out)
	var names []string
	for _, v := range got {
		names = append(names, v.name+" "+v.how)
	}
	want := []string{"TestA FAIL", "TestC PASS", "TestB the binary ended"}
	if through || !slices.Equal(names, want) {
		t.Errorf("%q %v, want %q", names, through, want)
	}
	if got, through := parse("\x16=== RUN   TestA\n\x16--- PASS: TestA (0.00s)\n\x16PASS\n"); !through || len(got) != 1 {
		t.Error(got, through)
	}
}
