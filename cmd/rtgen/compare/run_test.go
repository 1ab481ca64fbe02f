package compare

import (
	"slices"
	"strings"
	"testing"
)

// Settings of the caller's stay, unless a run needs its own.
func TestEnvironment(t *testing.T) {
	for _, c := range []struct {
		side    Side
		workers int
		rec     string
		want    string
	}{
		{Stock, 0, "", "GOMAXPROCS=7 RTGEN=stress=3,w=5"},
		{Rtgen, 0, "", "GOMAXPROCS=7 RTGEN=stress=3,w=5"},
		{Rtgen, 2, "", "GOMAXPROCS=2 RTGEN=stress=3,w=2"},
		{Rtgen, 2, "f", "GOMAXPROCS=2 RTGEN=stress=3,w=2,stats=f"},
		{Stock, 0, "f", "GOMAXPROCS=7 RTGEN=stress=3,w=5 RTGEN_STATS=f"},
	} {
		t.Setenv("GOMAXPROCS", "7")
		t.Setenv("RTGEN", "stress=3,w=5,stats=old")
		t.Setenv("RTGEN_STATS", "old")
		var got []string
		for _, kv := range environment(c.side, c.workers, c.rec) {
			if strings.HasPrefix(kv, "RTGEN") && !strings.HasPrefix(kv, "RTGEN_BIN") || strings.HasPrefix(kv, "GOMAXPROCS") {
				got = append(got, kv)
			}
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s, %d workers, record %q: %s, want %s", c.side, c.workers, c.rec, s, c.want)
		}
	}
}

func TestParseRun(t *testing.T) {
	for line, want := range map[string]string{
		"1000 2000 3 0":    "exit status 0",
		"1000 2000 3 1792": "exit status 7",
		"1000 2000 3 9":    "signal: killed",
	} {
		var x execution
		if err := x.parse(line + "\n"); err != nil || x.Status != want || x.Wall != 1000 || x.CPU != 2000 || x.Memory != 3072 {
			t.Errorf("%s: %+v, %v", line, x, err)
		}
	}
	for _, line := range []string{"", "cannot start: no such file\n"} {
		if err := new(execution).parse(line); err == nil {
			t.Errorf("%q is taken for a result", line)
		}
	}
}
