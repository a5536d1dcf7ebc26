package view_test

import (
	"fmt"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/view"
)

// A number as people copy it from a chat, a mail, a phone book or a link finds
// its one customer.
func TestAPastedNumberFindsItsOneRow(t *testing.T) {
	l := &list{}
	for i := range 500 {
		l.put(data.Row{Customer: data.Customer{
			ID: data.CustomerID(i + 1), Name: fmt.Sprintf("Person %03d", i), Phone: 918299995000 + data.Phone(i)*7,
		}})
	}
	v := build(t, l, time.UTC)
	want := data.CustomerID(101) // +91 82999 95700
	for _, text := range []string{
		"+918299995700", "918299995700", "8299995700", "08299995700", "00918299995700", "0091 8299995700",
		"+91 82999 95700", "82999-95700", "(+91) 82999-95700", "(082999) 95700", "+91.82999.95700", "82999/95700",
		" +91 82999 95700 ", "+91 82999 95700\n", "\t82999 95700\r\n", "+91\u00a082999\u00a095700", "+91\u202f82999 95700",
		"\u202a+91 82999 95700\u202c", "\u2068+91 82999 95700\u2069", "\u200e+91 82999\u201195700", "+91 82999–95700",
		"८२९९९९५७००", "+९१ ८२९९९ ९५७००", "８２９９９９５７００", "＋91 82999 95700",
		"tel:+918299995700", "tel:+91-82999-95700", "TEL:8299995700", "whatsapp:+918299995700",
		"https://wa.me/918299995700", "wa.me/918299995700", "https://wa.me/918299995700?text=Hello",
		"https://api.whatsapp.com/send?phone=918299995700", "+91 82999 95700,", "+91 82999 95700.", "Ph. +91 82999 95700", "Mob: 82999 95700",
	} {
		found := find(t, v, data.Filter{Search: text}, view.Sort{})
		if len(found) != 1 || found[0] != want {
			t.Errorf("%q finds %v", text, found)
		}
	}
}
