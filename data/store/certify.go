package store

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lethe/data"
)

// makeCertificateSeed gives the list the key that signs its certificates, once.
func (t *tx) makeCertificateSeed(ctx context.Context) error {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := rand.Read(seed); err != nil {
		return err
	}
	_, err := t.ExecContext(ctx, "UPDATE store SET certificate_seed = ? WHERE length(certificate_seed) = 0", seed)
	return err
}

func (t *tx) certificateSigner(ctx context.Context) (ed25519.PrivateKey, error) {
	var seed []byte
	if err := t.QueryRowContext(ctx, "SELECT certificate_seed FROM store").Scan(&seed); err != nil {
		return nil, err
	}
	if len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("%w: no key for certificates", data.ErrDamaged)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func (t *tx) certificateKey(ctx context.Context) (key data.SigningKey, err error) {
	signer, err := t.certificateSigner(ctx)
	if err == nil {
		copy(key[:], signer.Public().(ed25519.PublicKey))
	}
	return key, err
}

// CertificateKey reads the public key of the list's certificates. Everybody
// signed in may: it stands in every confirmation.
func (s *Store) CertificateKey(ctx context.Context, a *Actor) (key data.SigningKey, err error) {
	err = s.read(ctx, a, data.OpCertificateKey, func(t *tx) error {
		key, err = t.certificateKey(ctx)
		return err
	})
	return key, err
}

// evidence adds to the facts of a deletion's audit entry what its certificate
// will say.
func (d *deletion) evidence(ctx context.Context, r *data.Receipt, f facts) error {
	f["method"] = string(data.MethodInPlace)
	if d.plan.mostGo() {
		f["method"] = string(data.MethodNewKey)
	}
	f["segments"] = strconv.Itoa(r.Cascade.Segments)
	if r.Asked != 0 {
		f["asked"] = strconv.Itoa(int(r.Asked))
	}
	if r.Approved {
		owner, err := d.accountOwner(ctx)
		if err != nil {
			return err
		}
		f["approved_by"] = strconv.FormatInt(int64(owner.ID), 10)
	}
	return nil
}

// Certify makes a certificate of the deletion that an audit entry tells of. It
// says what the list itself wrote down, whoever asks. write lays it out and signs it, by a signer
// that is worth nothing afterwards; Certify returns what write returns. It
// answers data.ErrNotFound where the entry is of no deletion, and
// data.ErrScrubPending until the files are cleaned.
func (s *Store) Certify(ctx context.Context, a *Actor, entry int64, write func(data.Evidence, crypto.Signer) ([]byte, error)) ([]byte, error) {
	var e data.Evidence
	var signer ed25519.PrivateKey
	err := s.read(ctx, a, data.OpCertify, func(t *tx) (err error) {
		if e, err = t.evidence(ctx, entry); err != nil {
			return err
		}
		signer, err = t.certificateSigner(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer clear(signer)
	return write(e, signer)
}

func (t *tx) evidence(ctx context.Context, seq int64) (data.Evidence, error) {
	entry, err := t.entry(ctx, seq)
	if err != nil {
		return data.Evidence{}, err
	}
	if entry.Actor != t.actor {
		if err := t.may(data.OpCertifyOthers); err != nil {
			return data.Evidence{}, err
		}
	}
	if entry.Kind != data.AuditDelete {
		return data.Evidence{}, data.ErrNotFound
	}
	settings, err := t.settings(ctx)
	if err != nil {
		return data.Evidence{}, err
	}
	log, err := t.witness(ctx)
	if err != nil {
		return data.Evidence{}, err
	}
	f := entry.Facts
	number := func(key string) int {
		n, _ := strconv.Atoi(f[key]) // a fact that isn't there counts nothing
		return n
	}
	e := data.Evidence{
		Business: settings.Business, At: entry.At, Way: data.Way(f["way"]),
		Deleted: number("deleted"), Stay: number("stay"),
		Cascade: data.Cascade{
			Notes: number("notes"), Interactions: number("interactions"),
			CustomValues: number("custom_values"), Segments: number("segments"),
		},
		Method: data.Method(f["method"]), Asked: data.Date(number("asked")), Plan: f["plan"],
		Entry: data.Witness{Entries: entry.Seq, Head: entry.Hash}, Log: log, Issued: t.now,
	}
	if kinds := f["filter"]; kinds != "" {
		for _, k := range strings.Split(kinds, ",") {
			e.Conditions = append(e.Conditions, data.Field(k))
		}
	}
	if e.By, err = t.nameOf(ctx, entry.Actor); err != nil {
		return e, err
	}
	if f["otp"] == data.FlagYes {
		if e.ApprovedBy, err = t.nameOf(ctx, data.UserID(number("approved_by"))); err != nil {
			return e, err
		}
	}
	return e, t.scrubOf(ctx, seq, &e)
}

// scrubOf reads how the clean-up after a deletion ended.
func (t *tx) scrubOf(ctx context.Context, seq int64, e *data.Evidence) error {
	var state, report string
	var finished int64
	err := t.QueryRowContext(ctx, "SELECT state, report, finished FROM scrub_jobs WHERE audit = ?", seq).
		Scan(&state, &report, &finished)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return data.ErrNotFound
	case err != nil:
		return err
	case state == string(data.ScrubPending):
		return data.ErrScrubPending
	}
	if err := json.Unmarshal([]byte(report), &e.Scrub); err != nil {
		return err
	}
	e.Scrub.State, e.Finished = data.ScrubState(state), time.Unix(finished, 0).UTC()
	return nil
}

func (t *tx) nameOf(ctx context.Context, id data.UserID) (string, error) {
	u, err := t.user(ctx, id)
	if errors.Is(err, data.ErrNotFound) {
		return "", nil
	}
	return u.Name, err
}

func (t *tx) entry(ctx context.Context, seq int64) (data.Entry, error) {
	rows, err := t.QueryContext(ctx, "SELECT seq, at, actor, kind, facts, prev, hash FROM audit WHERE seq = ?", seq)
	if err != nil {
		return data.Entry{}, err
	}
	defer rows.Close()
	if !rows.Next() {
		return data.Entry{}, errors.Join(rows.Err(), data.ErrNotFound)
	}
	return scanEntry(rows)
}
