package module

import (
	"slices"
	"strings"
	"testing"
)

func TestVast(t *testing.T) {
	m := &Module{files: map[string][]byte{
		"g/small/p.go":  []byte("package small\n\nfunc f() {}\n"),
		"g/many/p.go":   []byte("package many\n" + strings.Repeat("\nfunc f() {\n\tg()\n}\n", vastFunc/10)),
		"g/a/vast/p.go": []byte("package vast\n\nfunc f() {\n" + strings.Repeat("\tg()\n", vastFunc/4) + "}\n"),
	}}
	if got, want := m.vast(), []string{"rtgen/g/a/vast"}; !slices.Equal(got, want) {
		t.Errorf("vast packages %q, want %q", got, want)
	}
}
