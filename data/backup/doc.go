// Package backup is the file in which a customer list is kept outside of its
// folder: database and keys, sealed under a passphrase with age
// (https://age-encryption.org/v1, scrypt recipient). Only this package imports
// filippo.io/age.
//
// Inside of age stand, one behind the other:
//
//	magic     13 bytes  "lethe backup\n"
//	length     4 bytes  of the header, big-endian
//	header              JSON, see Header
//	keys                the keys file, Header.Keys bytes
//	database            the sealed database file, Header.Database bytes
//
// The database is not only under age's key: its pages are sealed under a data
// key of the backup's own, which the keys file holds sealed to each member. So
// the passphrase alone opens no list, a password of then alone doesn't either,
// and whatever is staged on a disk while a backup is restored is sealed. age
// authenticates each chunk and the end: a file that was altered, cut short or
// lengthened is data.ErrBackupDamaged.
//
// Both directions stream; memory is that of scrypt (256 MiB at the work factor
// written here).
package backup
