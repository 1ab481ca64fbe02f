package main

// This file knows the folder of rtgen's cache:
//
//	HASH, HASH.lock   a program: its rewritten module and its executable
//	packages/         printed packages, which programs share
//	trimmed           when what is old was last removed

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"rtgen/rewrite"
	"rtgen/rewrite/module"
)

func cacheDir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("rtgen: %w", err)
	}
	return filepath.Join(cache, "rtgen"), nil
}

// workDir is where the program that args name is rewritten to. It is the same for the same
// program and tool, so that what has not changed need not be built again.
func workDir(args []string) (string, error) {
	cache, err := cacheDir()
	if err != nil {
		return "", err
	}
	cwd, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("rtgen: %w", err)
	}
	return filepath.Join(cache, rewrite.Key(append([]string{"work", cwd}, args...)...)), nil
}

// packagesDir is where printed packages are kept.
func packagesDir() (string, error) {
	cache, err := cacheDir()
	return filepath.Join(cache, "packages"), err
}

const (
	keepFor      = 5 * 24 * time.Hour
	keepPrograms = 1000 // of 5 MB if they are small
	trimEvery    = time.Hour
)

// trim removes what nobody has used for days, and the oldest of very many programs, once an
// hour. It is best effort: whatever goes wrong costs disk space only.
func trim() {
	cache, err := cacheDir()
	if err != nil {
		return
	}
	stamp := filepath.Join(cache, "trimmed")
	if st, err := os.Stat(stamp); err == nil && time.Since(st.ModTime()) < trimEvery {
		return
	}
	if os.WriteFile(stamp, nil, 0o666) != nil {
		return
	}
	before := time.Now().Add(-keepFor)
	module.Trim(cache, before, keepPrograms)
	list, _ := os.ReadDir(filepath.Join(cache, "packages"))
	for _, e := range list {
		if st, err := e.Info(); err == nil && st.ModTime().Before(before) {
			os.Remove(filepath.Join(cache, "packages", e.Name()))
		}
	}
}
