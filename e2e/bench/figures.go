package main

// This file is the suite: one program a figure.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A figure is one program of testdata.
type figure struct {
	program string
	goal    float64 // the ratio that is wanted; 0 if none is set
}

// A category is figures of one kind, in the order of README's table.
type category struct {
	name    string
	figures []figure
}

var suite = []category{
	{"concurrency", []figure{
		{"pingpong", 0.2},
		{"buffered", 0.35},
		{"select8", 0.4},
		{"ring503", 0.2},
		{"sieve", 0.3},
		{"spawn", 0.12},
		{"gosched", 0.12},
		{"fanout1000", 0.25},
		{"workerpool", 0.5},
		{"pool10us", 0},
		{"mutex", 1.0},
		{"mutexcontended", 0.5},
		{"rwmutexcontended", 0.5},
		{"timerchurn", 0.7},
	}},
	{"network", []figure{
		{"echo", 0},
		{"echo1000", 1.0}, // of wall time
	}},
	{"memory per goroutine", []figure{
		{"parked", 0.25},
	}},
	{"allocation", []figure{
		{"binarytrees", 0},
		{"livetree", 0},
	}},
	{"compute", []figure{
		{"nbody", 1.05},
		{"fannkuch", 1.05},
		{"spectralnorm", 1.05},
		{"ifacechain", 1.2},
		{"defers", 0},
	}},
	{"start and exit", []figure{
		{"hello", 0},
	}},
	{"standard library", []figure{
		{"sprintf", 1.2},
		{"json", 1.2},
		{"mapints", 0},
		{"mapwords", 0},
		{"sorting", 0},
		{"builder", 0},
		{"regexps", 0},
		{"sha256", 0},
	}},
}

// measures is the sentence that opens a program: what it measures.
func measures(dir, program string) (string, error) {
	b, err := os.ReadFile(filepath.Join(dir, program+".go"))
	if err != nil {
		return "", err
	}
	var words []string
	for line := range strings.Lines(string(b)) {
		text, ok := strings.CutPrefix(line, "//")
		if !ok {
			break
		}
		words = append(words, strings.TrimSpace(text))
	}
	if len(words) == 0 {
		return "", fmt.Errorf("%s.go does not say what it measures", program)
	}
	return strings.TrimSuffix(strings.Join(words, " "), "."), nil
}
