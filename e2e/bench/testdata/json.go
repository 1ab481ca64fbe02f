// encoding/json there and back.
package main

import "encoding/json"

type item struct {
	ID    int               `json:"id"`
	Name  string            `json:"name"`
	Tags  []string          `json:"tags,omitempty"`
	Price float64           `json:"price"`
	Attr  map[string]string `json:"attr"`
	Sub   *item             `json:"sub,omitempty"`
}

func main() {
	in := item{1, "thing", []string{"a", "b", "c"}, 9.75, map[string]string{"k": "v", "color": "red"}, &item{ID: 2, Name: "part"}}
	n := 0
	for i := range 300000 {
		in.ID = i
		b, err := json.Marshal(in)
		if err != nil {
			panic(err)
		}
		var out item
		if err := json.Unmarshal(b, &out); err != nil {
			panic(err)
		}
		n += len(b) + out.ID + len(out.Attr)
	}
	println(n)
}
