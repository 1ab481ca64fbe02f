// encoding/json, text/template, fmt and errors over reflection.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"text/template"
	"time"
)

type Color int

func (c Color) MarshalText() ([]byte, error) { return []byte([]string{"red", "green"}[c]), nil }
func (c *Color) UnmarshalText(b []byte) error {
	switch string(b) {
	case "red":
		*c = 0
	case "green":
		*c = 1
	default:
		return fmt.Errorf("no color %q", b)
	}
	return nil
}

type Item struct {
	ID     int             `json:"id"`
	Name   string          `json:"name,omitempty"`
	Price  float64         `json:"price"`
	Tags   []string        `json:"tags"`
	Attr   map[string]any  `json:"attr"`
	Color  Color           `json:"color"`
	Sub    *Item           `json:"sub,omitempty"`
	When   time.Time       `json:"when"`
	Raw    json.RawMessage `json:"raw"`
	Colors map[Color]int   `json:"colors"`
	Any    any             `json:"any"`
	skip   int
	Embedded
}

type Embedded struct{ E1, E2 int8 }

type custom struct{ code int }

func (c custom) Error() string { return fmt.Sprint("code ", c.code) }

func main() {
	it := Item{ID: 1, Name: "thing", Price: 1.25, Tags: []string{"a", "<b>"}, Attr: map[string]any{"z": 1, "a": []any{nil, true, "s"}},
		Color: 1, Sub: &Item{ID: 2}, When: time.Date(2024, 2, 29, 12, 0, 0, 5, time.UTC), Raw: json.RawMessage(`{"x":1}`), Colors: map[Color]int{1: 2, 0: 1}, Embedded: Embedded{3, -4}}
	b, err := json.MarshalIndent(it, "", "  ")
	fmt.Println(string(b), err)
	var back Item
	fmt.Println(json.Unmarshal(b, &back))
	b2, _ := json.Marshal(back)
	fmt.Println(string(b2))
	fmt.Printf("%+v\n", back.Attr)
	var x any
	fmt.Println(json.Unmarshal([]byte(`[1, {"a": [true, null, 1e3]}, "\u00e9"]`), &x), x)
	for _, bad := range []string{`{"id": "x"}`, `{"color": "blue"}`, `[1`, `{"tags": 5}`, ``} {
		err := json.Unmarshal([]byte(bad), &back)
		fmt.Printf("%T %v\n", err, err)
	}
	_, err = json.Marshal(map[string]any{"c": make(chan int), "f": 1})
	fmt.Printf("%T %v\n", err, err)
	_, err = json.Marshal(func(int) error { return nil })
	fmt.Printf("%T %v\n", err, err)
	dec := json.NewDecoder(strings.NewReader(`{"id": 7, "nope": 1}`))
	dec.DisallowUnknownFields()
	fmt.Println(dec.Decode(&back))

	t := template.Must(template.New("t").Funcs(template.FuncMap{"up": strings.ToUpper, "add": func(a, b int) int { return a + b }}).Parse(
		`{{range $i, $t := .Tags}}{{$i}}:{{$t | up}} {{end}}{{.Name | printf "%q"}} {{add .ID 5}} {{.Sub.ID}} {{index .Attr "z"}} {{len .Tags}} {{.When.Year}} {{with .Attr}}{{.a}}{{end}}{{"\n"}}`))
	fmt.Println(t.Execute(os.Stdout, it))
	fmt.Println(t.Execute(os.Stdout, map[string]int{}))

	e := fmt.Errorf("wrap: %w", fmt.Errorf("inner: %w", custom{5}))
	var c custom
	fmt.Println(errors.As(e, &c), c.code, errors.Is(e, custom{5}))
	_, err = os.Open("/no/such/file")
	var pe *fs.PathError
	fmt.Println(errors.As(err, &pe), pe.Op, pe.Path, errors.Is(err, fs.ErrNotExist))
	fmt.Printf("%v %+v %#v %T\n", it.Embedded, it.Embedded, it.Embedded, it)
	fmt.Printf("%#v %#v %#v %#v\n", []any{1, "a", nil, 2.5}, map[string]Embedded{"k": {1, 2}}, &Embedded{}, struct {
		A func()
		B chan int
		C *int
	}{})
	fmt.Printf("%d %s %x %v %!\n", []int{1}, []string{"q"}, "hex", [2]bool{true})
	fmt.Printf("%d %s %z\n", "str", 5, 1)
	var n, w int
	var s string
	k, err := fmt.Sscanf("10 abc 7", "%d %s %d", &n, &s, &w)
	fmt.Println(k, err, n, s, w)
}
