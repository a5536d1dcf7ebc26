//go:build unix

package store

import "golang.org/x/sys/unix"

// systemRoom tells how many bytes can be written into a folder's file system by
// this user.
func systemRoom(dir string) (int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), nil //nolint:unconvert // the types differ by system
}
