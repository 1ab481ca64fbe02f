package load

// This file reads what `go list -test` says of a test binary.
//
// The go command compiles anew each package between the test and the package under test, and
// tells the copies apart by a suffix:
//
//	sync.test  →  sync_test [sync.test]  →  testing [sync.test], os [sync.test], …  →  sync [sync.test]
//
// A program holds one copy of each, and what stands between depends on the overlays too. So the
// suffix is taken off, and the package with its test files takes the place of the one without.

import "strings"

// testMainFile is what positions call the main file that the go command writes for a test
// binary. It is kept in the go command's cache, under a name that is a hash.
const testMainFile = "_testmain.go"

// settle takes the test binary's name off all import paths.
func (m *listed) settle() {
	m.ImportPath = withoutTest(m.ImportPath)
	for from, to := range m.ImportMap {
		m.ImportMap[from] = withoutTest(to)
	}
}

func withoutTest(path string) string {
	path, _, _ = strings.Cut(path, " [")
	return path
}

// isTestMain reports whether the go command wrote the package for a test binary.
func (m *listed) isTestMain() bool {
	return m.Name == "main" && m.ForTest == "" && strings.HasSuffix(m.ImportPath, ".test") &&
		len(m.GoFiles) == 1 && !strings.HasSuffix(m.GoFiles[0], ".go")
}
