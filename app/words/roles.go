package words

import "lethe/data"

// Role is what a role is called.
func (w *Words) Role(r data.Role) string {
	if r.Kind == data.CustomRole {
		return r.Name
	}
	return w.T("common.role." + string(r.Kind))
}
