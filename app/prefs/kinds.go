package prefs

import "encoding/json"

// get answers fallback where there is no value, or one of another kind.
func get[T any](p *Prefs, key string, fallback T) T {
	p.mu.Lock()
	text, ok := p.values[key]
	p.mu.Unlock()
	var v T
	if !ok || json.Unmarshal(text, &v) != nil {
		return fallback
	}
	return v
}

// set writes a value that JSON can hold, which all kinds here are but for
// floats that are no number: those are left out.
func set[T any](p *Prefs, key string, v T) {
	if text, err := json.Marshal(v); err == nil {
		p.put(key, text)
	}
}

// Bool answers the value of key, or false.
func (p *Prefs) Bool(key string) bool { return get(p, key, false) }

// BoolWithFallback answers the value of key, or fallback.
func (p *Prefs) BoolWithFallback(key string, fallback bool) bool { return get(p, key, fallback) }

// SetBool sets key.
func (p *Prefs) SetBool(key string, v bool) { set(p, key, v) }

// BoolList answers the values of key, or none.
func (p *Prefs) BoolList(key string) []bool { return get(p, key, []bool{}) }

// BoolListWithFallback answers the values of key, or fallback.
func (p *Prefs) BoolListWithFallback(key string, fallback []bool) []bool {
	return get(p, key, fallback)
}

// SetBoolList sets key.
func (p *Prefs) SetBoolList(key string, v []bool) { set(p, key, v) }

// Float answers the value of key, or 0.
func (p *Prefs) Float(key string) float64 { return get(p, key, 0.0) }

// FloatWithFallback answers the value of key, or fallback.
func (p *Prefs) FloatWithFallback(key string, fallback float64) float64 { return get(p, key, fallback) }

// SetFloat sets key.
func (p *Prefs) SetFloat(key string, v float64) { set(p, key, v) }

// FloatList answers the values of key, or none.
func (p *Prefs) FloatList(key string) []float64 { return get(p, key, []float64{}) }

// FloatListWithFallback answers the values of key, or fallback.
func (p *Prefs) FloatListWithFallback(key string, fallback []float64) []float64 {
	return get(p, key, fallback)
}

// SetFloatList sets key.
func (p *Prefs) SetFloatList(key string, v []float64) { set(p, key, v) }

// Int answers the value of key, or 0.
func (p *Prefs) Int(key string) int { return get(p, key, 0) }

// IntWithFallback answers the value of key, or fallback.
func (p *Prefs) IntWithFallback(key string, fallback int) int { return get(p, key, fallback) }

// SetInt sets key.
func (p *Prefs) SetInt(key string, v int) { set(p, key, v) }

// IntList answers the values of key, or none.
func (p *Prefs) IntList(key string) []int { return get(p, key, []int{}) }

// IntListWithFallback answers the values of key, or fallback.
func (p *Prefs) IntListWithFallback(key string, fallback []int) []int { return get(p, key, fallback) }

// SetIntList sets key.
func (p *Prefs) SetIntList(key string, v []int) { set(p, key, v) }

// String answers the value of key, or "".
func (p *Prefs) String(key string) string { return get(p, key, "") }

// StringWithFallback answers the value of key, or fallback.
func (p *Prefs) StringWithFallback(key string, fallback string) string { return get(p, key, fallback) }

// SetString sets key.
func (p *Prefs) SetString(key string, v string) { set(p, key, v) }

// StringList answers the values of key, or none.
func (p *Prefs) StringList(key string) []string { return get(p, key, []string{}) }

// StringListWithFallback answers the values of key, or fallback.
func (p *Prefs) StringListWithFallback(key string, fallback []string) []string {
	return get(p, key, fallback)
}

// SetStringList sets key.
func (p *Prefs) SetStringList(key string, v []string) { set(p, key, v) }
