package sealed

import "lethe/data/store/internal/disk"

// SyncDir makes what was created, renamed or removed in a folder last through a
// power failure. On Windows it does nothing: there is no such call, and NTFS
// logs these changes itself.
func SyncDir(dir string) error { return disk.Synced(dir) }
