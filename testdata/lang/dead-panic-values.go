// What the report prints for values of all kinds: each in a goroutine whose panic is
// recovered and printed by raising the next; the last one kills.
package main

type named int
type str string
type st struct{ a int }
type stringer struct{}

func (stringer) String() string { return "stringer" }

func chain(vs []any) {
	if len(vs) == 0 {
		return
	}
	defer func() { panic(vs[0]) }()
	chain(vs[1:])
}

func main() {
	chain([]any{1, "s", 2.5, true, 'x', uint8(3), 1i, named(7), str("named\nstring"), nil, err{}})
}

type err struct{}

func (err) Error() string { return "error value" }
