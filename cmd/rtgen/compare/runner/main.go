// Command runner runs one program and writes to file descriptor 3 what it used:
//
//	runner prog args…  →  wall_ns cpu_ns rss_kb wait_status
//
// A process that forks passes its own largest resident set on to the child's, as far as
// Linux accounts for it. rtgen is a large process; runner is a Go program as small as they
// come, and thereby no larger than any that it runs.
package main

import (
	"os"
	"strconv"
	"syscall"
	"time"
)

func main() {
	syscall.CloseOnExec(3)
	start := time.Now()
	pid, err := syscall.ForkExec(os.Args[1], os.Args[1:], &syscall.ProcAttr{
		Env:   os.Environ(),
		Files: []uintptr{0, 1, 2},
	})
	if err != nil {
		report("cannot start: " + err.Error())
		os.Exit(1)
	}
	var status syscall.WaitStatus
	var used syscall.Rusage
	for {
		_, err = syscall.Wait4(pid, &status, 0, &used)
		if err != syscall.EINTR {
			break
		}
	}
	wall := time.Since(start)
	cpu := used.Utime.Nano() + used.Stime.Nano()
	report(strconv.FormatInt(int64(wall), 10) + " " + strconv.FormatInt(cpu, 10) + " " +
		strconv.FormatInt(used.Maxrss, 10) + " " + strconv.FormatUint(uint64(status), 10))
}

func report(s string) { syscall.Write(3, []byte(s+"\n")) }
