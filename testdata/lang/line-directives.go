package main

// Line directives give a call its file and line: those of other files, and of none.

import "runtime"

func at() {
	_, file, line, _ := runtime.Caller(1)
	println(file, line)
}

func main() {
//line foo.go:1
	at()
//line sub/bar.go:10:20
	at()
//line :11:22
	at()
//line /else/where.go:100
	at()
//line :7
	at()
	func() {
		at()
//line foo.go:20
		at()
	}()
	/*line :10*/ at(); /*line x.go:20*/ at(); /*line :30:1*/ at()
	defer func() {
		recover()
		pcs := make([]uintptr, 20)
		frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
		for {
			f, more := frames.Next()
			if f.Function == "main.main" {
				println(f.File, f.Line)
			}
			if !more {
				break
			}
		}
	}()
	var p *int
//line last.go:5
	*p = 1
}
