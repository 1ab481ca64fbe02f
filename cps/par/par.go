// Package par does work on all processors whose result does not depend on the order.
//
//	par.Each(len(list), func(i int) { out[i] = f(list[i]) })
//
// Whatever is the same for one processor and for many is made like that: each call writes what is
// its own, and who comes after Each puts that together, by index.
package par

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls f(0) to f(n-1), as many at a time as there are processors, and returns when all have
// returned. Calls begin in order.
func Each(n int, f func(i int)) {
	var next atomic.Int64
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			f(i)
		}
	}
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
}
