// Methods found by name: net/rpc, text/template, testing/quick; dynamic dispatch with many shapes of argument.
package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/rpc"
	"net/rpc/jsonrpc"
	"os"
	"reflect"
	"sort"
	"strings"
	"sync"
	"testing/quick"
	ttemplate "text/template"
	"time"
)

type Args struct{ A, B int }

type Quotient struct{ Quo, Rem int }

type Arith int

func (t *Arith) Multiply(args *Args, reply *int) error {
	time.Sleep(100 * time.Microsecond)
	*reply = args.A * args.B
	return nil
}

func (t *Arith) Divide(args *Args, quo *Quotient) error {
	if args.B == 0 {
		return errors.New("divide by zero")
	}
	quo.Quo, quo.Rem = args.A/args.B, args.A%args.B
	return nil
}

type User struct {
	First, Last string
	friends     []*User
}

func (u User) Name() string                             { return u.First + " " + u.Last }
func (u *User) Friends() []*User                        { return u.friends }
func (u *User) Greet(how string, n int) (string, error) { return strings.Repeat(how, n) + u.First, nil }
func (u *User) Fail() (string, error)                   { return "", errors.New("failed") }
func (u User) Join(sep string, parts ...string) string {
	return strings.Join(append(parts, u.Last), sep)
}
func (u *User) Chan() <-chan int          { c := make(chan int, 3); c <- 1; c <- 2; close(c); return c }
func (u *User) Seq() func(func(int) bool) { return func(y func(int) bool) { _ = y(1) && y(2) && y(3) } }

type Visitor interface {
	VisitInt(ctx context.Context, n int64, w io.Writer) (bool, error)
	VisitStr(s string, rest ...any) (int, map[string]int)
}

type visitor struct{ seen []string }

func (v *visitor) VisitInt(ctx context.Context, n int64, w io.Writer) (bool, error) {
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case <-time.After(time.Duration(n) * time.Millisecond):
	}
	fmt.Fprintf(w, "int %d\n", n)
	return n > 1, nil
}

func (v *visitor) VisitStr(s string, rest ...any) (int, map[string]int) {
	return len(rest), map[string]int{s: len(s)}
}

func main() {
	srv := rpc.NewServer()
	fmt.Println(srv.Register(new(Arith)))
	for _, codec := range []string{"gob", "json"} {
		c1, c2 := net.Pipe()
		var cl *rpc.Client
		if codec == "gob" {
			go srv.ServeConn(c1)
			cl = rpc.NewClient(c2)
		} else {
			go srv.ServeCodec(jsonrpc.NewServerCodec(c1))
			cl = jsonrpc.NewClient(c2)
		}
		var wg sync.WaitGroup
		sums := make([]int, 10)
		for i := range sums {
			wg.Go(func() {
				if err := cl.Call("Arith.Multiply", &Args{i, i + 1}, &sums[i]); err != nil {
					fmt.Println(err)
				}
			})
		}
		wg.Wait()
		var q Quotient
		fmt.Println(sums, cl.Call("Arith.Divide", &Args{17, 5}, &q), q, cl.Call("Arith.Divide", &Args{1, 0}, &q), cl.Call("Arith.Nope", &Args{}, &q))
		cl.Close()
	}

	u := &User{"Ann", "Lee", []*User{{First: "Bob", Last: "Ray"}, {First: "Cy", Last: "Vo"}}}
	tt := ttemplate.Must(ttemplate.New("x").Parse(`{{.Name}}: {{range .Friends}}[{{.Name}} {{.Greet "hi " 2}}]{{end}} {{.Join "-" "a" "b"}}{{range .Chan}} {{.}}{{end}}{{range .Seq}} s{{.}}{{end}}
`))
	fmt.Println(tt.Execute(os.Stdout, u))
	fmt.Println(ttemplate.Must(ttemplate.New("y").Parse("{{.Fail}}\n")).Execute(os.Stdout, u))
	fmt.Println(ttemplate.Must(ttemplate.New("z").Parse("{{.Missing}}\n")).Execute(os.Stdout, u))
	fmt.Println(template.Must(template.New("h").Parse(`<a href="{{.}}">{{.}}</a>{{"\n"}}`)).Execute(os.Stdout, "<x>&'"))

	fmt.Println(quick.Check(func(a, b int32, s string, xs []uint8) bool {
		return a+b == b+a && len(s+string(xs)) == len(s)+len(xs)
	}, nil))
	err := quick.Check(func(x uint8) bool { return x < 200 }, &quick.Config{MaxCount: 10000})
	fmt.Printf("%T\n", err)
	fmt.Println(quick.CheckEqual(func(a, b int) int { return a * b }, func(a, b int) int { return b * a }, nil))

	var v Visitor = &visitor{}
	rv := reflect.ValueOf(&v).Elem()
	names := []string{}
	for i := range rv.Type().NumMethod() {
		names = append(names, rv.Type().Method(i).Name+" "+rv.Type().Method(i).Type.String())
	}
	sort.Strings(names)
	fmt.Println(names)
	out := rv.MethodByName("VisitInt").Call([]reflect.Value{reflect.ValueOf(context.Background()), reflect.ValueOf(int64(2)), reflect.ValueOf(os.Stdout)})
	fmt.Println(out[0], out[1].IsNil())
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	f := rv.MethodByName("VisitInt").Interface().(func(context.Context, int64, io.Writer) (bool, error))
	fmt.Println(f(ctx, 5000, os.Stdout))
	out = rv.MethodByName("VisitStr").Call([]reflect.Value{reflect.ValueOf("abc"), reflect.ValueOf(1), reflect.ValueOf("x")})
	fmt.Println(out[0], out[1])

	// A made function stored where colouring cannot see it.
	var hooks struct {
		Less  func(a, b int) bool
		Named map[string]func(string) string
	}
	hv := reflect.ValueOf(&hooks).Elem()
	slow := func(in []reflect.Value) []reflect.Value {
		time.Sleep(10 * time.Microsecond)
		return []reflect.Value{reflect.ValueOf(in[0].Int() < in[1].Int())}
	}
	hv.Field(0).Set(reflect.MakeFunc(hv.Field(0).Type(), slow))
	xs := []int{5, 2, 9, 1, 7}
	sort.Slice(xs, func(i, j int) bool { return hooks.Less(xs[i], xs[j]) })
	fmt.Println(xs)
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		hooks.Named = map[string]func(string) string{}
		reflect.ValueOf(hooks.Named).SetMapIndex(reflect.ValueOf("boom"), reflect.MakeFunc(reflect.TypeFor[func(string) string](), func(in []reflect.Value) []reflect.Value {
			time.Sleep(10 * time.Microsecond)
			panic("boom " + in[0].String())
		}))
		fmt.Println(hooks.Named["boom"]("x"))
	}()
}
