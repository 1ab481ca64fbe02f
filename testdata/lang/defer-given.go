// A deferred func value that comes from a call waits twice while the function returns.
package main

type k struct{ stopCh chan chan struct{} }

func (tm *k) stop() {
	waitCh := make(chan struct{})
	tm.stopCh <- waitCh
	<-waitCh
	close(tm.stopCh)
	println("stopped")
}

func (tm *k) run() {
	waitCh := <-tm.stopCh
	waitCh <- struct{}{}
}

type tok struct{ k *k }

func (t *tok) disable() {
	if t.k != nil {
		t.k.stop()
		t.k = nil
	}
	println("disabled")
}

type prov interface{ disable() }

type store struct{ p prov }

func setup() (*store, func()) {
	as := &store{p: &tok{&k{make(chan chan struct{})}}}
	go as.p.(*tok).k.run()
	tear := func() { as.p.disable() }
	return as, tear
}

func main() {
	done := make(chan bool)
	go func() {
		defer close(done)
		_, tear := setup()
		defer tear()
		for range 3 {
			c := make(chan int)
			go func() { c <- 1 }()
			<-c
		}
	}()
	<-done
	println("end")
}
