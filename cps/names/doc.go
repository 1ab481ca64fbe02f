// Package names spells guest objects in host Go. (Being written by the driver engineer, in
// the worktree "driver"; lands within minutes. It is made from []*ir.Package and the sources.)
package names
