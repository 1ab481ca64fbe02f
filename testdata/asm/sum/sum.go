package sum

// Sum adds up xs.
//
//go:noescape
func Sum(xs []uint64) uint64

//go:noescape
func scaled(xs []uint64) uint64

//go:noescape
func entry(i int) uint64

//go:noescape
func duplicate(to, from *[2]int)

// negate is for p only: it keeps nothing.
func negate(p *Pair)

var factor uint64 = 3

type Pair struct {
	A int
	B string
	n int
}

const step = 5

// N counts the calls of Swap, step by step.
func (p *Pair) N() int { return p.n }

func SetFactor(f uint64)        { factor = f }
func Scaled(xs []uint64) uint64 { return scaled(xs) }
func (p *Pair) Swap()           { negate(p) }

var Entry = entry

// Twice is {n, n+1}, by way of assembly that calls the runtime's memmove.
func Twice(n int) (to [2]int) {
	duplicate(&to, &[2]int{n, n + 1})
	return to
}
