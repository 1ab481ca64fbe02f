// Command rtgen rewrites Go programs onto a runtime of their own.
//
//	rtgen run prog.go          rewrite, build, run
//	rtgen build -o prog ./cmd  rewrite, build
//	rtgen rewrite -o dir ./cmd write the Go module that `go build` turns into the program
//
// See `rtgen help` for the rest.
package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	collectLate()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	cmd := root()
	cmd.SetArgs(withLongDashes(os.Args[1:]))
	err := cmd.ExecuteContext(ctx)
	interrupted := ctx.Err() != nil
	stop()
	var status exitStatus
	switch {
	case err == nil:
	case errors.As(err, &status):
		os.Exit(int(status))
	case interrupted:
		os.Exit(130) // as a shell reports SIGINT
	default:
		fmt.Fprintln(os.Stderr, userText(err))
		var f *failure
		if errors.As(err, &f) {
			os.Exit(f.status)
		}
		os.Exit(1)
	}
}

// collectLate puts the first collection off until the heap is a gigabyte. rtgen lives for a second:
// memory is cheaper than a tenth of that spent collecting it. From then on the heap may double as
// usual. The limit does not stay: the IR of a large program is beyond it, and a heap that cannot
// get below its limit is collected without end (half of the processors' time, for nats-server).
func collectLate() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(1 << 30)
	runtime.AddCleanup(new([64]byte), func(percent int) {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(percent)
	}, 100)
}

// failure is an error that ends rtgen with a status other than 1.
type failure struct {
	status int
	error
}

func (f *failure) Unwrap() error { return f.error }

// exitStatus is an error that has been reported already.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rtgen",
		Short: "Run Go programs on a runtime of their own",
		Long: `rtgen rewrites a whole Go program (its packages, its dependencies and the standard
library) into Go that the stock go command compiles, and that runs on rtgen's own
goroutine scheduler, channels, panics, collected heap and type metadata.

Programs need no change. The source must be Go 1.26 or older, without cgo.`,
		Example: `  rtgen run hello.go
  rtgen run -w 1 ./cmd/serve -addr :8080
  rtgen build -o serve ./cmd/serve
  rtgen rewrite -o out ./cmd/serve && (cd out && go build)`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	cmd.CompletionOptions.HiddenDefaultCmd = true
	cmd.PersistentFlags().Func("tags", "build `tags` of the program, separated by commas, as for go build", addTags)
	cmd.AddCommand(runCmd(), buildCmd(), testCmd(), compareCmd(), rewriteCmd(), dumpCmd(), passesCmd(), versionCmd())
	return cmd
}

// addTags has every go command that is started see these build tags.
func addTags(list string) error {
	return os.Setenv("GOFLAGS", strings.TrimSpace(os.Getenv("GOFLAGS")+" -tags="+list))
}
