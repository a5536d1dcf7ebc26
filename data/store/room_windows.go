package store

import "golang.org/x/sys/windows"

// systemRoom tells how many bytes can be written into a folder's file system by
// this user.
func systemRoom(dir string) (int64, error) {
	p, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(p, &free, nil, nil); err != nil {
		return 0, err
	}
	return int64(free), nil
}
