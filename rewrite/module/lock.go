package module

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Lock takes the exclusive lock that belongs to dir, waiting for it, and returns the
// function that gives it back. The lock is a file beside dir, so dir need not exist; it
// dies with the process. The error is ctx's if that ends first.
func Lock(ctx context.Context, dir string) (unlock func(), err error) {
	for {
		unlock, err = tryLock(dir)
		if err != syscall.EWOULDBLOCK {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(20 * time.Millisecond): // the system call that waits cannot be interrupted
		}
	}
}

// tryLock fails with EWOULDBLOCK if the lock is taken.
func tryLock(dir string) (unlock func(), err error) {
	dir = filepath.Clean(dir)
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return nil, named(err)
	}
	for {
		f, err := os.OpenFile(dir+lockSuffix, os.O_CREATE|os.O_RDWR|syscall.O_CLOEXEC, 0o666)
		if err != nil {
			return nil, named(err)
		}
		for {
			err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
			if err != syscall.EINTR {
				break
			}
		}
		if err != nil {
			f.Close()
			return nil, err
		}
		// Trim may have removed the file between the two: then this is nobody's lock.
		mine, err1 := f.Stat()
		now, err2 := os.Stat(dir + lockSuffix)
		os.Chtimes(dir+lockSuffix, time.Now(), time.Now()) // for Trim
		if err1 == nil && err2 == nil && os.SameFile(mine, now) {
			return func() { f.Close() }, nil
		}
		f.Close()
	}
}

const lockSuffix = ".lock"

// Trim removes the folders in cache that have a lock which nobody holds and which was last
// taken before the given time, or which is not among the most that were taken last. Errors
// leave things as they are, for another time.
func Trim(cache string, before time.Time, most int) {
	type entry struct {
		dir  string
		used time.Time
	}
	list, _ := os.ReadDir(cache)
	var all []entry
	for _, e := range list {
		name, ok := strings.CutSuffix(e.Name(), lockSuffix)
		if st, err := e.Info(); ok && err == nil {
			all = append(all, entry{filepath.Join(cache, name), st.ModTime()})
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return b.used.Compare(a.used) })
	for i, e := range all {
		if i < most && e.used.After(before) {
			continue
		}
		unlock, err := tryLock(e.dir)
		if err != nil {
			continue
		}
		if os.RemoveAll(e.dir) == nil {
			os.Remove(e.dir + lockSuffix)
		}
		unlock()
	}
}
