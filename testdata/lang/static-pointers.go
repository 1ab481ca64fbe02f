package main

import "runtime"

// Package-level pointers in static literals, and what changes them.

type node struct {
	name *string
	next *node
	any  any
	list []*string
	kind kind
}

type kind *string

var (
	text   = "first"
	fixed  = &text
	other  = "other"
	moved  = &text
	taken  = &text
	ranged = &text
	late   = &text

	shared = &node{name: fixed}
	one    = node{next: shared, kind: fixed}

	defined kind = &text
	back         = node{name: defined, kind: defined}
	two          = []*node{shared, shared}

	first  = &node{name: fixed, next: &node{name: fixed, list: []*string{fixed, moved}}, any: fixed}
	second = &node{name: moved, next: first}
	third  = node{name: taken, list: []*string{ranged}}
	fourth = node{name: set(), next: &node{name: late}}
	fifth  = node{name: late}
)

func set() *string {
	late = &other
	return fixed
}

func change(p **string) { *p = &other }

func init() {
	moved = &other
	change(&taken)
	for _, ranged = range []*string{&other} {
	}
	text = "changed"
}

var Exported = &text

func main() {
	println(*first.name, *first.next.name, *first.next.list[0], *first.next.list[1], first.any == any(fixed), first.name == fixed)
	println(*second.name, second.next == first, second.next.any.(*string) == &text)
	println(*third.name, *third.list[0], *moved, *taken, *ranged)
	println(*fourth.name, *fourth.next.name, *fifth.name)
	println(one.kind == fixed, one.kind == back.kind, *back.name)
	shared.list = append(shared.list, new(string))
	runtime.GC()
	println(one.next == two[0], two[1] == shared, len(one.next.list), *two[0].list[0] == "")
	*fixed = "again"
	println(*first.name, *first.next.name, *Exported)
}
