package disk

// There is no such call; NTFS logs changes of names itself.
func syncDir(string) error { return nil }
