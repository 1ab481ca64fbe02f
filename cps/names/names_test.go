package names

import "testing"

func TestAssembly(t *testing.T) {
	got := string(Assembly([]byte("TEXT ·block(SB), 4, $0-8\nLEAQ ·_K+8(SB), AX\nCALL ·Sum(SB)\nMOVQ table<>(SB), BX\nCMPB ·hasADX(SB), $0\n")))
	want := "TEXT ·Ʀblock(SB), 4, $0-8\nLEAQ ·Ʀ_K+8(SB), AX\nCALL ·Sum(SB)\nMOVQ table<>(SB), BX\nCMPB ·ƦhasADX(SB), $0\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
