// Package data is the vocabulary of Lethe and its pure rules: customers,
// filters, people and what they may do, when the owner's OTP is due, and what
// is written down about a deletion.
//
// It imports the standard library only, holds no state and knows neither the
// database nor the window. The packages below it do the work: store keeps,
// account unlocks, view finds, purge deletes, otp authorises, transfer reads
// and writes files.
package data
