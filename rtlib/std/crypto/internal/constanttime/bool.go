//go:build rtgen

package constanttime

// boolToUint8 is intrinsic in Go; the host compiles this to one SETcc as well.
func boolToUint8(b bool) uint8 {
	var x uint8
	if b {
		x = 1
	}
	return x
}
