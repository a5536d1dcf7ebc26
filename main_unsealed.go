//go:build unsealed

package main

// Lethe is never built without its cipher: this file doesn't compile, and it is
// compiled only where the tag unsealed asks for that.
var _ = letheIsNeverBuiltUnsealed
