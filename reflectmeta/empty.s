// Functions without a body are bound by go:linkname.
