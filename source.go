// Package rtgen holds the source of the runtime, which the tool writes into every module
// that it makes.
//
//	rtlib, rtlib/abi, rtlib/hooks/go126, rtlib/hooks/crc32, sched, gc, chan, panic, reflectmeta
//
// Generated code imports these packages by the same paths, because a rewritten program's
// module is called rtgen too. The runtime imports nothing but the host's standard library
// and itself, so the output builds anywhere, offline.
package rtgen

import "embed"

// Source holds the runtime's folders, tests and other files among them included.
//
//go:embed */*.go rtlib
var Source embed.FS

// RuntimeFolders are the folders of Source that an output needs.
var RuntimeFolders = []string{"rtlib", "rtlib/abi", "rtlib/hooks/go126", "rtlib/hooks/crc32", "sched", "gc", "chan", "panic", "reflectmeta"}
