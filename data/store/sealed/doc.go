// Package sealed keeps SQLite's files encrypted: a VFS shim beneath
// modernc.org/sqlite through which the database, its WAL and its rollback
// journal reach the disk only as sealed pages, and the tools to read such files
// page by page, to look for values in them and to overwrite them.
//
// # Keys
//
// From one random 256-bit data key, HKDF-SHA256 derives a key for pages of the
// database, one for pages of logs and journals, two for headers of WAL frames
// (block and tweak), one for checksums in journals, and the key check. Each page
// is sealed with XChaCha20-Poly1305 under a fresh random 192-bit nonce: nothing
// is counted, so neither a copied folder nor a cloned machine repeats one.
//
// # Format, to the byte
//
// A page has 4,096 bytes of which SQLite uses 4,056. AAD is the associated data:
// authenticated, not stored.
//
//	database page n > 1
//	     0  4056  content, sealed             AAD: 'D', n (4 bytes, big-endian)
//	  4056    16  Poly1305 tag
//	  4072    24  nonce
//	database page 1
//	     0    16  key check, the same for every file under a key, never changed
//	    16    84  SQLite's header, clear      AAD: 'D', 1, these 84 bytes
//	   100  3956  content, sealed
//	  4056    40  tag, nonce
//	WAL
//	     0    32  SQLite's header, clear, but with version 0x5ea1ed01
//	     then frames of 4,120 bytes; one that begins at o:
//	     0     8  page number, size after commit  } one AES-256 block, XEX: tweak
//	     8     8  salts, clear                    } is o (8 bytes, big-endian, and
//	    16     8  checksums                       } 8 zeros) under the second key
//	    24  4056  content, sealed             AAD: 'W', o (8 bytes), bytes 0 to 7
//	  4080    40  tag, nonce
//	rollback journal
//	     0   512  SQLite's header, clear, but for its first byte, which is 0
//	              (repeated at sectors where SQLite does)
//	     then records of 4,104 bytes:
//	     0     4  page number n, clear
//	     4  4056  content, sealed             AAD: 'J', n
//	  4060    40  tag, nonce
//	  4100     4  checksum, XOR a mask: AES-CBC-MAC of the nonce, first 4 bytes
//	     at its end perhaps a super-journal's path, clear, as SQLite writes it
//
// Why so: SQLite probes bytes 16 to 99 of the database without a lock, so they
// can't be sealed. The checksums of frames and records are linear functions of
// the plaintext, so they must be. The salts of a WAL are no part of the AAD nor
// of a nonce, because with a spilled cache SQLite writes a frame's header anew,
// and pages in place. The two small changes of headers keep programs that know
// nothing of this VFS from removing a log or journal that they can't understand.
// The 40 bytes at a page's end must be zero when SQLite writes it, and are zero
// when it reads it.
//
// # Threat model
//
// The attacker has the files, at one time or at many, may write to them while
// nobody has them open, and has no data key. Whoever runs code in the process,
// or holds the key, is not kept out by this package.
//
// Whoever copies the files without the data key reads nothing of their content,
// and cannot change a byte of the database that SQLite would take for true: a
// page that was altered, moved or cut off is IOERR_DATA, another key NOTADB.
// Pages that SQLite never wrote are sealed zeros. On the way to the database the
// unallocated gap of each b-tree page is zeroed, where SQLite keeps what was
// deleted even with secure_delete=ON. Nothing is written to temporary files:
// they are refused.
//
// Visible are: sizes, the number of pages, SQLite's header (change counter,
// user_version, schema cookie), page numbers in a rollback journal, the -shm
// file (page numbers), times of access, and which files share a key.
//
// Not detected are: an old whole file or an old page put back in its place; a
// WAL or journal removed, cut short at a frame or altered in its clear header,
// which takes from the database what only stood there. A byte altered in a WAL
// ends it there, as a torn write does; where a later frame of the same log still
// opens, that is reported (see LogLoss), and where none does, in the last
// transaction, nothing tells it from a crash. A database is never rolled back by
// a journal that was altered in a record, but by one that was cut it is in part,
// and by one of earlier that is laid beside it: the pages of then are old pages
// put back. A journal of a header alone can cut the database off, as whoever
// writes to it can; what is missing is noticed. Memory, swap and core dumps hold
// keys and plaintext. After Close, the ciphers are left to the garbage collector.
//
// # Rules for its use
//
// Each connection: temp_store=MEMORY (else VACUUM and large sorts fail),
// secure_delete=ON, and Guard. Refused: other page sizes, auto_vacuum, mmap,
// synchronous=OFF, journal_mode OFF and MEMORY, nolock and immutable in the URI,
// databases over 137 GB, and every read or write of a shape that SQLite is not
// known to use. Page, WAL and search functions open files by hand, so no
// connection may be open then: closing the file drops SQLite's POSIX locks.
package sealed
