package store

// RunBy has a plan carried out by a new file, or in place, however much of the
// list it takes.
func (p *Plan) RunBy(newFile bool) { p.most = newFile }
