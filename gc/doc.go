// Package gc is the guest's heap: allocation, collection, finalizers, weak pointers.
//
//	new(T)            →   gc.New(w, sp, &ʀlayout_T)           // pointer bump, no header
//	make([]T, n)      →   gc.NewArray(w, sp, &ʀlayout_T, n)
//	string(b)         →   gc.NewBytes(w, sp, len(b))
//	a frame parks     →   gc.NewFrame(w, &ʀfn_f)              // until gc.FreeFrame
//
// # The heap
//
// One reservation outside the host's heap, never unmapped, cut into 32 KB blocks. What a
// pointer into it means is answered by arithmetic and one line of the block table:
//
//	lo                                                                              hi
//	 │ block 0 │ block 1 │ block 2 … │ large object: head │ tail │ tail │ free │ …   │
//	      │
//	      ▼  blocks[(p-lo)>>15]:  cell size, its reciprocal, pointer mask, class, kind
//	 │cell│cell│cell│cell│cell│ … │waste│          base = start + (off*recip>>32)*cell
//	   ▲    ▲
//	   │    └ marks[block<<11 + cell] ≠ epoch: free, or allocated since the last cycle
//	   └ marks[…] == epoch: survived the last cycle
//
// All cells of a block have the same size and are scanned the same way: that pair is a
// class. So no object needs a header, and allocation writes nothing but the object:
//
//	worker.Heap → Cache{ cursor[class] = {cur, end} }
//
//	         block, last marked at epoch e
//	 │ e │ e │   │   │   │ e │   │ e │        a hole is a run of unmarked cells; it is
//	           cur→     end                   zeroed when a cache acquires it
//
// Classes: for each size class one of pointer-free cells, one whose cells are scanned word
// by word, and one of captured frames, which are scanned through their sites. A layout
// starts among the word-by-word cells; once it has allocated a block's worth it gets a
// class of its own, of its exact size and mask. Objects of at most 8 bytes share a cell by
// twos and live as long as either. Objects over 16 KB are runs of blocks.
//
// # A cycle
//
// A worker that exhausts a hole counts what it allocated; at the trigger it stops the world
// (World), bumps the epoch, marks from the roots with a helper for each further processor,
// settles weak pointers and finalizers, and walks the block table once: wholly free blocks
// go back to the space, others with holes to their class. Sweeping proper is the search for
// the next hole. The pause of such a major cycle is proportional to what is live.
//
// Between two of them run minor cycles, while the heap is not GOGC percent larger than what the
// last major one left. They do not bump the epoch: what is marked already is old, and live
// without being looked at. Pointers from old objects to young ones are found by the write barrier
// of generated code (abi.Dirty), which notes the kilobyte that a pointer was stored in:
//
//	p.next = q  →  p.next = q; cards[&p.next>>10] = 1
//
// A minor cycle's pause is proportional to roots, stores and young survivors. Marking is not
// concurrent.
//
// To look for a missing root, run with RTGEN=stress=1,verify,poison (debug.go): the report
// names the function and line whose slot, or the object whose word, is wrong.
//
// # Invariants
//
//   - Every object starts at a cell; every pointer the guest holds points into an allocated
//     cell. (verify mode checks it.)
//   - A cell's mark equals the epoch only if the last cycle reached it. Bump allocation
//     leaves marks alone, so a cycle judges all cells afresh.
//   - Words of a hole handed to a cursor are zero, those of a frame block are frames,
//     free frames (Fn nil) or zero.
//   - Objects never move.
//   - A function of this package collects only if it is given sp ≠ 0, and then only
//     before it allocates: the result needs no root until the caller's next safepoint.
package gc
