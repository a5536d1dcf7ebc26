// Package prefs keeps the state of the window on this computer: its size, the
// look, the columns. Nothing of the business belongs here.
//
// Fyne's own preferences are written in place and read again whenever the file
// changes, so a reading can meet a file that is only half written. This one
// reads once and writes a whole new file.
package prefs

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"sync"

	"fyne.io/fyne/v2"

	"lethe/data/store/sealed"
)

// Prefs are preferences in a file. Any goroutine.
type Prefs struct {
	path string
	log  *slog.Logger

	mu        sync.Mutex
	values    map[string]json.RawMessage
	listeners []func()
	changed   bool // since the last writing began
	writing   bool
	idle      *sync.Cond // of writing
}

var _ fyne.Preferences = (*Prefs)(nil)

// Open reads the preferences at path. A file that is missing or can't be read
// is as good as an empty one: the next change replaces it.
func Open(path string, log *slog.Logger) *Prefs {
	p := &Prefs{path: path, log: log, values: map[string]json.RawMessage{}}
	p.idle = sync.NewCond(&p.mu)
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &p.values)
	}
	if err != nil {
		clear(p.values)
		if !errors.Is(err, fs.ErrNotExist) {
			log.Warn("the preferences of the window could not be read: starting without")
		}
	}
	if p.values == nil { // the file said null
		p.values = map[string]json.RawMessage{}
	}
	return p
}

// Flush returns when all changes so far are on the disk, or could not be
// written.
func (p *Prefs) Flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.writing {
		p.idle.Wait()
	}
}

// AddChangeListener calls f after each change, on the goroutine of the change.
func (p *Prefs) AddChangeListener(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listeners = append(p.listeners, f)
}

// ChangeListeners are those added so far.
func (p *Prefs) ChangeListeners() []func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.listeners[:len(p.listeners):len(p.listeners)]
}

// RemoveValue forgets key.
func (p *Prefs) RemoveValue(key string) { p.put(key, nil) }

// put makes text, or nothing where it is nil, the value of key.
func (p *Prefs) put(key string, text json.RawMessage) {
	p.mu.Lock()
	if bytes.Equal(p.values[key], text) {
		p.mu.Unlock()
		return
	}
	if text == nil {
		delete(p.values, key)
	} else {
		p.values[key] = text
	}
	p.changed = true
	if !p.writing {
		p.writing = true
		go p.write()
	}
	listeners := p.listeners
	p.mu.Unlock()
	for _, l := range listeners {
		l()
	}
}

// write brings the file up to date, and again while there were changes
// meanwhile. The disk can be slow, so this is no work for the window.
func (p *Prefs) write() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.changed {
		p.changed = false
		values := maps.Clone(p.values)
		p.mu.Unlock()
		if err := save(p.path, values); err != nil {
			p.log.Warn("the preferences of the window could not be written")
		}
		p.mu.Lock()
	}
	p.writing = false
	p.idle.Broadcast()
}

func save(path string, values map[string]json.RawMessage) error {
	text, err := json.MarshalIndent(values, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return sealed.WriteFileAtomic(path, append(text, '\n'), 0o600)
}
