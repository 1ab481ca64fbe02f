package passes

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"rtgen/cps/ir"
)

// This file shows what the passes found.

// Dump is the text of the function behind the pass of that name: the flow graph, and what is known
// of it by then.
//
//	b1: ← b0 b2
//		store t
//		x = call g(t)               site 1 state 0 live t saved n
//	→ if x: b2 else b3
func (p *Plan) Dump(pass string) (string, error) {
	have := -1
	for i, t := range Table {
		if t.Name == pass {
			have = i
		}
	}
	if have < 0 {
		return "", fmt.Errorf("passes: no pass %q", pass)
	}
	after := func(name string) bool {
		for i, t := range Table {
			if t.Name == name {
				return have >= i
			}
		}
		return false
	}
	var b strings.Builder
	fmt.Fprintf(&b, "func %s %s\n", p.Fn.Name, p.Fn.Class)
	if after("roots") && len(p.Entry) > 0 {
		fmt.Fprintf(&b, "\tstore %s\n", names(p.Entry))
	}
	for _, x := range p.Graph.Blocks {
		fmt.Fprintf(&b, "b%d:", x.ID)
		for i, q := range x.Preds {
			if i == 0 {
				b.WriteString(" ←")
			}
			fmt.Fprintf(&b, " b%d", q.ID)
		}
		b.WriteString("\n")
		for _, s := range x.Nodes {
			fmt.Fprintf(&b, "\t%s", ir.StmtText(s))
			if site := p.SiteOf[s]; site != nil && after("live") {
				fmt.Fprintf(&b, "    # %s", siteText(site))
			}
			if a, ok := s.(*ir.Assign); ok && p.Fresh[a] != 0 && after("fresh") {
				fmt.Fprintf(&b, "    # %s", [...]string{Young: "young", Blank: "blank"}[p.Fresh[a]])
			}
			b.WriteString("\n")
			if list := p.Stores[s]; list != nil && after("roots") {
				fmt.Fprintf(&b, "\tstore %s\n", names(list))
			}
		}
		switch t := &x.Term; t.Kind {
		case Jump:
			fmt.Fprintf(&b, "\t→ b%d\n", x.Succs[0].ID)
		case Branch:
			fmt.Fprintf(&b, "\t→ if %s: b%d else b%d\n", ir.ExprText(t.Cond), x.Succs[0].ID, x.Succs[1].ID)
		case Multi:
			fmt.Fprintf(&b, "\t→ switch %s:", ir.ExprText(t.Cond))
			for i, s := range x.Succs {
				if i < len(t.Cases) {
					var vals []string
					for _, v := range t.Cases[i].Vals {
						vals = append(vals, ir.ExprText(v))
					}
					fmt.Fprintf(&b, " %s: b%d", strings.Join(vals, ", "), s.ID)
				} else {
					fmt.Fprintf(&b, " else b%d\n", s.ID)
				}
			}
		case Leave:
			fmt.Fprintf(&b, "\t→ %s\n", ir.StmtText(t.Ret))
		case Nowhere:
			b.WriteString("\t→ nowhere\n")
		}
	}
	if p.Handler != nil && after("live") {
		fmt.Fprintf(&b, "handler: %s\n", siteText(p.Handler))
	}
	if after("slots") {
		for _, v := range p.vars {
			if s := p.Slots[v]; len(s) > 0 {
				fmt.Fprintf(&b, "slot %s: %s\n", strings.Trim(fmt.Sprint(s), "[]"), v.Name)
			}
		}
		for i, f := range p.Fields {
			fmt.Fprintf(&b, "field %d: %s\n", i, names(f.Vars))
		}
	}
	if after("objects") {
		for i, o := range p.Objects {
			fmt.Fprintf(&b, "object %d at %d: %s", i, o.Off, types.TypeString(o.Type, nil))
			if o.Zero {
				b.WriteString(", zeroed at entry")
			}
			for _, s := range p.Sites {
				if slices.Contains(s.Objects, o) {
					fmt.Fprintf(&b, ", seen at site %d", s.Index)
				}
			}
			b.WriteString("\n")
		}
	}
	return b.String(), nil
}

func siteText(s *Site) string {
	t := fmt.Sprintf("site %d", s.Index)
	if s.State >= 0 {
		t += fmt.Sprintf(" state %d", s.State)
	}
	if len(s.Live) > 0 {
		t += " live " + names(s.Live)
	}
	if len(s.Spill) > 0 {
		t += " stores " + names(s.Spill)
	}
	var saved []*ir.Var
	for _, v := range s.After {
		if NeedsField(v) && s.Class == ir.Resumable {
			saved = append(saved, v)
		}
	}
	if len(saved) > 0 {
		t += " saved " + names(saved)
	}
	return t
}

func names(list []*ir.Var) string {
	var s []string
	for _, v := range list {
		s = append(s, v.Name)
	}
	return strings.Join(s, " ")
}
