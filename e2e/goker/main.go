// Goker runs the goroutine leak kernels that Go ships (GoBench's GoKer) through rtgen.
//
//	go run ./e2e/goker -all                 every kernel
//	go run ./e2e/goker -run 'Etcd.*' -v     some, with the goroutines that were left
//	go run ./e2e/goker -all -w 4 -n 5       four workers, five runs of each
//
// The kernels stand in GOROOT/src/runtime/testdata/testgoroutineleakprofile/goker, one program.
// What each leaks is listed in the runtime's goroutineleakprofile_test.go: the function at the
// bottom of a goroutine's stack, and what it waits for. Here they print the goroutine profile
// instead of the leak profile, and of the goroutines in it those count that wait for others.
//
// A kernel fails if it ends badly, or leaves a goroutine waiting that is neither listed nor left
// so by the stock toolchain's build of the same source. One whose schedule does not show its bug
// does not fail: most need many runs with any scheduler. The summary says how many showed it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"time"
)

type options struct {
	all, verbose bool
	pattern, bin string
	rtgen        string
	workers, n   int
}

func main() {
	var o options
	flag.BoolVar(&o.all, "all", false, "run every kernel")
	flag.StringVar(&o.pattern, "run", "", "run the kernels whose name matches `regexp`")
	flag.StringVar(&o.bin, "bin", "", "rtgen `binary`; built from this module if empty")
	flag.StringVar(&o.rtgen, "rtgen", os.Getenv("RTGEN"), "`value` of RTGEN for the kernels, as in stress=7")
	flag.IntVar(&o.workers, "w", 0, "`workers`; 0: as many as the runtime chooses")
	flag.IntVar(&o.n, "n", 2, "`runs` of each kernel")
	flag.BoolVar(&o.verbose, "v", false, "print each kernel and the goroutines it left")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if !o.all && o.pattern == "" {
		fmt.Fprintln(os.Stderr, "goker: choose kernels with -all or -run")
		os.Exit(2)
	}
	ok, err := suite(ctx, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "goker:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// suite runs the chosen kernels; ok says whether none failed.
func suite(ctx context.Context, o options) (ok bool, err error) {
	re, err := regexp.Compile("^(?:" + o.pattern + ")$")
	if err != nil {
		return false, err
	}
	kernels, err := loadKernels()
	if err != nil {
		return false, err
	}
	if !o.all {
		kernels = slices.DeleteFunc(kernels, func(k *kernel) bool { return !re.MatchString(k.name) })
	}
	r, err := newRunner(ctx, o)
	if err != nil {
		return false, err
	}
	defer r.close()
	ok = true
	shown := 0
	start := time.Now()
	for _, k := range kernels {
		v, err := r.judge(ctx, k)
		if err != nil {
			return false, err
		}
		if len(v.shown) > 0 {
			shown++
		}
		ok = ok && v.problem == ""
		if v.problem != "" {
			fmt.Printf("FAIL %s: %s\n", k.name, v.problem)
		}
		if o.verbose {
			fmt.Printf("%s: shown %d of %d\n", k.name, len(v.shown), len(k.leaks))
			for _, l := range v.left {
				fmt.Println("    " + l)
			}
		}
	}
	fmt.Printf("%d kernels in %v: %d showed a leak that their authors name\n", len(kernels), time.Since(start).Round(time.Second), shown)
	return ok, nil
}
