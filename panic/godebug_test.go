package rtpanic

import "testing"

func TestSetGodebug(t *testing.T) {
	defer SetGodebug("")
	for s, want := range map[string]bool{"": false, "panicnil=1": true, "a=1,panicnil=1,b=2": true, "panicnil=1,panicnil=0": false, "panicnil=2": false} {
		if SetGodebug(s); nilAllowed.Load() != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}
