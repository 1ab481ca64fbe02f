// Ten thousand timers are set; most are reset and stopped before they fire, as timeouts are.
package main

import "time"

func main() {
	const n = 10000
	fired := make(chan bool, n)
	var timers [n]*time.Timer
	for i := range timers {
		timers[i] = time.AfterFunc(time.Hour+time.Duration(i)*time.Millisecond, func() { fired <- true })
	}
	x := uint32(1)
	for range 6000000 {
		x = x*1664525 + 1013904223
		timers[x>>8%n].Reset(time.Hour + time.Duration(x>>12)*time.Microsecond)
	}
	for range 1200000 {
		t := time.NewTimer(time.Hour)
		select {
		case <-t.C:
		default:
		}
		t.Stop()
	}
	for i, t := range timers {
		if i%10 == 0 {
			t.Reset(time.Millisecond)
		} else if !t.Stop() {
			println("not pending", i)
		}
	}
	for range n / 10 {
		<-fired
	}
	println("done")
}
