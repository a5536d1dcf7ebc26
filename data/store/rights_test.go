package store_test

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// house is a store with people in it whose rights differ by one permission.
type house struct {
	*storetest.Store
	next   data.Phone
	count  int
	backup string
	people map[string]*store.Actor // by their permissions
	roles  map[string]data.RoleID  // of once
}

func newHouse(t *testing.T) *house {
	h := &house{Store: storetest.New(t), next: 919821000000, people: map[string]*store.Actor{}}
	h.Fill(t, h.Owner, 919820100000, 5)
	return h
}

// with signs in somebody whose role has these permissions and what they need.
func (h *house) with(t *testing.T, ps ...data.Permission) *store.Actor {
	t.Helper()
	set := data.NewPermissionSet(ps...).Encode()
	a, ok := h.people[set]
	if !ok {
		a = h.Add(t, h.name("Member"), h.Role(t, "Role", ps...))
		h.people[set] = a
	}
	return a
}

// without signs in somebody who may do all but p and what can't be without it.
func (h *house) without(t *testing.T, p data.Permission) *store.Actor {
	t.Helper()
	var ps []data.Permission
	for _, info := range data.Permissions() {
		if !data.NewPermissionSet(info.Permission)[p] {
			ps = append(ps, info.Permission)
		}
	}
	return h.with(t, ps...)
}

// customer adds one whose Agent is a.
func (h *house) customer(t *testing.T, a *store.Actor) data.CustomerID {
	t.Helper()
	h.next++
	row := &store.ImportRow{Customer: data.Customer{Phone: h.next, Name: "Somebody", Agent: a.User()}}
	if _, err := h.Import(t.Context(), h.Owner, importOf(row), nil); err != nil {
		t.Fatal(err)
	}
	ids := h.IDs(t)
	return ids[len(ids)-1]
}

// name is one that nobody has yet.
func (h *house) name(begins string) string {
	h.count++
	return fmt.Sprint(begins, " ", h.count)
}

// none is a role without permissions, other is another one.
func (h *house) none(t *testing.T) data.RoleID { return h.once(t, "None") }

func (h *house) other(t *testing.T) data.RoleID { return h.once(t, "Other") }

func (h *house) once(t *testing.T, name string) data.RoleID {
	t.Helper()
	if h.roles == nil {
		h.roles = map[string]data.RoleID{}
	}
	if _, ok := h.roles[name]; !ok {
		h.roles[name] = h.Role(t, name)
	}
	return h.roles[name]
}

// empty makes a role without permissions or members.
func (h *house) empty(t *testing.T) data.Role {
	t.Helper()
	r := data.Role{Kind: data.CustomRole, Name: h.name("Empty"), Permissions: data.PermissionSet{}}
	var err error
	if r.ID, err = h.AddRole(t.Context(), h.Store.Owner, storetest.Password, r); err != nil {
		t.Fatal(err)
	}
	return r
}

// plain adds a member with no permission.
func (h *house) plain(t *testing.T) data.UserID {
	t.Helper()
	h.count++
	id, err := h.AddUser(t.Context(), h.Store.Owner, storetest.Password, data.User{Name: fmt.Sprint("Plain ", h.count), Role: h.none(t)}, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func importOf(rows ...*store.ImportRow) store.ImportRequest {
	return store.ImportRequest{Mode: store.ImportSkip, Each: func(yield func(*store.ImportRow) error) error {
		for _, r := range rows {
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	}}
}

// code is an OTP that was not used yet, once an authenticator is enrolled.
func (h *house) code() string {
	if h.Secret == nil {
		return ""
	}
	h.Clock.Add(5 * otp.Period)
	return h.Code()
}

func nobody(*data.Row) error { return nil }

// call asks the store for an operation as a, in a way in which nothing but a
// missing right is in its way.
type call func(t *testing.T, h *house, a *store.Actor) error

// calls has one for each line of the matrix that is open to people.
func calls() map[data.Operation]call {
	ctx := context.Background()
	table := map[data.Operation]call{
		data.OpAccountOwner: func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.AccountOwner(ctx, a); return err },
		data.OpChanges:      func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Changes(ctx, a); return err },
		data.OpChangePassword: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.ChangePassword(ctx, a, storetest.Password, storetest.Password)
		},
		data.OpCheckPassword: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.CheckPassword(ctx, a, storetest.Password)
		},
		data.OpCustomers: func(_ *testing.T, h *house, a *store.Actor) error { return h.Customers(ctx, a, nobody) },
		data.OpCustomersByID: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.CustomersByID(ctx, a, []data.CustomerID{1}, nobody)
		},
		data.OpDetails: func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.Details(ctx, a, h.customer(t, a))
			return err
		},
		data.OpMark:       func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Mark(ctx, a); return err },
		data.OpMe:         func(_ *testing.T, h *house, a *store.Actor) error { _, _, err := h.Me(ctx, a); return err },
		data.OpMembers:    func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Members(ctx, a); return err },
		data.OpOTPSetUp:   func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.OTPSetUp(ctx, a); return err },
		data.OpQuickCheck: func(_ *testing.T, h *house, a *store.Actor) error { return h.QuickCheck(ctx, a) },
		data.OpRights:     func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Rights(ctx, a); return err },
		data.OpSegments:   func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Segments(ctx, a); return err },
		data.OpSettings:   func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Settings(ctx, a); return err },

		data.OpRecoveryProved: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.RecoveryProved(ctx, a)
			return err
		},
		data.OpProveRecovery: func(_ *testing.T, h *house, a *store.Actor) error { return h.ProveRecovery(ctx, a) },

		data.OpAddInteraction: func(t *testing.T, h *house, a *store.Actor) error {
			return h.AddInteraction(ctx, a, data.Interaction{Customer: h.customer(t, a), Kind: data.InteractionCall, At: h.Clock.Now()})
		},
		data.OpAddNote: func(t *testing.T, h *house, a *store.Actor) error {
			return h.AddNote(ctx, a, h.customer(t, a), "A note")
		},
		data.OpAddRole: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.AddRole(ctx, a, storetest.Password, data.Role{Name: h.name("Empty")})
			return err
		},
		data.OpAddUser: func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.AddUser(ctx, a, storetest.Password, data.User{Name: h.name("New"), Role: h.none(t)}, storetest.Password)
			return err
		},
		data.OpFormerMembers: func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.FormerMembers(ctx, a); return err },
		data.OpTurnRoom:      func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.TurnRoom(ctx, a); return err },
		data.OpTurnKey:       func(_ *testing.T, h *house, a *store.Actor) error { return h.TurnKey(ctx, a, nil) },
		data.OpResetPassword: func(t *testing.T, h *house, a *store.Actor) error {
			return h.ResetPassword(ctx, a, storetest.Password, h.plain(t), storetest.Password)
		},
		data.OpDeactivateUser: func(t *testing.T, h *house, a *store.Actor) error {
			return h.DeactivateUser(ctx, a, storetest.Password, h.plain(t))
		},
		data.OpActivateUser: func(t *testing.T, h *house, a *store.Actor) error {
			id := h.plain(t)
			if err := h.DeactivateUser(ctx, h.Owner, storetest.Password, id); err != nil {
				t.Fatal(err)
			}
			return h.ActivateUser(ctx, a, storetest.Password, id, storetest.Password)
		},
		data.OpRemoveUser: func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveUser(ctx, a, storetest.Password, h.plain(t), 0)
		},
		data.OpEditUser: func(t *testing.T, h *house, a *store.Actor) error {
			id := h.plain(t)
			return h.EditUser(ctx, a, storetest.Password, data.User{ID: id, Name: fmt.Sprint("Renamed ", id)})
		},
		data.OpSetUserRole: func(t *testing.T, h *house, a *store.Actor) error {
			return h.SetUserRole(ctx, a, storetest.Password, h.plain(t), h.other(t))
		},
		data.OpEditRole: func(t *testing.T, h *house, a *store.Actor) error {
			r := h.empty(t)
			return h.EditRole(ctx, a, storetest.Password, r, data.Role{Name: r.Name + " changed"}, nil)
		},
		data.OpDeleteRole: func(t *testing.T, h *house, a *store.Actor) error {
			return h.DeleteRole(ctx, a, storetest.Password, h.empty(t), 0, nil)
		},
		data.OpTransfer: func(t *testing.T, h *house, a *store.Actor) error {
			secret := otp.Secret("12345678901234567890")
			_, err := h.TransferOwnership(ctx, a, store.Transfer{
				To: h.plain(t), Password: storetest.Password, NewPassword: storetest.Password,
				Secret: secret, NewCode: otp.CodeAt(secret, h.Clock.Now()),
			})
			if errors.Is(err, data.ErrOTPNotSetUp) {
				return nil // allowed, with an OTP
			}
			return err
		},
		data.OpAddSegment: func(_ *testing.T, h *house, a *store.Actor) error {
			h.count++
			_, err := h.AddSegment(ctx, a, data.Segment{Name: fmt.Sprint("Segment ", h.count)})
			return err
		},
		data.OpDeleteSegment: func(t *testing.T, h *house, a *store.Actor) error {
			h.count++
			id, err := h.AddSegment(ctx, h.Owner, data.Segment{Name: fmt.Sprint("Segment ", h.count)})
			if err != nil {
				t.Fatal(err)
			}
			return h.DeleteSegment(ctx, a, id)
		},
		data.OpAudit:      func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Audit(ctx, a, 1); return err },
		data.OpFields:     func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Fields(ctx, a); return err },
		data.OpDigest:     func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Digest(ctx, a); return err },
		data.OpAuditState: func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.AuditState(ctx, a, nil); return err },
		data.OpExportAudit: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.ExportAudit(ctx, a, func(*data.Entry, *data.Countersign) error { return nil })
		},
		data.OpAcceptLogBreak: func(_ *testing.T, h *house, a *store.Actor) error {
			err := h.AcceptLogBreak(ctx, a, storetest.Password, h.code(), nil, data.LogState{})
			if errors.Is(err, data.ErrNotFound) || errors.Is(err, data.ErrConflict) || errors.Is(err, data.ErrOTPNotSetUp) {
				return nil // allowed, where the log is broken
			}
			return err
		},
		data.OpBackups: func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Backups(ctx, a); return err },
		data.OpBackUp: func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.BackUp(ctx, a, store.BackupRequest{
				Path: filepath.Join(t.TempDir(), "b"), Passphrase: passphrase, Password: storetest.Password,
			}, nil)
			return err
		},
		data.OpRemoveBackup: func(t *testing.T, h *house, a *store.Actor) error {
			b, err := h.BackUp(ctx, h.Owner, store.BackupRequest{
				Path: filepath.Join(t.TempDir(), "b"), Passphrase: passphrase, Password: storetest.Password,
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			return h.RemoveBackup(ctx, a, b.ID)
		},
		data.OpRolling: func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Rolling(ctx, a); return err },
		data.OpSetRolling: func(t *testing.T, h *house, a *store.Actor) error {
			err := h.SetRolling(ctx, a, store.RollingRequest{
				Path: filepath.Join(t.TempDir(), "b"), Passphrase: passphrase, Password: storetest.Password,
			}, nil)
			if err == nil {
				err = h.SetRolling(ctx, a, store.RollingRequest{Password: storetest.Password}, nil)
			}
			return err
		},
		data.OpRewriteRolling: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.RewriteRolling(ctx, a, nil)
			return err
		},
		data.OpHolding: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.Holding(ctx, a, []data.CustomerID{1}, 0)
			return err
		},
		data.OpStageRestore: func(t *testing.T, h *house, a *store.Actor) error {
			r, err := h.StageRestore(ctx, a, h.backedUp(t), passphrase, nil)
			if err == nil {
				err = r.Discard()
			}
			return err
		},
		data.OpAuthoriseRestore: func(t *testing.T, h *house, a *store.Actor) error { return h.restoreAs(t, a, false) },
		data.OpRestore:          func(t *testing.T, h *house, a *store.Actor) error { return h.restoreAs(t, a, true) },

		data.OpOutbox: func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Outbox(ctx, a); return err },
		data.OpRoles:  func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Roles(ctx, a); return err },
		data.OpSaveSettings: func(t *testing.T, h *house, a *store.Actor) error {
			old, err := h.Settings(ctx, h.Owner)
			if err != nil {
				t.Fatal(err)
			}
			old.Business += "."
			return h.SaveSettings(ctx, a, old)
		},
		data.OpImport: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.Import(ctx, a, importOf(storetest.Row(919820100000, 1)), nil)
			return err
		},
		data.OpImportUpdating: func(_ *testing.T, h *house, a *store.Actor) error {
			req := importOf(storetest.Row(919820100000, 1))
			req.Mode = store.ImportUpdate
			_, err := h.Import(ctx, a, req, nil)
			return err
		},
		data.OpImportNewField: func(_ *testing.T, h *house, a *store.Actor) error {
			h.count++
			req := importOf(storetest.Row(919820100000, 1))
			req.NewFields = []string{fmt.Sprint("Field ", h.count)}
			_, err := h.Import(ctx, a, req, nil)
			return err
		},
		data.OpSeal: func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.Seal(ctx, a, store.SealRequest{Way: data.WayOne, IDs: []data.CustomerID{h.customer(t, a)}})
			return err
		},
		data.OpDelete: func(t *testing.T, h *house, a *store.Actor) error {
			p, err := h.Seal(ctx, a, store.SealRequest{Way: data.WayOne, IDs: []data.CustomerID{h.customer(t, a)}})
			if err == nil {
				_, _, err = h.Store.Delete(ctx, a, p, nil, texts, nil)
			}
			return err
		},
		data.OpAuthorise: func(t *testing.T, h *house, a *store.Actor) error {
			p, err := h.Seal(ctx, a, store.SealRequest{Way: data.WayOne, IDs: []data.CustomerID{h.customer(t, a)}})
			if err != nil {
				return err
			}
			if _, err = h.Authorise(ctx, a, p, "123456"); errors.Is(err, data.ErrOTPNotSetUp) {
				return nil // allowed to ask
			}
			return err
		},

		data.OpEnrolOTP: func(_ *testing.T, h *house, a *store.Actor) error {
			secret := otp.Secret("12345678901234567890")
			return h.EnrolOTP(ctx, a, storetest.Password, secret, otp.CodeAt(secret, h.Clock.Now()), h.code())
		},
		data.OpRecoverOTP: func(_ *testing.T, h *house, a *store.Actor) error {
			secret := otp.Secret("12345678901234567890")
			next, err := h.RecoverOTP(ctx, a, storetest.Password, h.Recovery.String(), secret, otp.CodeAt(secret, h.Clock.Now()))
			if err == nil {
				h.Recovery, h.Secret = next, secret
			}
			return err
		},
		data.OpResetOTPClock: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.ResetOTPClock(ctx, a, storetest.Password, h.Recovery.String())
		},
		data.OpNewRecoveryKey: func(_ *testing.T, h *house, a *store.Actor) error {
			next, err := h.NewRecoveryKey(ctx, a, storetest.Password, h.code())
			if err == nil {
				h.Recovery = next
			}
			return err
		},
		data.OpRecoverPassword: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.RecoverPassword(ctx, a, storetest.Password)
			return err
		},
		data.OpSealAll: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.Seal(ctx, a, store.SealRequest{Way: data.WayAll})
			return err
		},
		data.OpAuthoriseAll: func(_ *testing.T, h *house, a *store.Actor) error {
			p, err := h.Seal(ctx, a, store.SealRequest{Way: data.WayAll})
			if err != nil {
				return err
			}
			if _, err = h.Authorise(ctx, a, p, "123456"); errors.Is(err, data.ErrOTPNotSetUp) {
				return nil // allowed to ask
			}
			return err
		},
		data.OpDeleteAll: func(_ *testing.T, h *house, a *store.Actor) error {
			p, err := h.Seal(ctx, a, store.SealRequest{Way: data.WayAll})
			if err != nil {
				return err
			}
			if _, _, err = h.Store.Delete(ctx, a, p, nil, texts, nil); errors.Is(err, data.ErrOTPNotSetUp) {
				return nil // allowed, with an OTP
			}
			return err
		},
		data.OpSaveOwnersSettings: func(t *testing.T, h *house, a *store.Actor) error {
			old, err := h.Settings(ctx, h.Owner)
			if err != nil {
				t.Fatal(err)
			}
			old.TellAlways = !old.TellAlways
			return h.SaveSettings(ctx, a, old)
		},

		data.OpCertificateKey: func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.CertificateKey(ctx, a); return err },
		data.OpCertify: func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.Certify(ctx, a, h.deletion(t, a), uncertified)
			return err
		},
		data.OpCertifyOthers: func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.Certify(ctx, a, h.deletion(t, nil), uncertified)
			return err
		},
		data.OpTold: func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.Told(ctx, a, h.deletion(t, a))
			return err
		},
		data.OpToldOthers: func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.Told(ctx, a, h.deletion(t, nil))
			return err
		},
		data.OpRetryMessage: func(t *testing.T, h *house, a *store.Actor) error {
			if err := h.RetryMessage(ctx, a, h.message(t)); !errors.Is(err, data.ErrSendingNotSetUp) {
				return err
			}
			return nil // allowed to ask
		},
		data.OpCancelMessage: func(t *testing.T, h *house, a *store.Actor) error { return h.CancelMessage(ctx, a, h.message(t)) },
		data.OpSending:       func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Sending(ctx, a); return err },
		data.OpSaveMailServer: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.SaveMailServer(ctx, a, storetest.Password, data.MailServer{})
		},
		data.OpSaveWhatsAppAPI: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.SaveWhatsAppAPI(ctx, a, storetest.Password, data.WhatsAppAPI{})
		},
		data.OpSaveAddresses: func(_ *testing.T, h *house, a *store.Actor) error {
			texts := func(data.Witness, data.SigningKey) (string, string) { return "Moved", "Elsewhere." }
			err := h.SaveAddresses(ctx, a, storetest.Password, h.code(), data.Addresses{}, texts)
			if errors.Is(err, data.ErrOTPNotSetUp) {
				return nil // allowed, with an OTP
			}
			return err
		},
	}
	maps.Copy(table, customerCalls())
	maps.Copy(table, transferCalls())
	return table
}

func uncertified(data.Evidence, crypto.Signer) ([]byte, error) { return nil, nil }

// deletion is the audit entry of one by a, or, where a is nil, by somebody
// else, cleaned up. a need not have been able to.
func (h *house) deletion(t *testing.T, a *store.Actor) int64 {
	t.Helper()
	by := int64(1 << 40)
	if a != nil {
		by = int64(a.User())
	}
	var seq int64
	if err := errors.Join(
		store.Exec(h.Store.Store, `INSERT INTO audit (at, actor, kind, facts, prev, hash)
			VALUES (1, ?, 'delete', '{"deleted":"1","way":"one"}', x'', x'')`, by),
		store.Ask(h.Store.Store, "SELECT max(seq) FROM audit", &seq),
		store.Exec(h.Store.Store, `INSERT INTO scrub_jobs (audit, created, state, report)
			SELECT max(seq), 1, 'checked', '{}' FROM audit`),
	); err != nil {
		t.Fatal(err)
	}
	return seq
}

// message is a prepared one in the outbox.
func (h *house) message(t *testing.T) int64 {
	t.Helper()
	var id int64
	if err := errors.Join(
		store.Exec(h.Store.Store, `INSERT INTO outbox (channel, address, subject, body, state, created, audit)
			VALUES ('email', 'asha@example.com', 'Subject', 'Body', 'prepared', 1, 1)`),
		store.Ask(h.Store.Store, "SELECT max(id) FROM outbox", &id),
	); err != nil {
		t.Fatal(err)
	}
	return id
}

// The plan was sealed and the OTP given while the person had the right; the
// store reads it again.
func TestARightTakenAwayMeanwhileIsGone(t *testing.T) {
	for name, take := range map[string]string{
		"the permission": "DELETE FROM role_permissions WHERE permission = 'delete_customers'",
		"the role":       "UPDATE users SET role_id = 4 WHERE id > 1",
		"the member":     "UPDATE users SET active = 0 WHERE id > 1",
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.Enrol(t)
			a := h.with(t, data.DeleteCustomers, data.ViewAllCustomers)
			p := seal(t, h.Store, a, data.WaySelected, h.IDs(t)[:2])
			auth, err := h.Authorise(t.Context(), a, p, h.Code())
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Exec(h.Store.Store, take); err != nil {
				t.Fatal(err)
			}
			want := data.ErrDenied
			if name == "the member" {
				want = data.ErrDeactivated
			}
			if _, _, err := h.Store.Delete(t.Context(), a, p, auth, texts, nil); !errors.Is(err, want) {
				t.Errorf("got %v", err)
			}
			if _, err := h.Authorise(t.Context(), a, p, h.Code()); !errors.Is(err, want) {
				t.Errorf("authorising: %v", err)
			}
			if n := len(h.IDs(t)); n != 5 {
				t.Errorf("%d left", n)
			}
		})
	}
}

func TestNobodyGrantsWhatTheyLack(t *testing.T) {
	h := newHouse(t)
	manager := h.with(t, data.ManageRoles, data.ManageTeam, data.ViewAuditLog, data.DeleteCustomers)
	role := func(ps ...data.Permission) error {
		_, err := h.AddRole(t.Context(), manager, storetest.Password, data.Role{Name: h.name("R"), Permissions: data.NewPermissionSet(ps...)})
		return err
	}
	member := func(role data.RoleID) error {
		_, err := h.AddUser(t.Context(), manager, storetest.Password, data.User{Name: h.name("M"), Role: role}, storetest.Password)
		return err
	}
	for name, c := range map[string]struct{ got, want error }{
		"what they have":                          {role(data.ViewAuditLog, data.ManageTeam), nil},
		"what they lack":                          {role(data.ViewOutbox), data.ErrDenied},
		"Delete Customers, though they have it":   {role(data.DeleteCustomers), data.ErrDenied},
		"a role with less":                        {member(h.Role(t, "Less", data.ViewAuditLog)), nil},
		"a role with more":                        {member(h.Role(t, "More", data.ViewOutbox)), data.ErrDenied},
		"a role with Delete Customers":            {member(h.Role(t, "Deletes", data.DeleteCustomers)), data.ErrDenied},
		"Team Lead, which sees what they may not": {member(3), data.ErrDenied},
		"Owner":               {member(2), data.ErrDenied},
		"Account Owner":       {member(1), data.ErrDenied},
		"a role that is none": {member(999), data.ErrNotFound},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v", name, c.got)
		}
	}
	if _, err := h.AddUser(t.Context(), h.Owner, storetest.Password, data.User{Name: "Second", Role: 1}, storetest.Password); !errors.Is(err, data.ErrDenied) {
		t.Errorf("a second Account Owner: %v", err)
	}
}

// backedUp is a backup of the house, made once.
func (h *house) backedUp(t *testing.T) string {
	t.Helper()
	if h.backup == "" {
		h.backup = backUp(t, h.Store)
		content, err := os.ReadFile(h.backup)
		if err != nil {
			t.Fatal(err)
		}
		h.backup = filepath.Join(h.Dir, "..", filepath.Base(h.Dir)+".backup") // the folder of a subtest goes
		if err := os.WriteFile(h.backup, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return h.backup
}

// restoreAs asks for the last steps of a restore that the Account Owner staged.
func (h *house) restoreAs(t *testing.T, a *store.Actor, run bool) error {
	t.Helper()
	if h.Secret == nil {
		h.Enrol(t)
	}
	r, err := h.StageRestore(context.Background(), h.Owner, h.backedUp(t), passphrase, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Discard(); err != nil {
			t.Error(err)
		}
	}()
	if !run {
		_, err := h.Authorise(context.Background(), a, r, h.code())
		return err
	}
	auth, err := h.Authorise(context.Background(), h.Owner, r, h.code())
	if err != nil {
		t.Fatal(err)
	}
	_, residue, err := h.Store.Restore(context.Background(), a, r, auth, nil)
	if err == nil {
		_, err = h.Scrub(context.Background(), residue, nil)
	}
	return err
}
