package module

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestVast(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"g/small/p.go":  "package small\n\nfunc f() {}\n",
		"g/many/p.go":   "package many\n" + strings.Repeat("\nfunc f() {\n\tg()\n}\n", vastFunc/10),
		"g/a/vast/p.go": "package vast\n\nfunc f() {\n" + strings.Repeat("\tg()\n", vastFunc/4) + "}\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := vast(dir), []string{"rtgen/g/a/vast"}; !slices.Equal(got, want) {
		t.Errorf("vast packages %q, want %q", got, want)
	}
}
