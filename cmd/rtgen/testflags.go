package main

// This file reads the command line of `rtgen test`, whose flags are go test's and not in the
// manner of the other commands.

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// testFlags is what the command line of `rtgen test` says.
type testFlags struct {
	buildFlags
	patterns []string // packages, or .go files
	pass     []string // arguments of the test binary

	help, verbose, bench, list, failfast bool
	timeout                              time.Duration // 0: no limit
	compile                              bool          // -c
	out                                  string        // -o
	workers                              int
}

// testBinaryFlags are the flags that go to the test binary; those that are set to true are of
// type bool.
var testBinaryFlags = map[string]bool{
	"run": false, "skip": false, "list": false, "bench": false, "benchtime": false, "count": false, "cpu": false,
	"parallel": false, "shuffle": false, "timeout": false,
	"v": true, "short": true, "benchmem": true, "failfast": true, "fullpath": true,
}

// parseTestFlags reads flags and packages in any order, up to -args.
func parseTestFlags(args []string) (*testFlags, error) {
	t := &testFlags{timeout: 10 * time.Minute}
	timed := false
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		if len(arg) < 2 || arg[0] != '-' {
			t.patterns = append(t.patterns, arg)
			continue
		}
		name, value, hasValue := strings.Cut(strings.TrimPrefix(arg[1:], "-"), "=")
		next := func() (string, error) {
			if !hasValue {
				if len(args) == 0 {
					return "", fmt.Errorf("rtgen test: flag -%s needs an argument", name)
				}
				value, args = args[0], args[1:]
			}
			return value, nil
		}
		var err error
		switch name {
		case "args":
			t.pass, args = append(t.pass, args...), nil
			continue
		case "h", "help":
			t.help = true
		case "work", "c":
			on := true
			if hasValue {
				on, err = parseBool(name, value)
			}
			if name == "c" {
				t.compile = on
			} else {
				t.work = on
			}
		case "o":
			t.out, err = next()
			t.compile = t.compile || t.out != ""
		case "tags":
			if value, err = next(); err == nil {
				err = addTags(value)
			}
		case "w", "workers":
			if value, err = next(); err == nil {
				if t.workers, err = strconv.Atoi(value); err != nil || t.workers < 1 {
					err = fmt.Errorf("rtgen test: -w %s: want a number of workers", value)
				}
			}
		default:
			name = strings.TrimPrefix(name, "test.")
			isBool, ok := testBinaryFlags[name]
			switch {
			case !ok:
				return nil, fmt.Errorf("rtgen test: flag -%s is not supported (see rtgen help test); flags of the tests' own stand behind -args", name)
			case !isBool:
				if value, err = next(); err == nil {
					err = t.note(name, value)
					timed = timed || name == "timeout"
				}
			default:
				if !hasValue {
					value = "true"
				}
				on := value == "test2json"
				if !on || name != "v" {
					on, err = parseBool(name, value)
				}
				t.verbose = t.verbose || name == "v" && on
				t.failfast = t.failfast || name == "failfast" && on
			}
			t.pass = append(t.pass, "-test."+name+"="+value)
		}
		if err != nil {
			return nil, err
		}
	}
	if !timed {
		t.pass = append([]string{"-test.timeout=" + t.timeout.String()}, t.pass...)
	}
	return t, nil
}

// note keeps what this command itself must know of a flag of the test binary.
func (t *testFlags) note(name, value string) (err error) {
	switch name {
	case "bench":
		t.bench = value != ""
	case "list":
		t.list = value != ""
	case "timeout":
		if t.timeout, err = time.ParseDuration(value); err != nil {
			return fmt.Errorf("rtgen test: -timeout %s: %v", value, err)
		}
	}
	return nil
}

func parseBool(name, value string) (bool, error) {
	on, err := strconv.ParseBool(value)
	if err != nil {
		return false, fmt.Errorf("rtgen test: -%s=%s: want true or false", name, value)
	}
	return on, nil
}
