//go:build rtgen

package sig

// These mark a binary for tools that look for their symbols.

func BoringCrypto() {}

func FIPSOnly() {}

func StandardCrypto() {}
