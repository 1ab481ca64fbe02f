// Package model checks small protocols by trying every interleaving of their steps.
//
//	state: a comparable struct, the shared words and each thread's place and registers
//	thread: a func that takes the thread's next atomic step          t.pc: 0 → 1 → …
//	Check(init, threads, invariant, final)   →   the first schedule that breaks a rule, or nil
//
// A thread's steps have the names of the code's own, so that a model can be held against what it
// models: one step is one atomic instruction, or a section under a lock that nobody can look into.
//
// Each model has bugs to be seeded, and its test demands that the checker finds every one.
package model

import (
	"fmt"
	"strings"
)

// A Thread takes one step in s and names it; "" if it cannot move: it waits, or is through.
type Thread[S comparable] func(s *S) string

// Check explores every schedule of the threads from init. It returns an error with the schedule if
// invariant fails behind some step, or final where no thread can move. It does not bound the number
// of states: keep models small. Visited is how many there were.
func Check[S comparable](init S, threads []Thread[S], invariant, final func(s S) error) (visited int, err error) {
	seen := map[S]bool{}
	var trail []string
	var visit func(s S) error
	visit = func(s S) error {
		if seen[s] {
			return nil
		}
		seen[s] = true
		moved := false
		for i, t := range threads {
			next := s
			name := t(&next)
			if name == "" {
				continue
			}
			moved = true
			trail = append(trail, fmt.Sprintf("%d:%s", i, name))
			if err := invariant(next); err != nil {
				return err
			}
			if err := visit(next); err != nil {
				return err
			}
			trail = trail[:len(trail)-1]
		}
		if !moved {
			return final(s)
		}
		return nil
	}
	if err := visit(init); err != nil {
		return len(seen), fmt.Errorf("%w\nafter %s", err, strings.Join(trail, " "))
	}
	return len(seen), nil
}
