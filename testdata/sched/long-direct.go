// A function that takes long and cannot wait does not keep the others from running until it is through.
package main

import (
	"crypto/sha256"
	"fmt"
	"sync/atomic"
)

func main() {
	buf := make([]byte, 64<<20)
	meanwhile := false
	for range 30 {
		var ran atomic.Bool
		done := make(chan bool)
		go func() {
			ran.Store(true)
			done <- true
		}()
		sha256.Sum256(buf)
		meanwhile = ran.Load()
		<-done
		if meanwhile {
			break
		}
	}
	fmt.Println("others ran meanwhile:", meanwhile)
}
