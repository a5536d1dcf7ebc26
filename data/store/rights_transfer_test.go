package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// transferCalls are the calls of what has to do with files of customers.
func transferCalls() map[data.Operation]call {
	ctx := context.Background()
	exportOf := func(t *testing.T) (data.Export, string) {
		dir := t.TempDir()
		return data.Export{Format: data.ExportCSV, What: data.ExportAll, Path: filepath.Join(dir, "list.csv")},
			filepath.Join(dir, store.ExportTempPrefix+"1")
	}
	return map[data.Operation]call{
		data.OpImportMapping: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.ImportMapping(ctx, a, []byte("x"))
			return err
		},
		data.OpWouldChange: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.WouldChange(ctx, a, importOf(storetest.Row(919820100000, 1)).Each)
			return err
		},
		data.OpLastImport: func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.LastImport(ctx, a); return err },
		data.OpSealUndo: func(t *testing.T, h *house, a *store.Actor) error {
			id := h.imported(a)
			_, err := h.SealUndo(ctx, a, id)
			return err
		},
		data.OpDeleteUndo: func(t *testing.T, h *house, a *store.Actor) error {
			p, err := h.SealUndo(ctx, a, h.imported(a))
			if err == nil {
				_, _, err = h.Store.Delete(ctx, a, p, nil, texts, nil)
			}
			return err
		},
		data.OpBeginExport: func(t *testing.T, h *house, a *store.Actor) error {
			e, temp := exportOf(t)
			_, err := h.BeginExport(ctx, a, storetest.Password, e, temp)
			return err
		},
		data.OpReadExport: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.ReadExport(ctx, a, []data.CustomerID{1}, nobody)
		},
		data.OpCommitExport: func(t *testing.T, h *house, a *store.Actor) error {
			e, temp := exportOf(t)
			id, err := h.BeginExport(ctx, a, storetest.Password, e, temp)
			if err != nil {
				return err
			}
			return h.CommitExport(ctx, a, id, 5)
		},
		data.OpEndExport: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.EndExport(ctx, a, 1, data.ExportFailed)
		},
		data.OpExports: func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Exports(ctx, a); return err },
	}
}

// imported imports somebody as a, and answers what undoes it; 0 if a may not.
func (h *house) imported(a *store.Actor) int64 {
	h.next++
	if _, err := h.Import(context.Background(), a, importOf(&store.ImportRow{Customer: data.Customer{Phone: h.next}}), nil); err != nil {
		return 0
	}
	done, err := h.LastImport(context.Background(), a)
	if err != nil {
		return 0
	}
	return done.ID
}
