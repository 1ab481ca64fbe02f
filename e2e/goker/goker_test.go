package main

import (
	"context"
	"testing"
)

// Kernels whose schedule shows the bug every time leave what their authors name. -all runs the rest.
func TestSample(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs a program")
	}
	r, err := newRunner(context.Background(), options{n: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	kernels, err := loadKernels()
	if err != nil {
		t.Fatal(err)
	}
	if len(kernels) < 60 {
		t.Errorf("%d kernels", len(kernels))
	}
	sample := map[string]bool{"Cockroach13197": true, "Etcd5509": true, "Etcd7492": true, "Grpc1275": true, "Moby30408": true, "Kubernetes5316": true, "Syncthing5795": true}
	for _, k := range kernels {
		if !sample[k.name] {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			v, err := r.judge(context.Background(), k)
			if err != nil {
				t.Fatal(err)
			}
			if v.problem != "" {
				t.Error(v.problem)
			}
			if len(v.shown) == 0 {
				t.Errorf("no leak; left: %q", v.left)
			}
		})
	}
}

// What the dump says is read as it is meant.
func TestLeft(t *testing.T) {
	got, err := left(`goroutine 1 [running]:
main.main()
	/x.go:3 +0x1

goroutine 2 [chan receive, 2 minutes]:
main.f(...)
	/x.go:5 +0x1
main.(*T).g(...)
	/x.go:8 +0x1
created by main.main in goroutine 1
	/x.go:9

goroutine 3 [sleep]:
time.Sleep(...)
	/x.go:5 +0x1
created by main.main in goroutine 1
	/x.go:9
`)
	if err != nil || len(got) != 1 || got[0] != "(*T).g(...) [chan receive]" {
		t.Error(got, err)
	}
	if _, err := left("goroutine 2 [select]:\nmain.f(...)\nmain.g(...)\n\t/x.go:5\ncreated by main.main in goroutine 1\n\t/x.go:9\n"); err == nil {
		t.Error("a frame without a line passes")
	}
	if _, err := left("nothing"); err == nil {
		t.Error("no goroutines pass")
	}
}
