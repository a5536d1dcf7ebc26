// Package otp makes and checks the Account Owner's one-time passwords: TOTP
// (RFC 6238) with SHA-1, six digits and 30 seconds, which is what
// authenticator apps read.
//
// Everything here is pure: the State comes in, the State to keep goes out, and
// the clock is handed in. Who persists it (package store) writes it in the
// transaction in which it was read, also where the check failed: that is what
// makes a second use, and guessing, impossible across restarts.
//
// It is the only importer of github.com/pquerna/otp.
package otp
