//go:build noasm

package main

func main() { println("without assembly") }
