package store

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"lethe/data"
)

// attemptsName is the file beside the keys that counts wrong passwords and
// recovery keys: while
// nobody is signed in there is no key to write them into the log with. Who can
// write the folder can remove it, as they could the list; it guards nothing
// and only tells.
const attemptsName = "attempts"

const mostAttempts = 1_000_000 // what a member's count stops at

// RecoveryAttempts is under whom wrong recovery keys are counted: nobody's.
const RecoveryAttempts data.UserID = 0

var attemptsMu sync.Mutex

// NoteWrongPassword counts a sign-in that failed, for the audit log to take in
// at the next that doesn't. The folder must be locked by LockFolder.
func NoteWrongPassword(dir string, id data.UserID) error { return noteAttempt(dir, id) }

// NoteWrongRecovery is NoteWrongPassword for the recovery key.
func NoteWrongRecovery(dir string) error { return noteAttempt(dir, RecoveryAttempts) }

// Attempts is how many passwords were wrong since the last sign-in, by member,
// and under RecoveryAttempts how many recovery keys: across restarts.
func Attempts(dir string) map[data.UserID]int {
	attemptsMu.Lock()
	defer attemptsMu.Unlock()
	if dir == "" {
		return nil
	}
	return readAttempts(dir)
}

func noteAttempt(dir string, id data.UserID) error {
	attemptsMu.Lock()
	defer attemptsMu.Unlock()
	counts := readAttempts(dir)
	counts[id] = min(counts[id]+1, mostAttempts)
	b, err := json.Marshal(counts)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, attemptsName)
	if err := os.WriteFile(path+".new", b, 0o600); err != nil {
		return plain(err)
	}
	return plain(os.Rename(path+".new", path))
}

// readAttempts reads the counts. A file that can't be read counts nothing.
func readAttempts(dir string) map[data.UserID]int {
	counts := map[data.UserID]int{}
	const most = 1 << 20
	path := filepath.Join(dir, attemptsName)
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() > most {
		return counts
	}
	b, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(b, &counts) != nil {
		return map[data.UserID]int{}
	}
	return counts
}

// takeInAttempts writes the sign-ins that failed into the log, in the order of
// the members' ids. The file is removed once that is committed.
func (t *tx) takeInAttempts(ctx context.Context, dir string) error {
	attemptsMu.Lock()
	counts := readAttempts(dir)
	attemptsMu.Unlock()
	if len(counts) == 0 {
		return nil
	}
	ids, err := t.ids(ctx, "SELECT id FROM users ORDER BY id")
	if err != nil {
		return err
	}
	actor := t.actor
	defer func() { t.actor = actor }()
	t.actor = 0 // nobody knows who it was
	for _, id := range append([]int64{int64(RecoveryAttempts)}, ids...) {
		n := counts[data.UserID(id)]
		if n <= 0 {
			continue
		}
		f := facts{"tries": strconv.Itoa(min(n, mostAttempts))}
		if data.UserID(id) == RecoveryAttempts {
			f["recovery"] = data.FlagYes
		} else {
			f["user"] = strconv.FormatInt(id, 10)
		}
		if err := t.audit(ctx, data.AuditSignInFailed, f); err != nil {
			return err
		}
	}
	return nil
}

func removeAttempts(dir string) error {
	attemptsMu.Lock()
	defer attemptsMu.Unlock()
	if err := os.Remove(filepath.Join(dir, attemptsName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
