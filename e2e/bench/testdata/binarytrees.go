// Binary trees: allocation and collection.
package main

type tree struct{ l, r *tree }

func build(d int) *tree {
	if d == 0 {
		return &tree{}
	}
	return &tree{build(d - 1), build(d - 1)}
}

func (t *tree) check() int {
	if t.l == nil {
		return 1
	}
	return 1 + t.l.check() + t.r.check()
}

func main() {
	const depth = 16
	long := build(depth)
	for d := 4; d <= depth; d += 4 {
		n, sum := 1<<(depth-d+4), 0
		for range n {
			sum += build(d).check()
		}
		println(d, n, sum)
	}
	println(long.check())
}
