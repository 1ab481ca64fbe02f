package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"
)

// How programs end: each mode is a process of its own.
var modes = map[string]func(){
	"exit":    func() { defer fmt.Println("not run"); os.Exit(7) },
	"logf":    func() { log.SetFlags(0); log.Fatalf("fatal %d", 1) },
	"panic":   func() { panic(fmt.Errorf("boom %w", io.EOF)) },
	"nil":     func() { var p *int; *p = 1 },
	"dead":    func() { <-make(chan int) },
	"deadmu":  func() { var mu sync.Mutex; mu.Lock(); mu.Lock() },
	"deadwg":  func() { var wg sync.WaitGroup; wg.Add(1); wg.Wait() },
	"unlock":  func() { var mu sync.Mutex; mu.Unlock() },
	"negwg":   func() { var wg sync.WaitGroup; wg.Done() },
	"goexit":  func() { runtime.Goexit() },
	"goexit2": func() { go func() { time.Sleep(5 * time.Millisecond); os.Exit(4) }(); runtime.Goexit() },
	"closed":  func() { c := make(chan int); close(c); close(c) },
	"goroutine": func() {
		go func() { panic("in goroutine") }()
		select {}
	},
	"stdin": func() {
		s := bufio.NewScanner(os.Stdin)
		n := 0
		for s.Scan() {
			n += len(s.Text())
		}
		fmt.Println(n)
	},
	"sigpipe": func() {
		for {
			if _, err := os.Stdout.Write(make([]byte, 4096)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(9)
			}
		}
	},
	"sigterm": func() {
		c := make(chan os.Signal, 1)
		signal.Notify(c, syscall.SIGTERM)
		go func() { syscall.Kill(os.Getpid(), syscall.SIGTERM) }()
		fmt.Println(<-c)
		signal.Reset()
		syscall.Kill(os.Getpid(), syscall.SIGTERM)
		time.Sleep(time.Minute)
	},
	"ignore": func() {
		signal.Ignore(syscall.SIGHUP)
		syscall.Kill(os.Getpid(), syscall.SIGHUP)
		fmt.Println(signal.Ignored(syscall.SIGHUP))
	},
	"mapfatal": func() {
		debug.SetMaxStack(1 << 20)
		var f func(int) int
		f = func(n int) int { return f(n+1) + 1 }
		f(0)
	},
}

func main() {
	if len(os.Args) > 1 {
		modes[os.Args[1]]()
		return
	}
	for _, m := range []string{"exit", "logf", "panic", "nil", "dead", "deadmu", "deadwg", "unlock", "negwg", "goexit", "goexit2", "closed", "goroutine", "stdin", "sigpipe", "sigterm", "ignore", "mapfatal"} {
		cmd := exec.Command(os.Args[0], m)
		var out, errs strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &errs
		cmd.Stdin = strings.NewReader(strings.Repeat("a line of input\n", 1000))
		if m == "sigpipe" {
			r, w, _ := os.Pipe()
			cmd.Stdout = w
			r.Close()
		}
		err := cmd.Run()
		first, _, _ := strings.Cut(errs.String(), "\n\n")
		first, _, _ = strings.Cut(first, " pc=")
		if m == "mapfatal" {
			first = fmt.Sprint(strings.Contains(errs.String(), "stack overflow"))
		}
		fmt.Printf("%s: %v %q %q\n", m, err, out.String(), first)
	}
}
