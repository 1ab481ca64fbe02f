// Package rtlib is what generated code may call, there imported as rt: thin, mostly generic functions over
// the packages that do the work.
//
//	make([]T, n)       →   rt.MakeSlice[T](w, sp, &ʀlayout_T, n, n)
//	s = append(s, x)   →   s = rt.Grow(w, sp, &ʀlayout_T, s, 1); s = append(s, x)
//	a + b              →   rt.Concat2(w, sp, a, b)
//	any(x)             →   rt.Box(w, sp, &ʀlayout_T, ʀproto_3, x)
//	ch <- x            →   rt.Send(w, sp, ch.P, x)
//	panic(v)           →   rt.Panic(w, sp, v)
//
// Generic functions only cast: what depends on a type's size or layout is decided behind them, so
// that the host instantiates little code. Functions without (w, sp) reach no safepoint.
package rtlib
