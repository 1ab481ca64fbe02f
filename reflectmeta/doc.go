// Package reflectmeta gives the guest its type descriptors: for a type of the output program,
// which the host's compiler described, the descriptor that gc would have made of the type that the
// program's author wrote.
//
//	host type (what the compiler saw)                 guest descriptor (what reflect shows)
//	rtgen/g/shop.Ʀorder                           →   shop.order, PkgPath "shop"
//	rtgen/g/main_/cart.ƦListː6b86b273             →   main.List[int], PkgPath "main"
//	func(*abi.W, abi.SP, string) abi.Error        →   func(string) error
//	abi.Map[string, abi.RecvChan[int]]            →   map[string]<-chan int
//	type ƦM struct{ _ [0]func(K) V; P … } of abi  →   type M map[K]V
//	method Ʀreset_shop(w, sp)                     →   unexported method reset()
//	interface{ Error(*abi.W, abi.SP) string }     →   interface { Error() string }
//	rtgen/rtlib/abi.Error                         →   error
//
// A guest interface value carries the host's type word, so type switches, assertions and ==
// are the host's own. Only code that looks behind the type word asks for a descriptor:
// reflect, internal/abi.TypeOf, maps (hash and equality), conversions made by reflect, and
// the texts of panics.
//
// # Descriptors
//
// A guest descriptor is derived from the host's on first use, with everything that it points to,
// and is never freed. Its layout is that of internal/abi in go1.26 (Type, StructType, …, with
// UncommonType and methods behind them), so GOROOT's reflect reads it with its own source.
// A header lies in front of it:
//
//	 header                    what For returns
//	│ … Layout │ Info │ Host │ Type, StructType, … │ UncommonType │ [n]*Type or [n]Method │
//	                  -8      0
//
// Host, the host's type word, is at -8: guest code reads it there (rtlib/std/reflect). The text of the
// type and the pointer to it are computed when first asked for: Str and PtrToThis hold the
// offset Self, which ResolveName and ResolveType answer from the header.
// Other offsets are the host's own if positive, indexes into a table of this package if negative.
//
// Equal and Hasher are func values of the guest, func(w, sp, …).
//
// # Run-time types
//
// PointerTo, SliceOf, ArrayOf, FuncOf and StructOf go through the host's reflect, which finds a
// type that the program has before making one; MapOf and ChanOf search the program's instances
// of abi.Map and abi.Chan and else clone the descriptor of another instance. So every guest type
// has one host type, one descriptor, and types are identical if and only if their words are.
//
// Callers may rely on: descriptors are canonical, complete when seen and safe for concurrent
// use; For is lock-free for types seen before; nothing here allocates guest memory or reaches
// a safepoint.
package reflectmeta
