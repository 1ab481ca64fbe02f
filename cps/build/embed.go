package build

import (
	"path"
	"sort"
	"strings"
)

// embedTree adds the directories above the embedded files and sorts as embed.FS wants it: by
// directory, then by name; directories end in a slash and have no Path.
func embedTree(files []EmbedFile) []EmbedFile {
	seen := map[string]bool{}
	var out []EmbedFile
	for _, f := range files {
		out = append(out, f)
		for d := path.Dir(f.Name); d != "." && !seen[d]; d = path.Dir(d) {
			seen[d] = true
			out = append(out, EmbedFile{Name: d + "/"})
		}
	}
	split := func(name string) (dir, elem string) {
		name = strings.TrimSuffix(name, "/")
		i := strings.LastIndexByte(name, '/')
		if i < 0 {
			return ".", name
		}
		return name[:i], name[i+1:]
	}
	sort.Slice(out, func(i, j int) bool {
		di, ei := split(out[i].Name)
		dj, ej := split(out[j].Name)
		return di < dj || di == dj && ei < ej
	})
	return out
}
