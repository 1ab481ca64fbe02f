package compare

// This file prints a report for a terminal.

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// WriteTable prints r.
func WriteTable(w io.Writer, r *Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: rtgen beside stock %s on %d processors\n", strings.Join(append([]string{r.Program}, r.Args...), " "), r.Machine.Go, r.Machine.Processors)
	for _, s := range r.Settings {
		fmt.Fprintf(&b, "\n%s: %s\n\n", s.Label(), s.Behaviour.Heading())
		if d := s.Behaviour.Detail; d != "" {
			b.WriteString(strings.TrimSuffix(d, "\n") + "\n\n")
		}
		b.WriteString(tableText(s))
		for _, n := range s.Notes {
			b.WriteString("note: " + n + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Heading says in a line whether the program behaved the same.
func (b Behaviour) Heading() string {
	if b.Same {
		return fmt.Sprintf("same output and %s in %d runs", b.Status, b.Runs)
	}
	return "DIFFERENT BEHAVIOUR"
}

// GroupHeading says how the figures of a group came about.
func (s *Setting) GroupHeading(group string) string {
	switch group {
	case "timed":
		return fmt.Sprintf("%s in turn, after one to warm up", plural(len(s.Runs), "run"))
	case "instrumented":
		return fmt.Sprintf("%s that kept a record", plural(len(s.Probes), "run"))
	}
	return "the executables"
}

func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

func tableText(s *Setting) string {
	var cells [][]string
	group := ""
	for _, r := range s.Rows {
		if r.Group != group {
			group = r.Group
			cells = append(cells, []string{s.GroupHeading(group), "stock", "rtgen", "ratio", "", ""})
		}
		cells = append(cells, []string{"  " + r.Name, r.Unit.Format(r.Value.Stock.Median), r.Unit.Format(r.Value.Rtgen.Median),
			r.RatioText(), r.Ratio.Interval(), r.Verdict()})
	}
	return align(cells)
}

// RatioText is the ratio, "-" if there is none.
func (r Row) RatioText() string {
	if r.Ratio.N == 0 {
		return "-"
	}
	return FormatRatio(r.Ratio.Median)
}

// FormatRatio gives a ratio two decimals, or three digits.
func FormatRatio(x float64) string {
	switch {
	case x != 0 && x < 0.0995:
		return fmt.Sprintf("%.3f", x)
	case x >= 99.5:
		return fmt.Sprintf("%.0f", x)
	case x >= 9.95:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}

// Interval is "0.93–1.02", "" if there is only one value.
func (e Estimate) Interval() string {
	if e.N < 2 {
		return ""
	}
	return FormatRatio(e.Low) + "–" + FormatRatio(e.High)
}

// Verdict is the last column: in which direction the interval lies of 1. Where nothing
// spreads, the ratio speaks for itself.
func (r Row) Verdict() string {
	if r.Ratio.N < 2 {
		return ""
	}
	return r.Ratio.Verdict()
}

// Format writes a value with its unit, three digits.
func (u Unit) Format(x float64) string {
	type step struct {
		at   float64
		name string
	}
	steps := []step{{1e9, " G"}, {1e6, " M"}, {1, ""}}
	switch u {
	case Seconds:
		steps = []step{{1, " s"}, {1e-3, " ms"}, {1e-6, " µs"}, {1e-9, " ns"}}
	case Bytes:
		steps = []step{{1e9, " GB"}, {1e6, " MB"}, {1e3, " kB"}, {1, " B"}}
	}
	if x == 0 {
		return "0"
	}
	for i, s := range steps {
		if math.Abs(x) < s.at*0.9995 && i < len(steps)-1 {
			continue
		}
		v := x / s.at
		if s.at == 1 && u != Seconds && v == math.Trunc(v) {
			return fmt.Sprintf("%.0f%s", v, s.name)
		}
		return digits(v) + s.name
	}
	return ""
}

// digits writes v with three digits.
func digits(v float64) string {
	switch a := math.Abs(v); {
	case a >= 99.95:
		return fmt.Sprintf("%.0f", v)
	case a >= 9.995:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// align pads cells to columns: the first and the last to the left, the others to the right.
func align(cells [][]string) string {
	var width []int
	for _, row := range cells {
		for i, c := range row {
			if i == len(width) {
				width = append(width, 0)
			}
			width[i] = max(width[i], utf8.RuneCountInString(c))
		}
	}
	var b strings.Builder
	for _, row := range cells {
		var line strings.Builder
		for i, c := range row {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(c))
			if i > 0 {
				line.WriteString("  ")
			}
			if i == 0 || i == len(row)-1 {
				line.WriteString(c + pad)
			} else {
				line.WriteString(pad + c)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}
