// Gotests runs the standard library's own tests through rtgen test.
//
//	go run ./e2e/gotests -all                    every package of packages.txt
//	go run ./e2e/gotests -run 'strings|bytes' -v some, with what went wrong
//	go run ./e2e/gotests -sample                 a few packages that are quick to build
//	go run ./e2e/gotests -all -tool stock        the harness itself, against the stock toolchain
//	go run ./e2e/gotests -run sync -rtgen stress=7 -w 1
//
// Each package is built and run by itself, in short mode. known.txt lists the tests that fail,
// as path.TestName, and the packages that do not build, each with its reason. They are run too,
// one by one: the harness fails if a test fails that is not listed, and if one passes that is.
//
// The runtime's tests are those that need nothing but its public API: runtime.txt names them;
// the source is GOROOT's.
package main

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"time"
)

type options struct {
	all, sample, verbose bool
	pattern, tests       string
	tool, bin, rtgen     string
	workers              int
	timeout              time.Duration
	build                time.Duration
}

func main() {
	var o options
	flag.BoolVar(&o.all, "all", false, "run every package")
	flag.BoolVar(&o.sample, "sample", false, "run the packages of the sample")
	flag.StringVar(&o.pattern, "run", "", "run the packages whose path matches `regexp`")
	flag.StringVar(&o.tests, "tests", "", "run only tests whose name matches `regexp`")
	flag.StringVar(&o.tool, "tool", "rtgen", "`rtgen or stock`: what builds the tests")
	flag.StringVar(&o.bin, "bin", "", "rtgen `binary`; built from this module if empty")
	flag.StringVar(&o.rtgen, "rtgen", os.Getenv("RTGEN"), "`value` of RTGEN for the tests, as in stress=7")
	flag.IntVar(&o.workers, "w", 0, "`workers` of the tests; 0: their own choice")
	flag.DurationVar(&o.timeout, "timeout", 3*time.Minute, "limit for one execution")
	flag.DurationVar(&o.build, "buildtimeout", 10*time.Minute, "limit for one build")
	flag.BoolVar(&o.verbose, "v", false, "print what failing tests printed")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ok, err := suite(ctx, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotests:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// packages.txt holds the import paths of the packages to test; "sample" behind one makes it
// part of the sample.
//
//go:embed packages.txt
var packagesTxt string

// choose applies the selecting options to packages.txt.
func choose(o options) ([]string, error) {
	if !o.all && !o.sample && o.pattern == "" {
		return nil, fmt.Errorf("choose packages with -all, -sample or -run")
	}
	re, err := regexp.Compile("^(?:" + o.pattern + ")$")
	if err != nil {
		return nil, err
	}
	var out []string
	for line := range strings.Lines(packagesTxt) {
		f := strings.Fields(line)
		if len(f) == 0 || strings.HasPrefix(f[0], "#") {
			continue
		}
		if o.pattern != "" && !re.MatchString(f[0]) || o.sample && len(f) < 2 {
			continue
		}
		out = append(out, f[0])
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no package of packages.txt matches")
	}
	return out, nil
}

// suite tests the chosen packages; ok says whether everything was as expected.
func suite(ctx context.Context, o options) (ok bool, err error) {
	pkgs, err := choose(o)
	if err != nil {
		return false, err
	}
	known, err := loadKnown()
	if err != nil {
		return false, err
	}
	r, err := newRunner(o, known)
	if err != nil {
		return false, err
	}
	defer r.close()
	ok = true
	var sum count
	start := time.Now()
	for _, path := range pkgs {
		p := r.test(ctx, path)
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		ok = p.report(os.Stdout, r) && ok
		sum.add(p.count)
	}
	fmt.Printf("%d packages, %v, in %v\n", len(pkgs), sum, time.Since(start).Round(time.Second))
	return ok, nil
}

// count counts tests.
type count struct{ pass, skip, known, fail, better int }

func (c *count) add(d count) {
	c.pass += d.pass
	c.skip += d.skip
	c.known += d.known
	c.fail += d.fail
	c.better += d.better
}

func (c count) String() string {
	s := fmt.Sprintf("%d pass, %d skipped, %d known to fail", c.pass, c.skip, c.known)
	if c.fail > 0 {
		s += fmt.Sprintf(", %d FAIL", c.fail)
	}
	if c.better > 0 {
		s += fmt.Sprintf(", %d BETTER", c.better)
	}
	return s
}
