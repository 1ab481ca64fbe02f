package passes

import "math/bits"

// set is a bit set of variable numbers. In nil there is nothing.
type set []uint64

func newSet(n int) set       { return make(set, (n+63)/64) }
func (s set) has(i int) bool { return i>>6 < len(s) && s[i>>6]&(1<<(i&63)) != 0 }
func (s set) add(i int)      { s[i>>6] |= 1 << (i & 63) }
func (s set) del(i int)      { s[i>>6] &^= 1 << (i & 63) }
func (s set) copy() set      { return append(set(nil), s...) }
func (s set) assign(t set)   { copy(s, t) }
func (s set) union(t set) (changed bool) {
	for i, x := range t {
		if n := s[i] | x; n != s[i] {
			s[i], changed = n, true
		}
	}
	return changed
}

func (s set) intersect(t set) (changed bool) {
	for i, x := range t {
		if n := s[i] & x; n != s[i] {
			s[i], changed = n, true
		}
	}
	return changed
}

func (s set) each(f func(i int)) {
	for i, x := range s {
		for x != 0 {
			f(i<<6 + bits.TrailingZeros64(x))
			x &= x - 1
		}
	}
}
