// Package rtchan is the guest's channels and select.
//
//	ch := make(chan T, n)    →   rtchan.Make(w, sp, &ʀlayout_T, n)
//	ch <- v                  →   rtchan.Send(w, sp, c, &v); if w.Unwind != 0 { capture; return }
//	v, ok := <-ch            →   ok := rtchan.Recv(w, sp, c, &v); if w.Unwind != 0 { capture; return }
//	                             resumed: v and ok are at w.Ret as struct{ T; bool }
//	select { … }             →   i, ok := rtchan.Select(w, sp, cases, hasDefault)
//	                             resumed: struct{ int; bool; value at 16 } at w.Ret
//
// # A channel
//
// An Hchan is in the guest's heap, so is its ring. A send finds one of three things: a waiting
// receiver, to which it hands the value; room in the ring; or neither, and then the goroutine
// queues itself with the value in its G (Buf, or a heap object at Buf[0] if the value is larger)
// and parks. Receives mirror that. Whoever wakes a goroutine has done all there was to do:
// the woken one runs nothing but its Done, which lays the results out.
//
// Queues hold sched.Waiters: one in each G, so that plain operations allocate nothing; those of
// a select are in a record of their own, since a select waits in several queues. The waker
// of a selecting goroutine must first claim it (turn its Wait's Ticket from 0 to the case); who fails drops the
// waiter and goes on to the next.
//
// # Invariants
//
//   - At least one of recvq and sendq is empty, except for a goroutine that waits in both in one
//     select. (Claimed waiters of finished selects may linger for an instant.)
//   - In a buffered channel, n > 0 implies that recvq is empty, n < cap that sendq is.
//   - Nothing allocates, and nothing is called that may, while a channel is locked.
package rtchan
