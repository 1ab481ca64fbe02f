//go:build rtgen

package metrics

func runtime_readMetricNames() []string

// All lists what the runtime can answer: programs take a metric that is listed and cannot be read for a bug.
func init() {
	known := map[string]bool{}
	for _, name := range runtime_readMetricNames() {
		known[name] = true
	}
	kept := allDesc[:0]
	for _, d := range allDesc {
		if known[d.Name] {
			kept = append(kept, d)
		}
	}
	allDesc = kept
}
