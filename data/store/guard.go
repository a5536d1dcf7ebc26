package store

import (
	"errors"
	"strings"

	"modernc.org/sqlite"
)

// readOnlyPragmas may be asked on a connection that pages read through, and
// given no value; of those in withLimit the value limits only how much they
// tell.
var (
	readOnlyPragmas = map[string]bool{
		"user_version": true, "page_count": true, "page_size": true, "freelist_count": true,
		"journal_mode": true, "synchronous": true, "secure_delete": true, "temp_store": true, "foreign_keys": true,
		"trusted_schema": true, "auto_vacuum": true, "busy_timeout": true, "cache_size": true, "query_only": true,
		"fullfsync": true, "checkpoint_fullfsync": true,
	}
	withLimit = map[string]bool{"quick_check": true, "integrity_check": true}
)

// guardReader makes a connection one that can do nothing but read: whatever
// else a statement would do, and whatever hides in it, is refused while it is
// compiled (https://www.sqlite.org/c3ref/set_authorizer.html). That comes on
// top of query_only and of defensive mode, and takes the place of the guard
// that every connection has: nothing can be attached here at all.
func guardReader(driverConn any) error {
	c, ok := driverConn.(sqlite.AuthorizerRegisterer)
	if !ok {
		return errors.New("the connection takes no authorizer")
	}
	return c.RegisterAuthorizer(readerMay)
}

func readerMay(action sqlite.AuthorizerActionCode, first, second, _, _ string) sqlite.AuthorizerReturnCode {
	switch action {
	case sqlite.AuthSelect, sqlite.AuthRead, sqlite.AuthRecursive, sqlite.AuthTransaction, sqlite.AuthSavepoint:
		return sqlite.AuthorizerOK
	case sqlite.AuthFunction:
		if strings.EqualFold(second, "load_extension") {
			return sqlite.AuthorizerDeny
		}
		return sqlite.AuthorizerOK
	case sqlite.AuthPragma:
		name := strings.ToLower(first)
		if withLimit[name] || readOnlyPragmas[name] && second == "" {
			return sqlite.AuthorizerOK
		}
	}
	return sqlite.AuthorizerDeny
}
