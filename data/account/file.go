package account

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"lethe/data"
	"lethe/data/store/sealed"
)

// FileName is the name of the keys file in the data folder.
const FileName = "keys"

const (
	format  = "lethe keys"
	version = 1

	maxFile = 16 << 20 // bytes; a slot takes about one kilobyte
)

// Member is somebody who can sign in, as the sign-in page shows them.
type Member struct {
	ID           data.UserID
	Name         string
	AccountOwner bool
}

// File is the keys file. Changes are made to it in memory and count once Save
// has returned without an error; if it hasn't, Load again. A File is not safe
// for use from several goroutines at once.
type File struct{ c content }

// content is the file as it is written.
type content struct {
	Format   string       `json:"format"`
	Version  int          `json:"version"`
	Store    []byte       `json:"store"` // random; says which store the slots belong to
	Database string       `json:"database"`
	Members  []slot       `json:"members"`
	Recovery recoverySlot `json:"recovery"`
	MAC      []byte       `json:"mac"`
}

type slot struct {
	ID      data.UserID `json:"id"`
	Name    string      `json:"name"`
	Owner   bool        `json:"account_owner,omitempty"`
	KDF     KDF         `json:"kdf"`
	Salt    []byte      `json:"salt"`
	Public  []byte      `json:"public"`   // X25519
	Private []byte      `json:"private"`  // wrapped under the password
	DataKey []byte      `json:"data_key"` // sealed to Public

	SigningPublic []byte `json:"signing_public,omitempty"` // Ed25519, of the Account Owner
	Signing       []byte `json:"signing,omitempty"`        // its seed, wrapped under the password
}

type recoverySlot struct {
	Public  []byte `json:"public"`   // X25519
	DataKey []byte `json:"data_key"` // sealed to Public
	Signing []byte `json:"signing"`  // the Account Owner's seed, sealed to Public
}

// Load reads the keys file of a folder. The error wraps os.ErrNotExist if
// there is none, data.ErrDamaged if it can't be read as one, data.ErrNewer if
// a later Lethe wrote it. Nothing of it is proven before Unlock or VerifyMAC.
func Load(dir string) (*File, error) {
	path := filepath.Join(dir, FileName)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the keys: %w", err)
	case !info.Mode().IsRegular():
		return nil, damaged(errors.New("not a file"))
	case info.Size() > maxFile:
		return nil, damaged(errors.New("too large"))
	}
	r, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the keys: %w", err)
	}
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err := errors.Join(err, r.Close()); err != nil {
		return nil, fmt.Errorf("reading the keys: %w", err)
	}
	return parse(b)
}

func parse(b []byte) (*File, error) {
	if len(b) > maxFile {
		return nil, damaged(errors.New("too large"))
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	switch err := json.Unmarshal(b, &head); {
	case err != nil:
		return nil, damaged(err)
	case head.Format != format || head.Version < 1:
		return nil, damaged(errors.New("not a keys file"))
	case head.Version > version:
		return nil, fmt.Errorf("the keys file: %w", data.ErrNewer)
	}
	f := &File{}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&f.c); err != nil {
		return nil, damaged(err)
	}
	if err := f.c.check(); err != nil {
		return nil, damaged(err)
	}
	return f, nil
}

// Decode reads what Encode wrote, with the errors of Load.
func Decode(b []byte) (*File, error) { return parse(b) }

// Encode is the file's content, as Save writes it and a backup holds it.
func (f *File) Encode() ([]byte, error) {
	b, err := json.MarshalIndent(&f.c, "", "\t")
	if err != nil {
		return nil, fmt.Errorf("writing the keys: %w", err)
	}
	if len(b) > maxFile {
		return nil, fmt.Errorf("writing the keys: %d bytes are too many", len(b))
	}
	return append(b, '\n'), nil
}

// Save writes the file into a folder, whole or not at all.
func (f *File) Save(dir string) error {
	b, err := f.Encode()
	if err != nil {
		return err
	}
	if err := sealed.WriteFileAtomic(filepath.Join(dir, FileName), b, 0o600); err != nil {
		return fmt.Errorf("writing the keys: %w", err)
	}
	return nil
}

// Database is the name of the database file that counts.
func (f *File) Database() string { return f.c.Database }

// Members lists who can sign in, in the order in which they were added.
func (f *File) Members() []Member {
	out := make([]Member, len(f.c.Members))
	for i, s := range f.c.Members {
		out[i] = Member{ID: s.ID, Name: s.Name, AccountOwner: s.Owner}
	}
	return out
}

// PublicOf is the X25519 public key that the file holds for a member, to be
// compared with the one in the database.
func (f *File) PublicOf(id data.UserID) ([]byte, bool) {
	i := f.c.index(id)
	if i < 0 {
		return nil, false
	}
	return slices.Clone(f.c.Members[i].Public), true
}

// RecoveryPublic is the X25519 public key of the recovery key.
func (f *File) RecoveryPublic() []byte { return slices.Clone(f.c.Recovery.Public) }

// SigningPublic is the Ed25519 public key of the Account Owner.
func (f *File) SigningPublic() []byte { return slices.Clone(f.c.owner().SigningPublic) }

func damaged(why error) error {
	return fmt.Errorf("the keys file: %w: %w", data.ErrDamaged, why)
}
