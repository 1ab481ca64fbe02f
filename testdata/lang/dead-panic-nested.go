// The report of a chain of panics, one of them recovered and raised again.
package main

func main() {
	defer func() {
		panic("third")
	}()
	defer func() {
		defer func() {
			r := recover()
			panic(r)
		}()
		panic(error(err("second")))
	}()
	panic("first\nwith a second line")
}

type err string

func (e err) Error() string { return "err " + string(e) }
