// A large tree stays alive while parts of it are replaced: each collection has much to mark.
package main

type node struct {
	left, right *node
	key         int
}

func grow(depth, key int) *node {
	if depth == 0 {
		return &node{key: key}
	}
	return &node{grow(depth-1, 2*key), grow(depth-1, 2*key+1), key}
}

func main() {
	root := grow(18, 1)
	x := uint32(1)
	sum := 0
	for range 6000 {
		x = x*1664525 + 1013904223
		n := root
		for bit := range 10 {
			if x>>(31-bit)&1 == 0 {
				n = n.left
			} else {
				n = n.right
			}
		}
		n.left = grow(8, int(x>>8))
		sum += n.left.right.key
	}
	println(sum)
}
