// crypto/sha256 over a buffer: assembly, on both sides.
package main

import "crypto/sha256"

func main() {
	buf := make([]byte, 1<<20)
	n := byte(0)
	for i := range 200 {
		buf[i] = byte(i)
		sum := sha256.Sum256(buf)
		n ^= sum[0]
	}
	println(n)
}
