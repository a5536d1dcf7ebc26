package transfer

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// charset is how the bytes of a file become text.
type charset struct {
	name string            // as IANA has it
	enc  encoding.Encoding // nil for UTF-8
	skip int64             // length of the byte order mark
}

// reader returns the file's text as UTF-8 from behind the byte order mark. As
// UTF-8, broken bytes stay in: cells are cleaned one by one, and reported.
func (c charset) reader(r io.ReaderAt, size int64) io.Reader {
	section := io.NewSectionReader(r, c.skip, max(0, size-c.skip))
	if c.enc == nil {
		return section
	}
	return transform.NewReader(section, c.enc.NewDecoder())
}

var (
	utf16LE = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16BE = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

// byMark tells the encoding by its byte order mark.
func byMark(head []byte) (charset, bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		return charset{name: "UTF-8", skip: 3}, true
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE, 0, 0}):
		return charset{"UTF-32LE", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4}, true
	case bytes.HasPrefix(head, []byte{0, 0, 0xFE, 0xFF}):
		return charset{"UTF-32BE", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 4}, true
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return charset{"UTF-16LE", utf16LE, 2}, true
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return charset{"UTF-16BE", utf16BE, 2}, true
	}
	return charset{}, false
}

// guess tells the encoding of a file without a mark: UTF-16 by its zeros,
// UTF-8 by being valid (but for a broken byte here and there), the rest by
// what is usual in it.
func (s *survey) guess() charset {
	switch {
	case s.utf16(0, 1):
		return charset{name: "UTF-16BE", enc: utf16BE}
	case s.utf16(1, 0):
		return charset{name: "UTF-16LE", enc: utf16LE}
	case s.broken == 0 && !s.escapes, s.runes > 20*s.broken:
		return charset{name: "UTF-8"}
	}
	return legacy(s.sample)
}

// utf16 tells whether the file's zeros stand at the odd or even places that
// the high bytes of UTF-16 have.
func (s *survey) utf16(high, low int) bool {
	half := s.bytes / 2
	return half >= 4 && s.zeros[high] > half/5 && s.zeros[low] < half/50+1
}

// legacy guesses an encoding of before Unicode from lines that hold bytes
// above ASCII. Where nothing speaks clearly for another, it is Windows-1252:
// every byte means something there.
func legacy(sample []byte) charset {
	western := charset{name: "windows-1252", enc: charmap.Windows1252}
	found := chardet.Detect(sample)
	name := strings.ToLower(found.Encoding)
	if other, ok := otherNames[name]; ok {
		name = other
	}
	enc, err := htmlindex.Get(name)
	if err != nil || !plausible(name, enc, found.Confidence, sample) {
		return western
	}
	if canonical, err := htmlindex.Name(enc); err == nil {
		name = canonical
	}
	return charset{name: name, enc: enc}
}

// otherNames turns what the detector says into what is read: supersets where
// files are mostly written in them.
var otherNames = map[string]string{
	"gb2312": "gb18030", "cp949": "euc-kr", "cp932": "shift_jis",
	"iso-8859-1": "windows-1252", "iso-8859-9": "windows-1254", "iso-8859-6": "windows-1256",
	"iso-8859-8": "windows-1255", "iso-8859-7": "windows-1253", "tis-620": "windows-874",
}

// plausible checks the detector's guess against how letters stand. In Latin
// writing the bytes above ASCII stand alone between plain letters; in other
// writings they stand together. Detectors mix these up in short texts.
func plausible(name string, enc encoding.Encoding, confidence float64, sample []byte) bool {
	together := togetherShare(sample)
	switch name {
	case "windows-1252", "utf-8":
		return false
	case "windows-1250", "iso-8859-2", "windows-1254", "windows-1257", "iso-8859-13":
		return together < 0.5 && confidence >= 0.7
	case "iso-2022-jp":
		return true
	case "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr":
		return confidence >= 0.3 && decodes(enc, sample)
	case "windows-1251", "koi8-r", "iso-8859-5", "x-mac-cyrillic", "ibm866",
		"windows-1253", "windows-1255", "windows-1256", "windows-874":
		return together > 0.5 && confidence >= 0.3
	}
	return false
}

// togetherShare is the share of the bytes above ASCII that stand beside
// another one.
func togetherShare(text []byte) float64 {
	all, together := 0, 0
	for i, c := range text {
		if c < utf8.RuneSelf {
			continue
		}
		all++
		if i > 0 && text[i-1] >= utf8.RuneSelf || i+1 < len(text) && text[i+1] >= utf8.RuneSelf {
			together++
		}
	}
	return float64(together) / float64(max(1, all))
}

// decodes tells whether the text is right in the encoding, but for a
// character cut off at its end.
func decodes(enc encoding.Encoding, text []byte) bool {
	out, err := enc.NewDecoder().Bytes(text)
	return err == nil && bytes.Count(out, []byte("\uFFFD")) <= 1+len(text)/1000
}
