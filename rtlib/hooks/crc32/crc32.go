// Package crc32 is the hooks of hash/crc32. They are apart from the others because the host's package makes tables when a
// program starts.
package crc32

import "hash/crc32"

// IEEE is archUpdateIEEE.
func IEEE(crc uint32, p []byte) uint32 { return crc32.Update(crc, crc32.IEEETable, p) }

// Castagnoli is archUpdateCastagnoli. The host makes its table at the first call.
func Castagnoli(crc uint32, p []byte) uint32 {
	return crc32.Update(crc, crc32.MakeTable(crc32.Castagnoli), p)
}
