// Package testcmd is tested by rtgen test and go test, with the same output.
package testcmd

func add(a, b int) int { return a + b }

func Add(a, b int) int { return add(a, b) }
