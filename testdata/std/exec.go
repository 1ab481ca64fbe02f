package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	out, err := exec.Command("echo", "hello", "world").Output()
	fmt.Printf("%q %v\n", out, err)
	cmd := exec.Command("sh", "-c", "cat; echo err >&2; exit 3")
	cmd.Stdin = bytes.NewBufferString("input\n")
	var so, se bytes.Buffer
	cmd.Stdout, cmd.Stderr = &so, &se
	err = cmd.Run()
	var ee *exec.ExitError
	fmt.Println(so.String(), se.String(), err, errors.As(err, &ee) && ee.ExitCode() == 3)
	_, err = exec.LookPath("surely-not-here")
	fmt.Println(err)
	err = exec.Command("/surely/not/here").Run()
	fmt.Println(err)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	err = exec.CommandContext(ctx, "sleep", "10").Run()
	fmt.Println(err)
	cmd = exec.Command("sh", "-c", "read x; echo got $x $RT_Y; pwd")
	cmd.Env = append(os.Environ(), "RT_Y=env")
	cmd.Dir = "/"
	in, _ := cmd.StdinPipe()
	op, _ := cmd.StdoutPipe()
	fmt.Println(cmd.Start())
	io.WriteString(in, "me\n")
	in.Close()
	b, _ := io.ReadAll(op)
	fmt.Printf("%s%v\n", b, cmd.Wait())

	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1)
	syscall.Kill(syscall.Getpid(), syscall.SIGUSR1)
	fmt.Println(<-c)
	nctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	syscall.Kill(syscall.Getpid(), syscall.SIGINT)
	<-nctx.Done()
	stop()
	fmt.Println(nctx.Err())
	p, _ := os.FindProcess(os.Getpid())
	fmt.Println(p.Signal(syscall.Signal(0)))
}
