// Package account keeps who can open a customer list: the keys file beside the
// database, sign-in by password, and the recovery key.
//
// The keys file is also the manifest. It names the database file that counts,
// so that the one rename with which it is saved turns the key and swaps the
// database at once.
//
// What is in it, and under what:
//
//   - Each member has an X25519 pair. The private half is wrapped with
//     XChaCha20-Poly1305 under Argon2id of the password. The data key is
//     sealed to the public half by HPKE (RFC 9180: DHKEM(X25519, HKDF-SHA256),
//     HKDF-SHA256, ChaCha20Poly1305), so that it can be turned while the
//     member is signed out.
//   - The Account Owner also has an Ed25519 pair, wrapped likewise.
//   - A pair derived from the recovery key gets the data key and the signing
//     half too.
//   - Each of these is bound to the version of the file, the store, the member
//     and the public key that it belongs to: none can be moved elsewhere.
//   - An HMAC-SHA256 under a subkey of the data key covers all of it. It is
//     checked whenever the file is unlocked.
//
// Public keys in the file are not to be believed by themselves: those that
// count stand in the database. Turned seals to these only.
package account
