package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"lethe/data"
)

// Settings reads the business's choices; everybody signed in may.
func (s *Store) Settings(ctx context.Context, a *Actor) (out data.Settings, err error) {
	err = s.read(ctx, a, data.OpSettings, func(t *tx) error {
		out, err = t.settings(ctx)
		return err
	})
	return out, err
}

// SaveSettings changes them. It needs ManageSettings; the active window, how
// strict OTPs are and which deletions are told are the Account Owner's alone.
// Strictness is checked against the choices there are: none is looser than
// half.
func (s *Store) SaveSettings(ctx context.Context, a *Actor, next data.Settings) error {
	return s.write(ctx, a, data.OpSaveSettings, func(t *tx) error {
		old, err := t.settings(ctx)
		if err != nil {
			return err
		}
		if old.ActiveDays != next.ActiveDays || old.Strictness != next.Strictness || old.TellAlways != next.TellAlways {
			if err := t.may(data.OpSaveOwnersSettings); err != nil {
				return err
			}
		}
		if err := checkSettings(next); err != nil {
			return err
		}
		if err := t.saveSettings(ctx, next); err != nil {
			return err
		}
		if old.ActiveDays != next.ActiveDays { // other customers are inactive now
			if _, err := t.change(ctx); err != nil {
				return err
			}
		}
		t.publish(data.Event{Kind: data.SettingsChanged})
		return t.audit(ctx, data.AuditSettings, facts{
			"active_days": strconv.Itoa(next.ActiveDays),
			"strictness":  string(next.Strictness),
		})
	})
}

func checkSettings(v data.Settings) error {
	switch v.Strictness {
	case data.StrictHalf, data.StrictTenth, data.StrictAlways:
	default:
		return fmt.Errorf("no such strictness: %q", v.Strictness)
	}
	if v.ActiveDays < 1 || v.ActiveDays > data.MaxDays {
		return fmt.Errorf("active window of %d days", v.ActiveDays)
	}
	for _, minutes := range []int{v.LockOwners, v.LockOthers} {
		if minutes < 0 || minutes > data.MaxLock {
			return fmt.Errorf("lock after %d minutes", minutes)
		}
	}
	if strings.TrimSpace(v.Business) == "" {
		return fmt.Errorf("a business needs a name")
	}
	return nil
}

func (t *tx) settings(ctx context.Context) (data.Settings, error) {
	v := data.Settings{ActiveDays: data.DefaultActiveDays, Strictness: data.StrictHalf}
	rows, err := t.QueryContext(ctx, "SELECT key, value FROM settings")
	if err != nil {
		return v, err
	}
	defer rows.Close()
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return v, err
		}
		switch key {
		case "business":
			v.Business = value
		case "region":
			v.Region = value
		case "active_days":
			if v.ActiveDays, err = strconv.Atoi(value); err != nil {
				return v, err
			}
		case "lock_owners":
			if v.LockOwners, err = strconv.Atoi(value); err != nil {
				return v, err
			}
		case "lock_others":
			if v.LockOthers, err = strconv.Atoi(value); err != nil {
				return v, err
			}
		case "strictness":
			v.Strictness = data.Strictness(value)
		case "tell_always":
			v.TellAlways = value == data.FlagYes
		}
	}
	return v, rows.Err()
}

func (t *tx) saveSettings(ctx context.Context, v data.Settings) error {
	for key, value := range map[string]string{
		"business":    strings.TrimSpace(v.Business),
		"region":      v.Region,
		"active_days": strconv.Itoa(v.ActiveDays),
		"strictness":  string(v.Strictness),
		"lock_owners": strconv.Itoa(v.LockOwners),
		"lock_others": strconv.Itoa(v.LockOthers),
		"tell_always": yes(v.TellAlways),
	} {
		if _, err := t.ExecContext(ctx,
			"INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
			key, value); err != nil {
			return err
		}
	}
	return nil
}
