// A small expression language: lexer as a goroutine, parser by panics, evaluation with
// closures and environments.
package main

type token struct {
	kind byte // n number, i identifier, or the character itself; 0 at the end
	text string
	num  int
}

func lex(src string) <-chan token {
	out := make(chan token)
	go func() {
		defer close(out)
		for i := 0; i < len(src); {
			c := src[i]
			j := i + 1
			switch {
			case c == ' ':
			case c >= '0' && c <= '9':
				n := int(c - '0')
				for ; j < len(src) && src[j] >= '0' && src[j] <= '9'; j++ {
					n = n*10 + int(src[j]-'0')
				}
				out <- token{kind: 'n', num: n}
			case c >= 'a' && c <= 'z':
				for j < len(src) && src[j] >= 'a' && src[j] <= 'z' {
					j++
				}
				out <- token{kind: 'i', text: src[i:j]}
			default:
				out <- token{kind: c}
			}
			i = j
		}
	}()
	return out
}

type env struct {
	vars   map[string]value
	parent *env
}
type value interface{ show() string }
type num int
type fn func(args []value) value
type node func(e *env) value

type syntax struct{ msg string }

func (s *syntax) Error() string { return "syntax: " + s.msg }

func (n num) show() string {
	if n < 0 {
		return "-" + (-n).show()
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return (n / 10).show() + (n % 10).show()
}
func (f fn) show() string { return "fn" }

func (e *env) get(name string) value {
	for ; e != nil; e = e.parent {
		if v, ok := e.vars[name]; ok {
			return v
		}
	}
	panic(&syntax{"undefined " + name})
}

type parser struct {
	toks <-chan token
	tok  token
}

func (p *parser) next() token { t := p.tok; p.tok = <-p.toks; return t }
func (p *parser) expect(k byte) token {
	if p.tok.kind != k {
		panic(&syntax{"want " + string(rune(k)) + " have " + string(rune(p.tok.kind))})
	}
	return p.next()
}

var prec = map[byte]int{'<': 1, '+': 2, '-': 2, '*': 3, '/': 3}

func (p *parser) expr(min int) node {
	l := p.unary()
	for {
		op := p.tok.kind
		q, ok := prec[op]
		if !ok || q <= min {
			return l
		}
		p.next()
		a, b := l, p.expr(q)
		l = func(e *env) value {
			x, y := a(e).(num), b(e).(num)
			switch op {
			case '+':
				return x + y
			case '-':
				return x - y
			case '*':
				return x * y
			case '/':
				return x / y
			}
			if x < y {
				return num(1)
			}
			return num(0)
		}
	}
}

func (p *parser) unary() node {
	var n node
	switch t := p.next(); t.kind {
	case 'n':
		n = func(*env) value { return num(t.num) }
	case 'i':
		switch t.text {
		case "if":
			c := p.expr(0)
			p.expect(':')
			a := p.expr(0)
			p.expect(':')
			b := p.expr(0)
			return func(e *env) value {
				if c(e).(num) != 0 {
					return a(e)
				}
				return b(e)
			}
		case "let":
			name := p.expect('i').text
			p.expect('=')
			v := p.expr(0)
			p.expect(';')
			body := p.expr(0)
			return func(e *env) value {
				inner := &env{map[string]value{}, e}
				inner.vars[name] = v(inner)
				return body(inner)
			}
		}
		n = func(e *env) value { return e.get(t.text) }
	case '\\':
		var params []string
		for p.tok.kind == 'i' {
			params = append(params, p.next().text)
		}
		p.expect('.')
		body := p.expr(0)
		return func(e *env) value {
			return fn(func(args []value) value {
				vars := map[string]value{}
				for i, name := range params {
					vars[name] = args[i]
				}
				return body(&env{vars, e})
			})
		}
	case '(':
		n = p.expr(0)
		p.expect(')')
	case '-':
		x := p.unary()
		return func(e *env) value { return -x(e).(num) }
	default:
		panic(&syntax{"unexpected " + string(rune(t.kind))})
	}
	for p.tok.kind == '(' {
		p.next()
		var args []node
		for p.tok.kind != ')' {
			args = append(args, p.expr(0))
			if p.tok.kind == ',' {
				p.next()
			}
		}
		p.next()
		f := n
		n = func(e *env) value {
			var vs []value
			for _, a := range args {
				vs = append(vs, a(e))
			}
			return f(e).(fn)(vs)
		}
	}
	return n
}

func eval(src string) (res string, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = r
		default:
			panic(r)
		}
	}()
	p := &parser{toks: lex(src)}
	p.next()
	n := p.expr(0)
	if p.tok.kind != 0 {
		panic(&syntax{"trailing " + string(rune(p.tok.kind))})
	}
	return n(&env{map[string]value{"print": fn(func(vs []value) value { println("print", vs[0].show()); return vs[0] })}, nil}).show(), nil
}

func main() {
	for _, src := range []string{
		"1 + 2 * 3 - 4 / 2",
		"-(2 + 3) * 4",
		"let x = 5; x * x",
		"let f = \\n. if n < 2 : n : f(n - 1) + f(n - 2); f(15)",
		"let add = \\a. \\b. a + b; add(3)(4)",
		"let twice = \\f x. f(f(x)); twice(\\x. print(x * 3), 2)",
		"let y = \\f. f(f); y(\\f. 7)",
		"1 +",
		"1 / 0",
		"nope(1)",
		"(1 2",
		"1(2)",
		"let loop = \\n acc. if n : loop(n - 1, acc + n) : acc; loop(2000, 0)",
		"",
	} {
		res, err := eval(src)
		if err != nil {
			println(src, "=>", err.Error())
			continue
		}
		println(src, "=", res)
	}
}
