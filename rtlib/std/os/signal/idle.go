//go:build rtgen

package signal

import "runtime"

// signalsIdle reports whether the goroutine that receives signals waits for the next one.
func signalsIdle() bool

func signalWaitUntilIdle() {
	for !signalsIdle() {
		runtime.Gosched()
	}
}
