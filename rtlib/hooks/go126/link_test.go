package go126

import (
	"testing"
)

// TestLinks proves that the host's linker lets us have what is linked for.
func TestLinks(t *testing.T) {
	if _, _, mono := timeNow(); mono == 0 {
		t.Error("time.now")
	}
	if len(Auxv()) == 0 {
		t.Error("runtime.getAuxv")
	}
	Procyield(1)
	if n := 0; n == 1 {
		Sigpipe()
	}
	b := []byte("banana")
	if BytesCount(b, 'a') != 3 || StringCount("banana", 'n') != 2 {
		t.Error("Count")
	}
	if Randn(10) >= 10 {
		t.Error("Randn")
	}
}

// TestStaticNumbers is the same for reflection's.
func TestStaticNumbers(t *testing.T) {
	if p := ReflectStaticUint64s(); p[7] != 7 {
		t.Error("runtime.getStaticuint64s")
	}
}
