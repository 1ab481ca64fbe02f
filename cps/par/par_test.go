package par

import (
	"runtime"
	"sync/atomic"
	"testing"
)

// Every index has one call, whatever the number of processors, and all are over when Each returns.
func TestEach(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, procs := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(procs)
		for _, n := range []int{0, 1, 2, 1000} {
			calls := make([]atomic.Int32, n)
			Each(n, func(i int) { calls[i].Add(1) })
			for i := range calls {
				if c := calls[i].Load(); c != 1 {
					t.Errorf("%d processors: %d calls for %d of %d", procs, c, i, n)
				}
			}
		}
	}
}
