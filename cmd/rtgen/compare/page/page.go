// Package page makes one HTML file of a report: tables and plots, without scripts and
// without anything from elsewhere, for light and dark screens.
//
//	compare.Report  →  view (words and geometry)  →  page.tmpl (HTML and SVG)
package page

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"rtgen/cmd/rtgen/compare"
)

//go:embed page.tmpl page.css
var files embed.FS

var page = template.Must(template.New("page.tmpl").Funcs(template.FuncMap{
	"css": func() (template.CSS, error) {
		b, err := files.ReadFile("page.css")
		return template.CSS(b), err
	},
}).ParseFS(files, "page.tmpl"))

// Write writes the page of r.
func Write(w io.Writer, r *compare.Report) error { return page.Execute(w, viewOf(r)) }

// view is what the template shows.
type view struct {
	Title, Command string
	Machine        string
	Date           string
	Filter         string
	Settings       []setting
}

type setting struct {
	ID, Label string
	Same      bool
	Heading   string
	Detail    string
	Cards     []card
	Groups    []group
	Notes     []string
	Plots     []*Plot
}

// card is a figure worth seeing first.
type card struct {
	Name, Ratio, Range, Words, Class string
}

type group struct {
	Heading string
	Rows    []row
}

type row struct {
	Name, Doc, Stock, Rtgen, Ratio, Range, Words, Class string
}

func viewOf(r *compare.Report) view {
	v := view{
		Title:   r.Program,
		Command: strings.Join(append([]string{r.Program}, r.Args...), " "),
		Machine: fmt.Sprintf("%s, %s, %d processors (%s)", r.Machine.Go, r.Machine.OS, r.Machine.Processors, r.Machine.CPU),
		Date:    r.Machine.Time.Format("2 January 2006, 15:04 MST"),
		Filter:  r.Filter,
	}
	for i, s := range r.Settings {
		v.Settings = append(v.Settings, settingOf(i, s))
	}
	return v
}

func settingOf(i int, s *compare.Setting) setting {
	out := setting{ID: fmt.Sprintf("s%d", i), Label: s.Label(), Same: s.Behaviour.Same, Heading: s.Behaviour.Heading(), Detail: s.Behaviour.Detail, Notes: s.Notes}
	for _, name := range []string{"wall", "CPU", "peak memory", "collector CPU"} {
		if r := s.Row(name); r.Ratio.N > 0 {
			x := rowOf(r)
			out.Cards = append(out.Cards, card{x.Name, x.Ratio, x.Range, x.Words, x.Class})
		}
	}
	for _, r := range s.Rows {
		if h := s.GroupHeading(r.Group); len(out.Groups) == 0 || out.Groups[len(out.Groups)-1].Heading != h {
			out.Groups = append(out.Groups, group{Heading: h})
		}
		g := &out.Groups[len(out.Groups)-1]
		g.Rows = append(g.Rows, rowOf(r))
	}
	out.Plots = plots(out.ID, s)
	return out
}

func rowOf(r compare.Row) row {
	v := r.Verdict()
	class := map[string]string{"less": "less", "more": "more"}[v]
	return row{r.Name, r.Doc, r.Unit.Format(r.Value.Stock.Median), r.Unit.Format(r.Value.Rtgen.Median), r.RatioText(), r.Ratio.Interval(), v, class}
}
