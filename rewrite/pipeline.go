package rewrite

import "rtgen/cps/passes"

// Stage is one step from program to program.
type Stage struct{ Name, Doc string }

// Stages lists all steps, in order. Those between colour and gen work on one function each.
func Stages() []Stage {
	var out []Stage
	out = append(out, before...)
	for _, p := range passes.Table {
		out = append(out, Stage{p.Name, p.Doc})
	}
	return append(out, after...)
}

var before = []Stage{
	{"load", "find the packages of the program and parse them"},
	{"std", "merge overlays into the standard library, then type-check everything from source"}, // checking must see what overlays declare
	{"build", "lower syntax to IR; one body per instance of a generic"},
	{"escape", "find allocations that do not outlive the call that makes them"},       // those are no safepoints
	{"colour", "decide over the whole program what is verbatim, direct or resumable"}, // the frames of a function depend on its callees' classes
	{"names", "spell everything in the output"},
}

var after = []Stage{
	{"gen", "print each function as Go: its direct form and its state machine"},
	{"emit", "collect the files of the output module, runtime included"},
	{"go build", "let the host compile it"},
}
