package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"rtgen/cmd/rtgen/compare"
)

// sample is a report with everything in it that a page can show.
func sample() *compare.Report {
	series := func(n int, size float64) *compare.Series {
		s := &compare.Series{Pauses: []compare.Pauses{{End: 12000, Count: 10}, {End: 24000, Count: 300}, {End: 3_000_000, Count: 2}}}
		for i := range n {
			x := float64(i) / float64(n)
			s.Moments = append(s.Moments, compare.Moment{T: int64(i) * 1e6, RSS: int64(size * (2 + math.Sin(20*x))), Heap: int64(size * x), Goroutines: int64(1000 * x), Bytes: int64(1e9 * x)})
		}
		return s
	}
	setting := func(workers int) *compare.Setting {
		s := &compare.Setting{Workers: workers, Behaviour: compare.Behaviour{Same: true, Runs: 12, Status: "exit status 0"}}
		for i := range 5 {
			d := time.Duration(i*i) * time.Millisecond
			s.Runs = append(s.Runs, compare.Pair[compare.Sample]{
				Stock: compare.Sample{Wall: 200*time.Millisecond + d, CPU: 400*time.Millisecond + d, Memory: 123456789},
				Rtgen: compare.Sample{Wall: 150*time.Millisecond + 3*d, CPU: 410*time.Millisecond - d, Memory: 234567890}})
		}
		s.Probes = []compare.Pair[*compare.Series]{{Stock: series(400, 1e8), Rtgen: series(250, 3e7)}}
		s.Rows = s.Figures(compare.Builds{Stock: compare.Build{Bytes: 1e6, First: 1e9, Again: 1e8}, Rtgen: compare.Build{Bytes: 2e6, First: 3e9, Again: 1e8}})
		return s
	}
	bad := setting(2)
	bad.Behaviour = compare.Behaviour{Detail: "standard output differs at line 1\n  - 1   <script>alert(1)</script> " + strings.Repeat("long ", 40) + "  (stock)\n  + 1   b   (rtgen)\n"}
	bad.Notes = []string{"the machine was busy: other processes kept 1.3 of 2 processors busy meanwhile"}
	return &compare.Report{Program: "example.org/a/rather/long/path/to/a/program", Args: []string{"-n", "100", strings.Repeat("x", 120)}, Filter: "sed s/a/b/",
		Machine:  compare.Machine{Go: "go1.26", OS: "linux/amd64", Processors: 2, CPU: "A CPU", Time: time.Unix(0, 0).UTC()},
		Settings: []*compare.Setting{setting(1), bad, {Workers: 0, Behaviour: bad.Behaviour, Runs: bad.Runs, Rows: bad.Rows[:3]}}}
}

func write(t *testing.T, r *compare.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The page needs nothing from elsewhere, and shows a program's output as text.
func TestSelfContained(t *testing.T) {
	text := write(t, sample())
	for _, bad := range []string{"http:", "https:", "//", "src=", "href=", "url(", "@import", "<script", "<link", "NaN", "Inf", "%!"} {
		for _, line := range strings.Split(text, "\n") {
			if strings.Contains(line, bad) {
				t.Errorf("%s: %.200s", bad, line)
			}
		}
	}
	for _, want := range []string{"✓", "✗", "&lt;script&gt;alert(1)&lt;/script&gt;", "1 worker", "2 workers", "all processors", "sed s/a/b/", "no difference seen", "1 January 1970"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

// A program that runs for no time at all, collects nothing, has one sample.
func TestEmpty(t *testing.T) {
	one := &compare.Series{Moments: []compare.Moment{{}}}
	r := &compare.Report{Program: "x", Settings: []*compare.Setting{{Runs: make([]compare.Pair[compare.Sample], 1), Probes: []compare.Pair[*compare.Series]{{Stock: one, Rtgen: one}}}}}
	text := write(t, r)
	if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Error(text)
	}
}

func TestTicks(t *testing.T) {
	for want, c := range map[string]struct {
		s scale
		u compare.Unit
	}{
		"0 at 0, 200 ms at 40, 400 ms at 80": {scale{0, 0.5, 0, 100}, compare.Seconds},
		"0 at 0, 1 at 50, 2 at 100":          {scale{0, 2, 0, 100}, compare.Count},
		"5 at 50":                            {scale{5, 5, 0, 100}, compare.Count},
	} {
		var got []string
		for _, k := range c.s.ticks(3, c.u) {
			got = append(got, fmt.Sprintf("%s at %.0f", k.Text, k.At))
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%q, want %q", s, want)
		}
	}
}

// found is what the script in the browser reports.
type found struct {
	Dark       bool
	Background string
	Contrast   map[string]float64 // least contrast of text with what is behind it, by selector
	Plots      int
	Empty      []string // plots without marks
	Untitled   []string
	Outside    []string // text that leaves its picture
	Overlap    []string // names on a scale that run into each other
	Wider      float64  // by how much the page is wider than the window
	Errors     []string
}

const inspect = `
window.onerror = (m) => { console.error(m); };
window.onload = () => {
	const f = {Contrast: {}, Empty: [], Untitled: [], Outside: [], Overlap: []};
	f.Dark = matchMedia('(prefers-color-scheme: dark)').matches;
	f.Background = getComputedStyle(document.body).backgroundColor;
	f.Wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
	const rgb = (s) => s.match(/[\d.]+/g).map(Number);
	const lum = (c) => { const v = c.slice(0, 3).map(x => { x /= 255; return x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4; }); return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
	const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
	const contrast = (a, b) => { const x = lum(a), y = lum(b); return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
	for (const sel of ['h1', '.sub', '.verdict.same', '.verdict.different', '.name', '.range', '.less .ratio', '.more .ratio', '.notes', 'td', 'th small', '.head th', 'caption', 'figcaption', 'pre', 'footer p'])
		for (const e of document.querySelectorAll(sel)) {
			const c = contrast(rgb(getComputedStyle(e).color), behind(e));
			f.Contrast[sel] = Math.min(f.Contrast[sel] ?? 99, c);
		}
	for (const e of document.querySelectorAll('figure > svg text')) {
		const c = contrast(rgb(getComputedStyle(e).fill), behind(e.closest('figure')));
		f.Contrast['svg text'] = Math.min(f.Contrast['svg text'] ?? 99, c);
	}
	const svgs = [...document.querySelectorAll('figure > svg')];
	f.Plots = svgs.length;
	for (const s of svgs) {
		const name = s.id + ' ' + (s.querySelector('title')?.textContent ?? '');
		if (!s.querySelector(':scope > title') || !s.querySelector(':scope > desc').textContent) f.Untitled.push(name);
		const drawn = (side) => [...s.querySelectorAll('.dot, .bar, .line')].some(e => {
			const b = e.getBBox(), st = getComputedStyle(e);
			return e.classList.contains(side) && b.width + b.height > 0 && (st.stroke !== 'none' || st.fill !== 'none');
		});
		for (const side of ['stock', 'rtgen']) if (!drawn(side)) f.Empty.push(name + ': ' + side);
		const box = s.viewBox.baseVal, texts = [...s.querySelectorAll('text')];
		for (const e of texts) {
			const b = e.getBBox();
			if (b.x < -1 || b.y < -1 || b.x + b.width > box.width + 1 || b.y + b.height > box.height + 1) f.Outside.push(name + ': ' + e.textContent);
		}
		for (let i = 0; i < texts.length; i++) for (let k = i + 1; k < texts.length; k++) {
			const a = texts[i].getBBox(), b = texts[k].getBBox();
			if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1 && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 5)
				f.Overlap.push(name + ': ' + texts[i].textContent + ' and ' + texts[k].textContent);
		}
	}
	for (const e of document.querySelectorAll('h1, h2, .cards li, .notes li, .sub, figcaption, .verdict'))
		if (e.scrollWidth > e.clientWidth + 1) f.Outside.push(e.className + ' ' + e.textContent);
	const out = document.createElement('pre');
	out.id = 'found';
	out.textContent = JSON.stringify(f);
	document.body.append(out);
};
`

// chromium is the browser's command. Where CI is set it has to be there: .ci/run installs it.
func chromium(t *testing.T) string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const text = "NO CHROMIUM: the page was not looked at in a browser; install the package chromium"
	if os.Getenv("CI") != "" {
		t.Fatal(text)
	}
	t.Skip(text)
	return ""
}

// look opens a page, with the script added, in a browser window of that width.
func look(t *testing.T, browser, page string, dark bool, width int) found {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	page = regexp.MustCompile(`(?m)^<meta http-equiv.*\n`).ReplaceAllString(page, "") // it forbids scripts
	page = strings.Replace(page, "</head>", "<script>"+inspect+"</script></head>", 1)
	if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	scheme := 1
	if dark {
		scheme = 0
	}
	cmd := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--user-data-dir="+filepath.Join(dir, "profile"), "--enable-logging=stderr",
		fmt.Sprintf("--window-size=%d,1000", width), fmt.Sprintf("--blink-settings=preferredColorScheme=%d", scheme), "--dump-dom", "file://"+file)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = 5 * time.Second
	timer := time.AfterFunc(2*time.Minute, func() { cmd.Process.Kill() })
	defer timer.Stop()
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", browser, err, stderr.Bytes())
	}
	m := regexp.MustCompile(`(?s)<pre id="found">(.*?)</pre>`).FindSubmatch(stdout.Bytes())
	if m == nil {
		t.Fatalf("the script did not run\n%s", stderr.Bytes())
	}
	var f found
	if err := json.Unmarshal([]byte(html.UnescapeString(string(m[1]))), &f); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(stderr.String()) {
		if strings.Contains(line, "CONSOLE") {
			f.Errors = append(f.Errors, line)
		}
	}
	return f
}

// wrong lists what is not as it should be.
func (f found) wrong() (out []string) {
	for name, list := range map[string][]string{"console": f.Errors, "plot without marks": f.Empty, "plot without a title": f.Untitled, "outside": f.Outside, "overlap": f.Overlap} {
		for _, s := range list {
			out = append(out, name+": "+s)
		}
	}
	if f.Wider > 0 {
		out = append(out, fmt.Sprintf("the page is %v wider than the window", f.Wider))
	}
	for sel, c := range f.Contrast {
		if c < 4.5 {
			out = append(out, fmt.Sprintf("contrast of %s is %.1f", sel, c))
		}
	}
	return out
}

func TestBrowser(t *testing.T) {
	browser := chromium(t)
	page := write(t, sample())
	var background []string
	for _, dark := range []bool{false, true} {
		for _, width := range []int{1280, 500} {
			f := look(t, browser, page, dark, width)
			for _, s := range f.wrong() {
				t.Errorf("dark %v, width %d: %s", dark, width, s)
			}
			if f.Dark != dark || f.Plots != 14 || len(f.Contrast) != 17 {
				t.Errorf("dark %v, width %d: %+v", dark, width, f)
			}
			background = append(background, f.Background)
		}
	}
	if background[0] == background[2] {
		t.Errorf("light and dark have one background: %v", background)
	}
}

// What TestBrowser looks for is found where it is.
func TestBrowserSees(t *testing.T) {
	browser := chromium(t)
	page := write(t, sample())
	page = strings.Replace(page, "<main>", `<main><div style="width: 3000px">wide</div><script>console.error("oh")</script>`, 1)
	page = strings.Replace(page, "--soft: #566173", "--soft: #dddddd", 1)
	page = regexp.MustCompile(`<circle[^\n]*</circle>`).ReplaceAllString(page, "")
	page = regexp.MustCompile(`x="[0-9.]+" y="204"`).ReplaceAllString(page, `x="550" y="204"`)
	got := strings.Join(look(t, browser, page, false, 1280).wrong(), "\n")
	for _, want := range []string{"console: ", "plot without marks: ", "wider than the window", "contrast of .sub", "overlap: ", "outside: "} {
		if !strings.Contains(got, want) {
			t.Errorf("not seen: %s; seen:\n%s", want, got)
		}
	}
}
