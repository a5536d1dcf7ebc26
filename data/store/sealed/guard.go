package sealed

import (
	"errors"
	"strings"

	"modernc.org/sqlite"
)

// Guard makes a connection of modernc.org/sqlite refuse to attach, or to VACUUM
// INTO, a file that is named by a URI: its vfs parameter would let the list out
// in the clear. A plain path is opened through the connection's own VFS, and so
// sealed. A name that is bound as a parameter of ATTACH can't be seen. It
// replaces the connection's authorizer.
func Guard(driverConn any) error {
	c, ok := driverConn.(sqlite.AuthorizerRegisterer)
	if !ok {
		return errors.New("sealed: the connection takes no authorizer")
	}
	return c.RegisterAuthorizer(func(action sqlite.AuthorizerActionCode, name, _, _, _ string) sqlite.AuthorizerReturnCode {
		if action == sqlite.AuthAttach && strings.HasPrefix(strings.ToLower(name), "file:") {
			return sqlite.AuthorizerDeny
		}
		return sqlite.AuthorizerOK
	})
}
