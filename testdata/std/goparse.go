package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/constant"
	"go/format"
	"go/parser"
	"go/printer"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
)

const src = `package p

import "fmt"

// F is a function.
func F[T any](x T,y ...int) (int, error) {
if len(y)>0 { return y[0],nil }
	for i:=range 10 { fmt.Println(i) }
	return 0, nil
}

type S struct { A int; B map[string]chan<- int }
`

func main() {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
	fmt.Println(err)
	ast.Inspect(f, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			fmt.Print(id.Name, "@", fset.Position(id.Pos()), " ")
		}
		return true
	})
	fmt.Println()
	b, err := format.Source([]byte(src))
	fmt.Println(string(b), err)
	var buf bytes.Buffer
	printer.Fprint(&buf, fset, f.Decls[1])
	fmt.Println(buf.String())
	ast.Fprint(os.Stdout, fset, f.Decls[2], nil)
	_, err = parser.ParseExpr("a + b * (c")
	fmt.Println(err)
	var s scanner.Scanner
	s.Init(fset.AddFile("x", -1, 11), []byte("a := 0x1F+c"), nil, 0)
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		fmt.Print(tok, " ", lit, ";")
	}
	fmt.Println(token.Lookup("func"), build.Default.GOOS)
	conf := types.Config{Error: func(err error) { fmt.Println("E", err) }}
	pf, _ := parser.ParseFile(fset, "q.go", "package q\nvar X = 1 << 70 >> 68\nfunc G[T int|string](t T) T { return t }\nvar Y = G(\"s\") + 1\n", 0)
	pkg, _ := conf.Check("q", fset, []*ast.File{pf}, nil)
	fmt.Println(pkg.Scope().Names(), pkg.Scope().Lookup("G").Type(), pkg.Scope().Lookup("X"))
	fmt.Println(constant.BinaryOp(constant.MakeInt64(7), token.QUO, constant.MakeInt64(2)))
}
