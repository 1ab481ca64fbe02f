package compare

// This file decides whether two programs behave the same.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
)

// Behaviour is what was seen of outputs and exit statuses.
type Behaviour struct {
	Same   bool   `json:"same"`
	Runs   int    `json:"runs"`             // of both sides together
	Status string `json:"status"`           // of the first run of stock
	Detail string `json:"detail,omitempty"` // the first difference, with context
}

// judge holds every run against the first one of stock.
type judge struct {
	filter func(out []byte) ([]byte, error)
	runs   int
	first  *outcome
	detail string
}

type outcome struct {
	status         string
	stdout, stderr []byte
}

// maxOutput is how much of an output is compared.
const maxOutput = 64 << 20

func (j *judge) add(side Side, x *execution) error {
	o := &outcome{status: x.Status}
	for _, f := range []struct {
		name string
		out  *[]byte
	}{{x.stdout, &o.stdout}, {x.stderr, &o.stderr}} {
		b, err := readOutput(f.name)
		if err != nil {
			return err
		}
		if f.out == &o.stderr {
			b = plainCrash(b)
		}
		if *f.out, err = j.filter(b); err != nil {
			return err
		}
	}
	j.runs++
	switch {
	case j.first == nil:
		j.first = o
	case j.detail == "":
		if d := j.first.differ(o, side); d != "" {
			j.detail = d
			if side == Stock {
				j.detail = "the output of stock is not the same in every run; name a filter for what changes\n" + d
			}
		}
	}
	return nil
}

func (j *judge) verdict() Behaviour {
	return Behaviour{Same: j.detail == "", Runs: j.runs, Status: j.first.status, Detail: j.detail}
}

// differ describes the first difference of o, a later run of side, from a.
func (a *outcome) differ(o *outcome, side Side) string {
	name := side.String()
	if side == Stock {
		name = "stock, later"
	}
	if d := diff(a.stdout, o.stdout, "stock", name); d != "" {
		return "standard output differs " + d
	}
	if a.status != o.status {
		d := fmt.Sprintf("stock ends with %s, %s with %s", a.status, name, o.status)
		if e := diff(a.stderr, o.stderr, "stock", name); e != "" {
			d += "\nstandard error differs " + e
		}
		return d
	}
	if d := diff(a.stderr, o.stderr, "stock", name); d != "" {
		return "standard error differs " + d
	}
	return ""
}

func readOutput(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxOutput))
}

// filter has the user's command rewrite an output.
func (s *session) filter(out []byte) ([]byte, error) {
	if s.Filter == "" || len(out) == 0 {
		return out, nil
	}
	return filter(s, s.Filter, out)
}

func filter(ctx context.Context, command string, in []byte) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "sh", "-c", command)
	ownGroup(cmd)
	cmd.Stdin = bytes.NewReader(in)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 && stderr.Len() == 0 {
		err = nil // grep that selects nothing
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("rtgen: filter %q: %w\n%s", command, err, stderr.Bytes())
	}
	return out, nil
}

// plainCrash takes out of a traceback what differs between two builds of one program:
// addresses, and the words of arguments.
func plainCrash(b []byte) []byte {
	if !traceback.Match(b) {
		return b
	}
	b = frameOffset.ReplaceAll(b, []byte("$1"))
	b = frameArgs.ReplaceAll(b, []byte("$1(...)"))
	return address.ReplaceAll(b, []byte("0x?"))
}

var (
	traceback   = regexp.MustCompile(`(?m)^goroutine \d+ .*\[.*\]:$`)
	frameOffset = regexp.MustCompile(`(?m)^(\t.*:\d+) \+0x[0-9a-f]+$`)
	frameArgs   = regexp.MustCompile(`(?m)^([^\s(][^\n]*)\((?:\.\.\.|[0-9a-fx?{}, .]*)\)$`)
	address     = regexp.MustCompile(`0x[0-9a-f]+`)
)
