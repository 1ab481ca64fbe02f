package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1)
	go func() { time.Sleep(2 * time.Millisecond); syscall.Kill(os.Getpid(), syscall.SIGUSR1) }()
	fmt.Println(<-c)
	signal.Stop(c)
	signal.Ignore(syscall.SIGUSR1)
	fmt.Println(signal.Ignored(syscall.SIGUSR1))
	syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	time.Sleep(2 * time.Millisecond)
	fmt.Println("alive")
}
