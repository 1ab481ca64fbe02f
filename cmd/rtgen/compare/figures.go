package compare

// This file turns runs into the rows of the table.

// Unit is how a figure's value is written.
type Unit string

const (
	Seconds Unit = "s"
	Bytes   Unit = "B"
	Count   Unit = ""
)

func newRow(name, doc, group string, unit Unit, stock, rtgen []float64) Row {
	return Row{Name: name, Doc: doc, Group: group, Unit: unit,
		Value: Pair[Estimate]{Estimated(stock), Estimated(rtgen)}, Ratio: ratios(stock, rtgen)}
}

// rows applies each figure to both sides of every turn.
func rows[T any](group string, turns []Pair[T], figures []figure[T]) []Row {
	if len(turns) == 0 {
		return nil
	}
	var out []Row
	for _, f := range figures {
		var a, b []float64
		for i := range turns {
			a = append(a, f.of(turns[i].Stock))
			b = append(b, f.of(turns[i].Rtgen))
		}
		out = append(out, newRow(f.name, f.doc, group, f.unit, a, b))
	}
	return out
}

type figure[T any] struct {
	name, doc string
	unit      Unit
	of        func(T) float64
}

// Figures are the rows that follow from the runs of s and from the builds.
func (s *Setting) Figures(b Builds) []Row {
	out := append(rows("timed", s.Runs, timed), rows("instrumented", s.Probes, probed)...)
	return append(out, b.rows()...)
}

var timed = []figure[Sample]{
	{"wall", "from start to exit", Seconds, func(s Sample) float64 { return s.Wall.Seconds() }},
	{"CPU", "user and system time of all threads", Seconds, func(s Sample) float64 { return s.CPU.Seconds() }},
	{"peak memory", "largest resident set", Bytes, func(s Sample) float64 { return float64(s.Memory) }},
}

var probed = []figure[*Series]{
	{"collector CPU", "time that threads spent collecting", Seconds, func(s *Series) float64 { return float64(s.last().Collecting) / 1e9 }},
	{"collections", "cycles of the collector", Count, func(s *Series) float64 { return float64(s.last().Cycles) }},
	{"pauses", "times that the collector stopped the program", Count, func(s *Series) float64 { return float64(s.pauseCount()) }},
	{"pause, median", "half of the pauses are shorter", Seconds, func(s *Series) float64 { return s.pauseQuantile(0.5) }},
	{"pause, 99 %", "99 of 100 pauses are shorter", Seconds, func(s *Series) float64 { return s.pauseQuantile(0.99) }},
	{"pause, longest", "upper end of the last bucket in use", Seconds, func(s *Series) float64 { return s.pauseQuantile(1) }},
	{"allocations", "objects allocated on the heap", Count, func(s *Series) float64 { return float64(s.last().Objects) }},
	{"allocated", "bytes allocated on the heap", Bytes, func(s *Series) float64 { return float64(s.last().Bytes) }},
	{"goroutines", "goroutines created", Count, func(s *Series) float64 { return float64(s.last().Created) }},
	{"peak goroutines", "most goroutines seen at once, by looking now and then", Count, func(s *Series) float64 { return float64(s.peakGoroutines()) }},
}
