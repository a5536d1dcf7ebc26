package sealed

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	for _, mode := range []string{"wal", "delete", "truncate", "persist"} {
		t.Run(mode, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			key := newKey(t)
			v := mount(t, key)
			db := open(t, path, v, "journal_mode("+mode+")")
			exec(t, db, table)
			insert(t, db, 0, 2000)
			exec(t, db, `UPDATE customer SET note = note || '!' WHERE id % 3 = 0`)
			exec(t, db, `DELETE FROM customer WHERE id % 7 = 0`)
			exec(t, db, `VACUUM`)
			if got := ask(t, db, `PRAGMA integrity_check`); got != "ok" {
				t.Fatal(got)
			}
			if err := v.Close(); !errors.Is(err, ErrInUse) {
				t.Fatalf("closed while in use: %v", err)
			}
			closeAll(t, db, v)
			if b := readFile(t, path); bytes.Contains(b, []byte("Customer-")) || bytes.Contains(b, []byte("CREATE")) {
				t.Fatal("plaintext in the file")
			}
			if err := Check(path, key); err != nil {
				t.Fatal(err)
			}
			v = mount(t, key)
			db = open(t, path, v)
			if got := ask(t, db, `SELECT count(*) || ':' || max(note) FROM customer`); got != "1714:"+noteOf(1998)+"!" && got != "1714:"+noteOf(1999) {
				t.Fatal(got)
			}
			closeAll(t, db, v)
		})
	}
}
