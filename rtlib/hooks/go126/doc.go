// Package go126 stands in for the functions of Go 1.26's standard library that have no body: the
// manifest, rewrite/std/go126.hooks, says which function stands in for which.
//
//	// internal/sync: func runtime_SemacquireMutex(s *uint32, lifo bool, skipframes int)
//	//     runtime_SemacquireMutex  resumable  SemacquireMutex
//	func SemacquireMutex(w *abi.W, sp abi.SP, s *uint32, lifo bool, skip int)
//
// A verbatim hook has the guest's signature; a direct or resumable one has the hidden arguments (w, sp)
// before it. Types that only the guest knows are unsafe.Pointer here, or the host type of the same layout. The
// caller keeps pointer arguments alive during the call; a hook that needs one for longer pins it.
// What a hook returns may be host memory only if it is never freed.
package go126
