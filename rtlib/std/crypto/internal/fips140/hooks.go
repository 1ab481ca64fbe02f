//go:build rtgen

package fips140

// The service indicator of a goroutine is kept only by Go's own FIPS 140-3 module checks; here it stays unset.

func getIndicator() uint8 { return indicatorUnset }

func setIndicator(uint8) {}
