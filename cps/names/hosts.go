package names

// This file gives functions the identifiers that they are declared under.

import (
	"fmt"
	"strings"
	"unicode"

	"rtgen/cps/ir"
)

// hosts sets Host for every function of pkg. Closures and init functions are called after the
// function around them: main.(*T).M.func1 is ʀꞈTꞏMꞏfunc1.
func (p *Program) hosts(pkg *ir.Package) {
	used := map[string]bool{}
	for _, f := range pkg.Funcs {
		switch {
		case f == pkg.Init:
			f.Host = spell("init")
		case f.Ref != nil && f.Recv != nil:
			f.Host = p.member(f.Ref.Obj)
		case f.Ref != nil:
			f.Host = p.funcName(f.Ref)
		default:
			base := Private + flat(f.Name)
			name := base
			for i := 2; used[name]; i++ {
				name = fmt.Sprintf("%s%s%d", base, Cutoff, i)
			}
			used[name] = true
			f.Host = name
		}
	}
}

// flat makes an identifier of a function's name, without its package. Known to panic/trace.go, which undoes it.
func flat(name string) string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	if _, rest, ok := strings.Cut(name, "."); ok {
		name = rest
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '.':
			return 'ꞏ'
		case r == '-':
			return 'ꟷ'
		case r == '*':
			return 'ꞈ'
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		}
		return -1
	}, strings.ReplaceAll(name, "[...]", "ꞌ"))
}
