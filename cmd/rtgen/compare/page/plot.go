package page

// This file is geometry: where the marks of a plot lie.

import (
	"fmt"
	"math"
	"strings"

	"rtgen/cmd/rtgen/compare"
)

// Plot is one SVG picture, in its own units.
type Plot struct {
	ID, Title, Desc string
	Width, Height   float64
	Left, Right     float64 // of the plotting area
	Top, Bottom     float64
	X, Y            []tick
	XName           string
	Lines           []line
	Dots            []dot
	Bars            []bar
	Medians         []line
	RowNames        []tick // names at the left, instead of a scale
	Key             []key  // what the strokes mean
}

type tick struct {
	At   float64
	Text string
}

type line struct{ Class, D string }

type dot struct {
	Class, Text string
	X, Y        float64
}

type bar struct {
	Class, Text         string
	X, Y, Width, Height float64
}

type key struct{ Class, Text string }

const (
	width  = 560
	height = 216
)

// scale maps values to a stretch of the picture.
type scale struct{ min, max, from, to float64 }

func (s scale) at(v float64) float64 {
	if s.max == s.min {
		return (s.from + s.to) / 2
	}
	return s.from + (v-s.min)/(s.max-s.min)*(s.to-s.from)
}

// ticks returns round values in the scale's range, about n of them.
func (s scale) ticks(n int, u compare.Unit) (out []tick) {
	span := s.max - s.min
	if span <= 0 {
		return []tick{{s.at(s.min), label(u, s.min)}}
	}
	step := math.Pow(10, math.Floor(math.Log10(span/float64(n))))
	for _, f := range []float64{1, 2, 5, 10} {
		if span/(step*f) <= float64(n) {
			step *= f
			break
		}
	}
	if u == compare.Count {
		step = max(step, 1)
	}
	for i := math.Ceil(s.min / step); i*step <= s.max*(1+1e-9); i++ {
		out = append(out, tick{s.at(i * step), label(u, i*step)})
	}
	return out
}

// label is a value without needless zeros.
func label(u compare.Unit, v float64) string {
	number, unit, ok := strings.Cut(u.Format(v), " ")
	if strings.Contains(number, ".") {
		number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	if ok {
		return number + " " + unit
	}
	return number
}

// logTicks returns round times on a scale of powers of two of nanoseconds.
func logTicks(x scale) (out []tick) {
	factors := []float64{1}
	if x.max-x.min < 7 {
		factors = []float64{1, 2, 5}
	}
	for decade := 1.0; decade < 1e12; decade *= 10 {
		for _, f := range factors {
			if at := math.Log2(decade * f); at >= x.min && at <= x.max {
				out = append(out, tick{x.at(at), label(compare.Seconds, decade*f/1e9)})
			}
		}
	}
	return out
}

// plots draws what a setting has.
func plots(id string, s *compare.Setting) (out []*Plot) {
	add := func(p *Plot) {
		p.ID = fmt.Sprintf("%sp%d", id, len(out))
		p.Width, p.Height = width, height
		out = append(out, p)
	}
	add(strip("Wall time of each run", s, func(r compare.Sample) float64 { return r.Wall.Seconds() }))
	add(strip("CPU time of each run", s, func(r compare.Sample) float64 { return r.CPU.Seconds() }))
	if n := len(s.Probes); n > 0 {
		last := s.Probes[n-1]
		add(overTime("Memory over time", compare.Bytes, last, []curve{
			{"", "resident", func(m compare.Moment) float64 { return float64(m.RSS) }},
			{" thin", "heap objects", func(m compare.Moment) float64 { return float64(m.Heap) }},
		}))
		add(overTime("Goroutines over time", compare.Count, last, []curve{
			{"", "", func(m compare.Moment) float64 { return float64(m.Goroutines) }},
		}))
		add(pauses(s.Probes))
		add(overTime("Allocated so far", compare.Bytes, last, []curve{
			{"", "", func(m compare.Moment) float64 { return float64(m.Bytes) }},
		}))
	}
	return out
}

var sides = []string{"stock", "rtgen"}

// strip shows each run as a dot, with a stroke at the median.
func strip(title string, s *compare.Setting, of func(compare.Sample) float64) *Plot {
	p := &Plot{Title: title, Left: 68, Right: width - 24, Top: 20, Bottom: height - 34}
	values := [2][]float64{}
	x := scale{from: p.Left + 12, to: p.Right - 12}
	for _, r := range s.Runs {
		a, b := of(r.Stock), of(r.Rtgen)
		values[0], values[1] = append(values[0], a), append(values[1], b)
		x.max = max(x.max, a, b)
	}
	p.X = x.ticks(6, compare.Seconds)
	var words []string
	for i, side := range sides {
		y := p.Top + (p.Bottom-p.Top)*(0.25+0.5*float64(i))
		p.RowNames = append(p.RowNames, tick{y, side})
		for k, v := range values[i] {
			jitter := float64(k*7%5-2) * 6 // apart, and the same each time
			p.Dots = append(p.Dots, dot{side, fmt.Sprintf("%s, run %d: %s", side, k+1, compare.Seconds.Format(v)), x.at(v), y + jitter})
		}
		m := compare.Estimated(values[i]).Median
		p.Medians = append(p.Medians, line{side, fmt.Sprintf("M%.1f %.1fV%.1f", x.at(m), y-26, y+26)})
		words = append(words, fmt.Sprintf("%s: median %s of %d runs", side, compare.Seconds.Format(m), len(values[i])))
	}
	p.Desc = strings.Join(words, "; ")
	return p
}

type curve struct {
	class, name string
	of          func(compare.Moment) float64
}

// overTime shows the records of one turn as curves.
func overTime(title string, u compare.Unit, pair compare.Pair[*compare.Series], curves []curve) *Plot {
	p := &Plot{Title: title, Left: 82, Right: width - 24, Top: 20, Bottom: height - 34}
	x, y := scale{from: p.Left, to: p.Right}, scale{from: p.Bottom, to: p.Top}
	series := []*compare.Series{pair.Stock, pair.Rtgen}
	var words []string
	for i, s := range series {
		top := 0.0
		for _, m := range s.Moments {
			x.max = max(x.max, float64(m.T)/1e9)
			for k, c := range curves {
				y.max = max(y.max, c.of(m))
				if k == 0 {
					top = max(top, c.of(m))
				}
			}
		}
		words = append(words, fmt.Sprintf("%s: at most %s, over %s", sides[i], u.Format(top), compare.Seconds.Format(float64(s.Moments[len(s.Moments)-1].T)/1e9)))
	}
	y.max *= 1.05
	p.X, p.Y = x.ticks(6, compare.Seconds), y.ticks(5, u)
	for i, s := range series {
		for _, c := range curves {
			p.Lines = append(p.Lines, line{sides[i] + c.class, path(s.Moments, x, y, c.of)})
			name := sides[i]
			if c.name != "" {
				name += ", " + c.name
			}
			p.Key = append(p.Key, key{sides[i] + c.class, name})
		}
	}
	p.Desc = strings.Join(words, "; ")
	return p
}

// path is a curve with one point for each unit of width at most, the highest there.
func path(ms []compare.Moment, x, y scale, of func(compare.Moment) float64) string {
	var b strings.Builder
	for i := 0; i < len(ms); {
		at := math.Floor(x.at(float64(ms[i].T) / 1e9))
		best := ms[i]
		for i++; i < len(ms) && math.Floor(x.at(float64(ms[i].T)/1e9)) == at; i++ {
			if of(ms[i]) > of(best) {
				best = ms[i]
			}
		}
		op := "L"
		if b.Len() == 0 {
			op = "M"
		}
		fmt.Fprintf(&b, "%s%.1f %.1f", op, x.at(float64(best.T)/1e9), y.at(of(best)))
	}
	if len(ms) == 1 {
		b.WriteString("h3")
	}
	return b.String()
}

// pauses shows how often the program stood still, by how long, on a logarithmic scale: a
// bar for each power of two of nanoseconds, stock above, rtgen below. It adds up all turns.
func pauses(turns []compare.Pair[*compare.Series]) *Plot {
	p := &Plot{Title: "Pauses by length", Left: 68, Right: width - 24, Top: 20, Bottom: height - 34}
	count := [2]map[int]int64{{}, {}}
	total := [2]int64{}
	low, high, most := 63, 0, int64(1)
	for _, t := range turns {
		for i, s := range []*compare.Series{t.Stock, t.Rtgen} {
			for _, b := range s.Pauses {
				k := int(math.Ceil(math.Log2(float64(b.End)) - 1e-9))
				count[i][k] += b.Count
				total[i] += b.Count
				low, high, most = min(low, k), max(high, k), max(most, count[i][k])
			}
		}
	}
	var words []string
	for i, side := range sides {
		words = append(words, fmt.Sprintf("%s: %d pauses", side, total[i]))
	}
	p.Desc = strings.Join(words, "; ") + " in all instrumented runs"
	if total[0]+total[1] == 0 {
		low, high = 10, 20
	}
	x := scale{float64(low - 1), float64(high), p.Left, p.Right}
	p.X = logTicks(x)
	half := (p.Bottom - p.Top) / 2
	for i, side := range sides {
		base := p.Top + half*float64(i+1)
		p.RowNames = append(p.RowNames, tick{base - half/2, side})
		h := scale{0, float64(most), 0, half - 18}
		for k := low; k <= high; k++ {
			if n := count[i][k]; n > 0 {
				tall := max(2, h.at(float64(n)))
				p.Bars = append(p.Bars, bar{side, fmt.Sprint(n), x.at(float64(k-1)) + 1, base - tall, x.at(float64(k)) - x.at(float64(k-1)) - 2, tall})
			}
		}
		p.Medians = append(p.Medians, line{"base", fmt.Sprintf("M%.1f %.1fH%.1f", p.Left, base, p.Right)})
	}
	return p
}

// LeftOf is where names of the scale at the left end.
func (p *Plot) LeftOf() float64 { return p.Left - 10 }

// Below is where names of the scale below stand.
func (p *Plot) Below() float64 { return p.Bottom + 22 }

// Middle is where the number above a bar stands.
func (b bar) Middle() float64 { return b.X + b.Width/2 }
