// Package store keeps the customer list in a sealed SQLite database: schema,
// migrations, queries, who may do what, and the deletion itself.
//
// Every method that reads or writes takes the Actor that a sign-in made and
// reads that person's rights again inside its own transaction; it answers
// data.ErrDenied where the role does not allow it, whatever the window showed.
//
// There is one writing connection and a pool of reading ones. All of them are
// opened with the same checked pragmas through the sealed VFS, so that no
// plaintext reaches the disk, and all of them drain and close behind the
// barrier when the files are scrubbed after a deletion.
//
// Methods may be called from any goroutine. Events are published on the
// goroutine of the change, after its commit.
package store
