// Plain computations: what a rewriter must not slow down or break. No suspension but in
// the last part.
package main

type heap[T any] struct {
	xs   []T
	less func(a, b T) bool
}

func (h *heap[T]) push(x T) {
	h.xs = append(h.xs, x)
	for i := len(h.xs) - 1; i > 0; {
		p := (i - 1) / 2
		if !h.less(h.xs[i], h.xs[p]) {
			break
		}
		h.xs[i], h.xs[p] = h.xs[p], h.xs[i]
		i = p
	}
}
func (h *heap[T]) pop() (x T, ok bool) {
	if len(h.xs) == 0 {
		return
	}
	x = h.xs[0]
	n := len(h.xs) - 1
	h.xs[0] = h.xs[n]
	h.xs = h.xs[:n]
	for i := 0; ; {
		c := 2*i + 1
		if c >= n {
			break
		}
		if c+1 < n && h.less(h.xs[c+1], h.xs[c]) {
			c++
		}
		if !h.less(h.xs[c], h.xs[i]) {
			break
		}
		h.xs[i], h.xs[c] = h.xs[c], h.xs[i]
		i = c
	}
	return x, true
}

func quick[T any](xs []T, less func(a, b T) bool) {
	if len(xs) < 2 {
		return
	}
	p, i := xs[len(xs)/2], 0
	for j, k := 0, len(xs)-1; j <= k; {
		switch {
		case less(xs[j], p):
			xs[i], xs[j] = xs[j], xs[i]
			i++
			j++
		case less(p, xs[j]):
			xs[j], xs[k] = xs[k], xs[j]
			k--
		default:
			j++
		}
	}
	e := i
	for e < len(xs) && !less(p, xs[e]) {
		e++
	}
	quick(xs[:i], less)
	quick(xs[e:], less)
}

func queens(n, row int, cols, d1, d2 uint) (count int) {
	if row == n {
		return 1
	}
	for c := range n {
		b := uint(1) << c
		if cols&b|d1&(b<<row)|d2&(b<<(n-row)) == 0 {
			count += queens(n, row+1, cols|b, d1|b<<row, d2|b<<(n-row))
		}
	}
	return
}

func queens2(n int) int { // boards as slices, exact
	var place func(qs []int) int
	place = func(qs []int) (count int) {
		if len(qs) == n {
			return 1
		}
	next:
		for c := range n {
			for r, q := range qs {
				if q == c || q-c == len(qs)-r || c-q == len(qs)-r {
					continue next
				}
			}
			count += place(append(qs, c))
		}
		return
	}
	return place(nil)
}

type grid [16][16]bool

func (g grid) step() (out grid) {
	for i := range g {
		for j := range g[i] {
			n := 0
			for di := -1; di <= 1; di++ {
				for dj := -1; dj <= 1; dj++ {
					if (di != 0 || dj != 0) && g[(i+di+16)%16][(j+dj+16)%16] {
						n++
					}
				}
			}
			out[i][j] = n == 3 || n == 2 && g[i][j]
		}
	}
	return
}

func dijkstra(n int, edges [][3]int) []int {
	type item struct{ node, dist int }
	adj := map[int][]item{}
	for _, e := range edges {
		adj[e[0]] = append(adj[e[0]], item{e[1], e[2]})
		adj[e[1]] = append(adj[e[1]], item{e[0], e[2]})
	}
	dist := make([]int, n)
	for i := range dist {
		dist[i] = 1 << 30
	}
	dist[0] = 0
	h := &heap[item]{less: func(a, b item) bool { return a.dist < b.dist }}
	h.push(item{0, 0})
	for it, ok := h.pop(); ok; it, ok = h.pop() {
		if it.dist > dist[it.node] {
			continue
		}
		for _, e := range adj[it.node] {
			if d := it.dist + e.dist; d < dist[e.node] {
				dist[e.node] = d
				h.push(item{e.node, d})
			}
		}
	}
	return dist
}

func edit(a, b string) int {
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur := make([]int, len(b)+1)
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
		}
		prev = cur
	}
	return prev[len(b)]
}

func permute(xs []rune, visit func(string)) {
	if len(xs) == 0 {
		visit("")
	}
	for i := range xs {
		rest := append(append([]rune{}, xs[:i]...), xs[i+1:]...)
		permute(rest, func(s string) { visit(string(xs[i]) + s) })
	}
}

func mandel(w, h int) (n int) {
	for py := range h {
		for px := range w {
			c := complex(float64(px)/float64(w)*3-2, float64(py)/float64(h)*2-1)
			z := 0i
			for i := 0; i < 50 && real(z)*real(z)+imag(z)*imag(z) < 4; i++ {
				z = z*z + c
				n++
			}
		}
	}
	return
}

func crc(s string) uint32 {
	var table [256]uint32
	for i := range table {
		c := uint32(i)
		for range 8 {
			if c&1 == 1 {
				c = c>>1 ^ 0xedb88320
			} else {
				c >>= 1
			}
		}
		table[i] = c
	}
	c := ^uint32(0)
	for i := range len(s) {
		c = table[byte(c)^s[i]] ^ c>>8
	}
	return ^c
}

func walker(t []int) func(func(int, int) bool) {
	return func(yield func(int, int) bool) {
		var rec func(i, depth int) bool
		rec = func(i, depth int) bool {
			return i >= len(t) || rec(2*i+1, depth+1) && yield(depth, t[i]) && rec(2*i+2, depth+1)
		}
		rec(0, 0)
	}
}

func main() {
	seed := uint32(1)
	rnd := func(n int) int { seed = seed*1664525 + 1013904223; return int(seed>>8) % n }
	xs := make([]int, 1000)
	for i := range xs {
		xs[i] = rnd(500)
	}
	quick(xs, func(a, b int) bool { return a < b })
	sorted := true
	for i := 1; i < len(xs); i++ {
		sorted = sorted && xs[i-1] <= xs[i]
	}
	println(sorted, xs[0], xs[500], xs[999])
	words := []string{"pear", "fig", "apple", "kiwi", "date", "fig"}
	quick(words, func(a, b string) bool { return a < b })
	for _, w := range words {
		print(w, " ")
	}
	println()
	println(queens2(6), queens2(8), queens(4, 0, 0, 0, 0) >= 2)
	var g grid
	for _, p := range [][2]int{{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}} {
		g[p[0]][p[1]] = true
	}
	for range 60 {
		g = g.step()
	}
	for i := range g {
		for j, b := range g[i] {
			if b {
				print(i, ",", j, " ")
			}
		}
	}
	println()
	var edges [][3]int
	for i := range 200 {
		edges = append(edges, [3]int{rnd(40), rnd(40), 1 + rnd(20)}, [3]int{i % 40, (i + 1) % 40, 25})
	}
	sum := 0
	for _, d := range dijkstra(40, edges) {
		sum += d
	}
	println(sum, edit("kitten sitting", "sitting kitten"))
	n := 0
	permute([]rune("abcdé"), func(s string) {
		n++
		if n%40 == 0 {
			print(s, " ")
		}
	})
	println(n)
	println(mandel(40, 20), crc("123456789"))
	for d, v := range walker([]int{1, 2, 3, 4, 5, 6, 7}) {
		if v == 6 {
			break
		}
		print(d, ":", v, " ")
	}
	println()
	c, done := make(chan []int), make(chan int)
	for range 4 {
		go func() {
			s := 0
			for xs := range c {
				ys := append([]int(nil), xs...)
				quick(ys, func(a, b int) bool { return a > b })
				s += ys[0] - ys[len(ys)-1]
			}
			done <- s
		}()
	}
	for i := range 20 {
		c <- xs[i*50 : i*50+50]
	}
	close(c)
	println(<-done + <-done + <-done + <-done)
}
