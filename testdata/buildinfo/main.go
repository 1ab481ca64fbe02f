// What debug.ReadBuildInfo tells a program.
package main

import (
	"fmt"
	"runtime/debug"

	"example.org/dep"
)

func main() {
	info, ok := debug.ReadBuildInfo()
	fmt.Println(dep.Name, ok)
	fmt.Println(info)
}
