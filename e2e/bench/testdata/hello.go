// Hello, world, from exec to exit.
package main

import "fmt"

func main() { fmt.Println("hello, world") }
