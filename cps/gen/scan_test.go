package gen

import (
	"slices"
	"strings"
	"testing"
)

func TestQualifiers(t *testing.T) {
	src := "x := a.B + \"no.str\" + `no.raw\\` + '\\''; // no.comment\n/* no.block */ y := f(ʀmaps.Map{}).no.z; const c = 1.e5 + 0x1.fp2\nvar d *é.T; func g(x ...w.T)"
	var got []string
	for id := range qualifiers([]byte(src)) {
		got = append(got, id)
	}
	slices.Sort(got)
	if s := strings.Join(got, " "); s != "a w é ʀmaps" {
		t.Errorf("got %s", s)
	}
}
