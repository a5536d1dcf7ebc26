package fold

import "strings"

// pasted takes off what stands around a number that was copied from somewhere:
// the scheme of a link (tel: of RFC 3966, whatsapp:), a link that opens a chat
// with it (WhatsApp's click to chat), a label such as "Mob:", and a comma or
// full stop behind it. Any other text is returned as it is.
func pasted(s string) string {
	s = strings.TrimRight(s, ",;. \t\r\n")
	low := strings.ToLower(s)
	for _, link := range []string{"wa.me/", "whatsapp.com/send?phone=", "whatsapp.com/send/?phone="} {
		if _, rest, is := strings.Cut(low, link); is {
			rest, _, _ = strings.Cut(rest, "?")
			rest, _, _ = strings.Cut(rest, "&")
			return strings.ReplaceAll(rest, "%2b", "+")
		}
	}
	if label, rest, is := strings.Cut(s, ":"); is && isLabel(label) {
		return rest
	}
	if label, rest, is := strings.Cut(s, ". "); is && isLabel(label) {
		return rest
	}
	return s
}

// isLabel tells a short word: "tel", "WhatsApp", "Ph".
func isLabel(s string) bool {
	s = strings.TrimSpace(s)
	const longest = 10
	if s == "" || len(s) > longest {
		return false
	}
	for _, r := range s {
		if r|0x20 < 'a' || r|0x20 > 'z' {
			return false
		}
	}
	return true
}
