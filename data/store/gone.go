package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
)

// What is gone is written down by id, in the transaction in which it goes, so
// that no restore of an older backup brings a deleted customer back. Ids are
// never used again and name nobody. What a restore takes away is written down
// apart: a later backup may hold it, and restoring that one brings it back.

type (
	goneKind string // whose ids
	goneHow  string
)

const (
	goneCustomers goneKind = "customer"
	goneFields    goneKind = "field" // custom fields
	goneSegments  goneKind = "segment"

	goneDeleted goneHow = "deleted"
	goneRestore goneHow = "restore"
)

const (
	goneBlock = 1024 // ids in a row of the table
	goneBytes = goneBlock / 8
)

// idSet are ids by blocks of bits, as the table holds them.
type idSet map[int64][]byte

func (s idSet) has(id int64) bool {
	bits, ok := s[id/goneBlock]
	n := id % goneBlock
	return ok && bits[n/8]&(1<<(n%8)) != 0
}

func (s idSet) add(id int64) { s.block(id)[id%goneBlock/8] |= 1 << (id % goneBlock % 8) }

func (s idSet) remove(id int64) {
	if s.has(id) {
		s[id/goneBlock][id%goneBlock/8] &^= 1 << (id % goneBlock % 8)
	}
}

func (s idSet) block(id int64) []byte {
	bits, ok := s[id/goneBlock]
	if !ok {
		bits = make([]byte, goneBytes)
		s[id/goneBlock] = bits
	}
	return bits
}

// addUpTo adds every id from 1 to last.
func (s idSet) addUpTo(last int64) {
	for id := int64(1); id <= last; id++ {
		if id%goneBlock == 0 && last-id >= goneBlock {
			whole := s.block(id)
			for i := range whole {
				whole[i] = 0xff
			}
			id += goneBlock - 1
			continue
		}
		s.add(id)
	}
}

// setGone writes down that ids went, in addition to those that did before.
func setGone[ID ~int64](ctx context.Context, t *tx, kind goneKind, how goneHow, ids []ID) error {
	set := idSet{}
	for _, id := range ids {
		set.add(int64(id))
	}
	return t.addGone(ctx, kind, how, set)
}

func (t *tx) addGone(ctx context.Context, kind goneKind, how goneHow, set idSet) error {
	for block, bits := range set {
		var before []byte
		err := t.QueryRowContext(ctx, "SELECT bits FROM gone WHERE kind = ? AND how = ? AND block = ?",
			string(kind), string(how), block).Scan(&before)
		switch {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return err
		default:
			bits = slices.Clone(bits)
			for i := range before {
				bits[i] |= before[i]
			}
		}
		if err := t.putGone(ctx, kind, how, block, bits); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) putGone(ctx context.Context, kind goneKind, how goneHow, block int64, bits []byte) error {
	_, err := t.ExecContext(ctx, `INSERT INTO gone (kind, how, block, bits) VALUES (?, ?, ?, ?)
		ON CONFLICT (kind, how, block) DO UPDATE SET bits = excluded.bits`, string(kind), string(how), block, bits)
	return err
}

// gone reads which ids of a kind went, from the table of the database that is
// called schema ("main" or an attached one's name).
func (t *tx) gone(ctx context.Context, schema string, kind goneKind, how goneHow) (idSet, error) {
	rows, err := t.QueryContext(ctx, "SELECT block, bits FROM "+schema+".gone WHERE kind = ? AND how = ?", string(kind), string(how))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	set := idSet{}
	for rows.Next() {
		var block int64
		var bits []byte
		if err := rows.Scan(&block, &bits); err != nil {
			return nil, err
		}
		set[block] = bits
	}
	return set, rows.Err()
}

// everythingGone writes down that every customer and segment up to now was
// deleted: Delete All.
func (t *tx) everythingGone(ctx context.Context) error {
	for kind, table := range map[goneKind]string{goneCustomers: "customers", goneSegments: "segments"} {
		var last int64
		if err := t.QueryRowContext(ctx, "SELECT coalesce((SELECT seq FROM main.sqlite_sequence WHERE name = ?), 0)",
			table).Scan(&last); err != nil {
			return err
		}
		set := idSet{}
		set.addUpTo(last)
		if err := t.addGone(ctx, kind, goneDeleted, set); err != nil {
			return err
		}
	}
	return nil
}
