//go:build rtgen

package cpu

// No feature is reported: what they select in std is assembly, and there is none.

const CacheLinePadSize = 64

const GOARCH = "amd64"

func doinit() {}

func Name() string { return "" }

func DataCacheSizes() []uintptr { return nil }
