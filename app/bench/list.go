package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lethe/data"
	"lethe/data/sample/onfile"
)

const activeDays = data.DefaultActiveDays

// cached is where something made once is kept.
func (b *bench) cached(name string) (string, error) {
	folder, err := onfile.Folder(b.dir, b.customers)
	return filepath.Join(folder, name), err
}

// make answers the path of something made once.
func (b *bench) make(name string, fill func(path string) error) (string, error) {
	path, err := b.cached(name)
	if err != nil {
		return "", err
	}
	return path, onfile.Once(path, fill)
}

// withCopy runs use on a copy of the sealed store, which is made if need be,
// and throws the copy away. The store itself is never opened again: even a
// sign-in writes.
func (b *bench) withCopy(ctx context.Context, use func(*onfile.List) error) (err error) {
	l, err := b.openCopy(ctx)
	if err != nil {
		return err
	}
	return errors.Join(use(l), l.Remove())
}

// openCopy opens a copy, for Remove.
func (b *bench) openCopy(ctx context.Context) (*onfile.List, error) {
	dir := filepath.Join(b.work(), "lethe")
	if err := b.copyList(ctx, dir); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	l, err := onfile.Open(ctx, dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return l, nil
}

// copyList copies the sealed store's folder.
func (b *bench) copyList(ctx context.Context, dir string) error {
	from, err := b.make("lethe"+b.suffix(), func(dir string) error {
		return onfile.Make(ctx, dir, b.customers, b.kdf, func(done int) { b.making("the sealed list", done) })
	})
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return onfile.Copy(dir, from)
}

func (b *bench) making(what string, done int) {
	b.progress.show(fmt.Sprintf("Making %s, once: %d %%", what, 100*done/b.customers))
}
