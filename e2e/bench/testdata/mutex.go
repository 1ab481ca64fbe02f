// A sync.Mutex that nobody else wants is locked and unlocked.
package main

import "sync"

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add(d int) {
	c.mu.Lock()
	c.n += d
	c.mu.Unlock()
}

func main() {
	var c counter
	for i := range 60000000 {
		c.add(i & 1)
	}
	println(c.n)
}
