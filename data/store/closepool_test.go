package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// slowConn is a connection whose rollback takes until end is closed.
type slowConn struct {
	end    chan struct{}
	closed *bool
}

func (c slowConn) Prepare(string) (driver.Stmt, error) { return nil, errors.ErrUnsupported }
func (c slowConn) Begin() (driver.Tx, error)           { return c, nil }
func (c slowConn) Commit() error                       { return nil }
func (c slowConn) Rollback() error                     { <-c.end; return nil }

func (c slowConn) Close() error {
	*c.closed = true
	return nil
}

// slowly opens one connection.
type slowly struct{ conn slowConn }

func (c slowly) Connect(context.Context) (driver.Conn, error) { return c.conn, nil }
func (c slowly) Driver() driver.Driver                        { return nil }

// A transaction whose context ended is rolled back in the background, and
// sql.DB.Close doesn't wait for that. closePool does.
func TestClosingWaitsForARollbackInTheBackground(t *testing.T) {
	closing := map[string]struct {
		close func(*sql.DB) error
		waits bool
	}{
		"closePool": {closePool, true},
		"sql.DB":    {(*sql.DB).Close, false}, // or the rest proves nothing
	}
	for name, c := range closing {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				db, conn := inUse(t)
				answer := make(chan error, 1)
				go func() { answer <- c.close(db) }()
				synctest.Wait() // until all that runs sleeps or waits
				if waits := len(answer) == 0; waits != c.waits {
					t.Errorf("waits: %v", waits)
				}
				if *conn.closed {
					t.Error("the connection was closed under its rollback")
				}
				close(conn.end)
				if err := <-answer; err != nil {
					t.Error(err)
				}
				synctest.Wait()
				if !*conn.closed {
					t.Error("the connection is open")
				}
			})
		})
	}
}

// It doesn't wait for ever.
func TestClosingLosesPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, conn := inUse(t)
		began := time.Now()
		if err := closePool(db); err == nil || time.Since(began) < patience {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		close(conn.end)
	})
}

// inUse answers a pool with a connection that is being rolled back.
func inUse(t *testing.T) (*sql.DB, slowConn) {
	t.Helper()
	conn := slowConn{end: make(chan struct{}), closed: new(bool)}
	db := sql.OpenDB(slowly{conn})
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := db.BeginTx(ctx, nil); err != nil {
		t.Fatal(err)
	}
	cancel()
	synctest.Wait()
	if n := db.Stats().InUse; n != 1 {
		t.Fatalf("%d connections in use", n)
	}
	return db, conn
}
