package main

// This file is the measured state of the project: results.json, and README.md's table,
// which is made from it.

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"rtgen/cmd/rtgen/compare"
)

const resultsFile = "e2e/bench/results.json"

// results is one run of the whole suite.
type results struct {
	Machine compare.Machine `json:"machine"`
	Rtgen   string          `json:"rtgen"` // commit
	Rounds  int             `json:"rounds"`
	Figures []measured      `json:"figures"`
}

// measured is one program's figures, one setting for each number of workers.
type measured struct {
	Category string                  `json:"category"`
	Program  string                  `json:"program"`
	Measures string                  `json:"measures"`
	Builds   compare.Builds          `json:"builds"`
	Settings map[string]measuredWith `json:"settings"` // by number of workers
}

type measuredWith struct {
	Difference string        `json:"difference,omitempty"` // "" if both sides behave the same
	Notes      []string      `json:"notes,omitempty"`
	Rows       []compare.Row `json:"rows"`
}

var writtenWorkers = []int{1, 2}

// write measures the whole suite; nothing is written unless all of it could be.
func (b *bench) write(ctx context.Context, readme, file string) error {
	res := results{Rounds: b.rounds}
	version, err := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return fmt.Errorf("which rtgen is this? git describe: %w", err)
	}
	res.Rtgen = firstLine(string(version))
	for _, c := range suite {
		for _, f := range c.figures {
			r, err := b.compare(ctx, f.program, b.rounds, writtenWorkers)
			if err != nil {
				return fmt.Errorf("%s: %w", f.program, err)
			}
			m := measured{Category: c.name, Program: f.program, Builds: r.Builds, Settings: map[string]measuredWith{}}
			if m.Measures, err = measures(b.dir, f.program); err != nil {
				return err
			}
			for _, s := range r.Settings {
				w := measuredWith{Notes: s.Notes, Difference: firstLine(s.Behaviour.Detail)}
				for _, row := range s.Rows {
					if row.Group == "timed" {
						w.Rows = append(w.Rows, row)
					}
				}
				m.Settings[fmt.Sprint(s.Workers)] = w
			}
			res.Figures = append(res.Figures, m)
			res.Machine = r.Machine
			fmt.Println(m.row())
		}
	}
	text, err := json.MarshalIndent(res, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, append(text, '\n'), 0o666); err != nil {
		return err
	}
	return updateReadme(readme, file)
}

// The table stands between these lines of README.md.
const (
	beginTable = "<!-- made by go run ./e2e/bench -write -->\n"
	endTable   = "<!-- end -->\n"
)

// updateReadme replaces the table by that of the result file.
func updateReadme(readme, file string) error {
	res, err := readResults(file)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(readme)
	if err != nil {
		return err
	}
	text, err := withTable(string(b), res.table())
	if err != nil {
		return fmt.Errorf("%s: %w", readme, err)
	}
	return os.WriteFile(readme, []byte(text), 0o666)
}

func readResults(file string) (*results, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	res := new(results)
	if err := json.Unmarshal(b, res); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return res, nil
}

// withTable returns text with table between the two markers.
func withTable(text, table string) (string, error) {
	head, rest, ok1 := strings.Cut(text, beginTable)
	_, tail, ok2 := strings.Cut(rest, endTable)
	if !ok1 || !ok2 {
		return "", fmt.Errorf("no lines %q and %q", beginTable, endTable)
	}
	return head + beginTable + table + endTable + tail, nil
}

// table is the Markdown between the markers.
func (res *results) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s: rtgen at %s, %s, %d processors (%s). Median of %d ratios rtgen/stock, in brackets the range in which the true one lies; **below 1 rtgen uses less**. CPU time: %s.%s\n\n",
		res.Machine.Time.Format("2 January 2006"), res.Rtgen, res.Machine.Go, res.Machine.Processors, res.Machine.CPU, res.Rounds, res.score(), res.disturbed())
	b.WriteString("| | what runs | CPU, 1 worker | CPU, 2 workers | wall, 2 workers | memory, 2 workers |\n| --- | --- | --- | --- | --- | --- |\n")
	category := ""
	for i := range res.Figures {
		m := &res.Figures[i]
		if m.Category != category {
			category = m.Category
			fmt.Fprintf(&b, "| **%s** | | | | | |\n", category)
		}
		b.WriteString(m.row() + "\n")
	}
	return b.String()
}

// row is one line of the table.
func (m *measured) row() string {
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s |", m.Program, m.Measures,
		m.cell("1", "CPU"), m.cell("2", "CPU"), m.cell("2", "wall"), m.cell("2", "peak memory"))
}

func (m *measured) cell(workers, name string) string {
	s := m.Settings[workers]
	if s.Difference != "" {
		return "behaves differently"
	}
	for _, r := range s.Rows {
		if r.Name == name {
			return fmt.Sprintf("%s (%s–%s)", compare.FormatRatio(r.Ratio.Median), compare.FormatRatio(r.Ratio.Low), compare.FormatRatio(r.Ratio.High))
		}
	}
	return "-"
}

// disturbed says how many of the measurements were made on a busy machine.
func (res *results) disturbed() string {
	busy, all := 0, 0
	for i := range res.Figures {
		for _, s := range res.Figures[i].Settings {
			all++
			if slices.ContainsFunc(s.Notes, func(n string) bool { return strings.Contains(n, "machine was busy") }) {
				busy++
			}
		}
	}
	if busy == 0 {
		return ""
	}
	return fmt.Sprintf(" Other processes kept the machine busy during %d of the %d measurements.", busy, all)
}

// score counts what the intervals of CPU time with one worker say.
func (res *results) score() string {
	count := map[string]int{}
	for i := range res.Figures {
		s := compare.Setting{Rows: res.Figures[i].Settings["1"].Rows}
		count[s.Row("CPU").Ratio.Verdict()]++
	}
	return fmt.Sprintf("with one worker less in %d of %d programs, more in %d, no difference to be seen in %d",
		count["less"], len(res.Figures), count["more"], count["no difference seen"]+count["the same"])
}
