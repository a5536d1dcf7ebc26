package app

import (
	"crypto/rand"

	"lethe/data/otp"
)

func newSecret() (otp.Secret, error) { return otp.NewSecret(rand.Reader) }
