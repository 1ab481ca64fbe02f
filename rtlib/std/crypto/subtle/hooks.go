//go:build rtgen

package subtle

// The architecture has no mode for data-independent timing to be set.

func setDITEnabled() bool { return false }

func setDITDisabled() {}
