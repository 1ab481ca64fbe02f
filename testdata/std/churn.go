package main

import (
	"embed"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"sort"
	"strings"
	"sync"
	"time"
	_ "time/tzdata"
	"unique"
)

//go:embed churn.go
var src embed.FS

type key struct {
	a, b string
}

func main() {
	l, err := time.LoadLocation("Europe/Berlin")
	fmt.Println(err, time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC).In(l))
	b, err := src.ReadFile("churn.go")
	fmt.Println(strings.HasPrefix(string(b), "package main"), err)
	// many goroutines, timers and pools under collection
	var wg sync.WaitGroup
	p := sync.Pool{New: func() any { return make([]byte, 0, 1024) }}
	res := make([]int, 50)
	for i := range res {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 1))
			for j := 0; j < 200; j++ {
				b := p.Get().([]byte)[:0]
				for k := 0; k < 10; k++ {
					b = fmt.Appendf(b, "%d-%d;", i, r.IntN(1000))
				}
				res[i] += len(b)
				p.Put(b)
				if j%50 == 0 {
					time.Sleep(time.Duration(r.IntN(1000)) * time.Microsecond)
				}
				_ = unique.Make(key{string(b[:3]), "x"})
			}
		})
	}
	go func() {
		for range 20 {
			runtime.GC()
			time.Sleep(time.Millisecond)
		}
	}()
	wg.Wait()
	sort.Ints(res)
	fmt.Println(res)
	slog.New(slog.NewTextHandler(io.Discard, nil)).Info("x")
	ts := make([]*time.Timer, 1000)
	var n sync.WaitGroup
	for i := range ts {
		n.Add(1)
		ts[i] = time.AfterFunc(time.Duration(i%10)*time.Millisecond, n.Done)
	}
	n.Wait()
	fmt.Fprintln(os.Stdout, "timers done")
}
