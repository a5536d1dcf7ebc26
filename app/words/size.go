package words

// Size is a number of bytes as file managers write it, in powers of 1,000 and
// rounded up below a megabyte: "3 kB", "312 MB", "12 GB".
func (w *Words) Size(bytes int64) string {
	const kilo = 1000
	switch kb := (bytes + kilo - 1) / kilo; {
	case kb < kilo:
		return w.T("size.kb", "Number", int(kb))
	case kb < kilo*kilo:
		return w.T("size.mb", "Number", int((kb+kilo/2)/kilo))
	default:
		return w.T("size.gb", "Number", int((kb+kilo*kilo/2)/kilo/kilo))
	}
}
