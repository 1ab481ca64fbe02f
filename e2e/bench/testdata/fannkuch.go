// Fannkuch: permutations of a small slice of integers.
package main

func fannkuch(n int) (checksum, most int) {
	perm1, perm, count := make([]int, n), make([]int, n), make([]int, n)
	for i := range perm1 {
		perm1[i] = i
	}
	r, sign := n, true
	for {
		for ; r != 1; r-- {
			count[r-1] = r
		}
		copy(perm, perm1)
		flips := 0
		for k := perm[0]; k != 0; k = perm[0] {
			for i, j := 0, k; i < j; i, j = i+1, j-1 {
				perm[i], perm[j] = perm[j], perm[i]
			}
			flips++
		}
		most = max(most, flips)
		if sign {
			checksum += flips
		} else {
			checksum -= flips
		}
		sign = !sign
		for {
			if r == n {
				return
			}
			first := perm1[0]
			for i := range r {
				perm1[i] = perm1[i+1]
			}
			perm1[r] = first
			count[r]--
			if count[r] > 0 {
				break
			}
			r++
		}
	}
}

func main() { println(fannkuch(11)) }
