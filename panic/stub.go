package rtpanic

import (
	"encoding/binary"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"
)

// This file makes code for programs that take the code of a method from reflect and call it as a func value:
//
//	code := reflect.TypeOf(x).Method(0).Func.Pointer()
//	p := &code
//	f := *(*func(unsafe.Pointer) error)(unsafe.Pointer(&p))
//	f(recv)
//
// With gc a receiver is the first argument. Here a func value is called with (w, sp, recv, …), a method with
// (recv, w, sp, …); all three are in registers. So what such a program gets is the address of a stub, which changes
// their places and jumps. Nothing of it is ever on a stack.

const (
	stubSize  = 24
	stubsSize = 1 << 18 // reserved, not used
)

var stubs struct {
	mu   sync.Mutex
	lo   uintptr
	n    uintptr
	made map[uintptr]uintptr // code → stub
}

// MethodStub returns the code to call as a func value for the code of a method whose receiver is one word; that code
// itself if the system lets nobody make code.
func MethodStub(code uintptr) uintptr {
	stubs.mu.Lock()
	defer stubs.mu.Unlock()
	if p := stubs.made[code]; p != 0 {
		return p
	}
	if stubs.made == nil {
		stubs.made = map[uintptr]uintptr{}
		p, _, e := syscall.RawSyscall6(syscall.SYS_MMAP, 0, stubsSize, syscall.PROT_READ|syscall.PROT_WRITE|syscall.PROT_EXEC,
			syscall.MAP_ANON|syscall.MAP_PRIVATE|syscall.MAP_NORESERVE, ^uintptr(0), 0)
		if e == 0 {
			atomic.StoreUintptr(&stubs.lo, p)
		}
	}
	if stubs.lo == 0 || (stubs.n+1)*stubSize > stubsSize {
		return code
	}
	p := stubs.lo + stubs.n*stubSize
	b := unsafe.Slice((*byte)(pointer(p)), stubSize)
	copy(b, "\x48\x91"+ // XCHGQ AX, CX: AX is recv now, BX sp, CX w
		"\x48\x87\xd9"+ // XCHGQ BX, CX
		"\x48\xba") // MOVQ $code, DX
	binary.LittleEndian.PutUint64(b[7:], uint64(code))
	copy(b[15:], "\xff\xe2") // JMP DX
	stubs.n++
	stubs.made[code] = p
	return p
}

// unstub returns the code behind a stub, and any other pc as it is.
func unstub(pc uintptr) uintptr {
	if lo := atomic.LoadUintptr(&stubs.lo); lo != 0 && pc-lo < stubsSize {
		at := (pc - lo) / stubSize * stubSize
		return uintptr(binary.LittleEndian.Uint64(unsafe.Slice((*byte)(pointer(lo+at+7)), 8)))
	}
	return pc
}
