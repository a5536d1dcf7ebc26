package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/backup"
	"lethe/data/store/sealed"
)

// Options are what a store is opened with. Dir must be locked by LockFolder.
type Options struct {
	Dir   string
	Clock func() time.Time // nil: time.Now
	Log   *slog.Logger     // nil: discarded; gets no personal data
	KDF   account.KDF      // zero: the recommended cost; tests take a cheap one
	// OwnerTexts writes the messages to the Account Owner of what is no
	// deletion. Nil: none is written.
	OwnerTexts OwnerTexts

	// Ballast is how much room is kept for deletions on a full disk, in bytes:
	// BallastSize; zero: none.
	Ballast int64
	// BackupWork is what guessing a backup's passphrase costs; zero as above.
	BackupWork backup.Work
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Store is an open customer list.
type Store struct {
	opt Options
	key sealed.Key
	vfs *sealed.VFS

	// gate is held for reading by every operation and for writing by the
	// barrier, which swaps the connections behind it.
	gate  sync.RWMutex
	files *files

	// keysMu is held by whoever changes the keys file, from its reading to its
	// writing; it is taken before all other locks.
	keysMu sync.Mutex

	asking sync.Mutex // held while a password is checked to confirm something

	mu        sync.Mutex
	keys      *account.File
	unlocked  map[data.UserID]*account.Unlocked
	sessions  map[string]data.UserID
	imports   map[string][]ownImport // of each session
	guesses   map[data.UserID]guesses
	listeners map[int]func(data.Event)
	nextID    int
	closing   bool
	endCheck  context.CancelFunc // of the QuickCheck that ran last
	waiting   int                // who waits for the gate in lockGate

	left leftovers // of edits, for ScrubEdits

	copies map[string]*copied // by the names of their files: they are no strays

	backups sync.Mutex // one backup is made or removed at a time
	rolling sync.Mutex // the rolling backup is looked after by one at a time
	leases  sync.WaitGroup
	writes  sync.Mutex // one writing transaction with its events at a time
}

// Keys reads the keys file of a folder: who can sign in.
func Keys(dir string) (*account.File, error) { return account.Load(dir) }

// Open opens the list with what a sign-in unlocked, brings its schema up to
// date and starts a session. It answers data.ErrNoDatabase, data.ErrDamaged,
// data.ErrNewer, data.ErrReadOnly or data.ErrDiskFull where that is why not.
func Open(ctx context.Context, opt Options, un *account.Unlocked) (*Store, *Actor, error) {
	opt = opt.withDefaults()
	keys, err := account.Load(opt.Dir)
	if err != nil {
		return nil, nil, err
	}
	key := un.DataKey()
	if err := keys.VerifyMAC(key); err != nil {
		return nil, nil, err
	}
	path := filepath.Join(opt.Dir, keys.Database())
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, data.ErrNoDatabase
	}
	if err := sealed.Check(path, key); errors.Is(err, fs.ErrPermission) {
		return nil, nil, plain(err)
	} else if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", data.ErrDamaged, err)
	}
	_ = ensureRoom(opt.Dir, littleRoom) // where there is none, opening says so
	s, err := open(ctx, opt, keys, key)
	if err != nil {
		return nil, nil, err
	}
	a, err := s.SignIn(ctx, un)
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	if err := s.reconcile(ctx, a); err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	if err := s.removeExportTemps(ctx); err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	if err := s.recoverOutbox(ctx); err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	// The list is open and sound: only now is anything beside it removed.
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	if err := s.removeStrays(); err != nil {
		opt.Log.Warn("what a crash left could not be removed")
	}
	s.keepBallast()
	return s, a, nil
}

func open(ctx context.Context, opt Options, keys *account.File, key sealed.Key) (*Store, error) {
	vfs, err := sealed.Mount(key)
	if err != nil {
		return nil, err
	}
	f, err := openFiles(ctx, filepath.Join(opt.Dir, keys.Database()), vfs)
	if err != nil {
		return nil, errors.Join(err, vfs.Close())
	}
	if err := f.migrate(ctx); err != nil {
		return nil, errors.Join(err, f.close(), vfs.Close())
	}
	return &Store{
		opt: opt, key: key, vfs: vfs, files: f, keys: keys,
		unlocked:  map[data.UserID]*account.Unlocked{},
		sessions:  map[string]data.UserID{},
		imports:   map[string][]ownImport{},
		guesses:   map[data.UserID]guesses{},
		listeners: map[int]func(data.Event){},
		copies:    map[string]*copied{},
	}, nil
}

// LogLoss tells whether the write-ahead log was damaged when the list was
// opened, so that changes made just before Lethe last ended may be missing. A
// transaction that a crash cut short can look alike.
func (s *Store) LogLoss() bool {
	s.gate.RLock()
	defer s.gate.RUnlock()
	return len(s.vfs.LogLosses()) > 0
}

// Lease keeps the store open until release is called, for a job that goes on
// when the window locks. It answers data.ErrSignedOut once the store is
// closing. Calling release again does nothing.
func (s *Store) Lease() (release func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return nil, data.ErrSignedOut
	}
	s.leases.Add(1)
	return sync.OnceFunc(s.leases.Done), nil
}

// Close ends all sessions at once, waits for the leases, closes the files and
// wipes the key.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closing {
		s.mu.Unlock()
		return nil
	}
	s.closing = true
	clear(s.sessions)
	clear(s.imports)
	s.mu.Unlock()

	s.leases.Wait()
	s.lockGate()
	defer s.gate.Unlock()
	err := s.removeCopies() // of restores that were not ended
	if s.files != nil {
		err = errors.Join(err, s.files.close())
		s.files = nil
	}
	err = errors.Join(err, s.vfs.Close())
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, un := range s.unlocked {
		un.Wipe()
	}
	clear(s.unlocked)
	s.key.Wipe()
	return err
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.opt.Dir }

// Subscribe calls listen after every change, on the goroutine that made it;
// listen must not block and must not call back into the store.
func (s *Store) Subscribe(listen func(data.Event)) (cancel func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.nextID
	s.nextID++
	s.listeners[id] = listen
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.listeners, id)
	}
}

func (s *Store) publish(events []data.Event) {
	s.mu.Lock()
	var all []func(data.Event)
	for id := range s.nextID {
		if l, ok := s.listeners[id]; ok {
			all = append(all, l)
		}
	}
	s.mu.Unlock()
	for _, e := range events {
		for _, l := range all {
			l(e)
		}
	}
}
