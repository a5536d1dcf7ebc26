package certificate

import (
	"bytes"
	"compress/zlib"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"strconv"

	"lethe/data"
)

// What is signed begins with one of these, so that a signature is of one thing
// only.
const (
	signsJSON = "Lethe certificate 1\n"
	signsPDF  = "Lethe certificate PDF 1\n"
)

// The last line of a PDF.
const (
	sealMark = "%Lethe-Seal-1 "
	keyHex   = 2 * ed25519.PublicKeySize
	signHex  = 2 * ed25519.SignatureSize
	sealLen  = len(sealMark) + keyHex + 1 + signHex + 1
)

func sign(signer crypto.Signer, what string, message []byte) (string, error) {
	s, err := signer.Sign(rand.Reader, append([]byte(what), message...), crypto.Hash(0))
	return hex.EncodeToString(s), err
}

func signed(key ed25519.PublicKey, what string, message []byte, signature string) bool {
	s, ok := lowerHex(signature, ed25519.SignatureSize)
	return ok && ed25519.Verify(key, append([]byte(what), message...), s)
}

// lowerHex decodes what has one spelling only.
func lowerHex(text string, size int) ([]byte, bool) {
	b, err := hex.DecodeString(text)
	return b, err == nil && len(b) == size && hex.EncodeToString(b) == text
}

// signJSON writes the content with its signature.
func signJSON(c Content, signer crypto.Signer) ([]byte, error) {
	body, err := canonical(c)
	if err != nil {
		return nil, err
	}
	signature, err := sign(signer, signsJSON, body)
	if err != nil {
		return nil, err
	}
	return canonical(envelope{body, hex.EncodeToString(signer.Public().(ed25519.PublicKey)), signature})
}

// seal ends a PDF with its signature.
func seal(pdf []byte, signer crypto.Signer) ([]byte, error) {
	out := append(pdf, sealMark+hex.EncodeToString(signer.Public().(ed25519.PublicKey))+" "...)
	signature, err := sign(signer, signsPDF, out)
	if err != nil {
		return nil, err
	}
	return append(out, signature+"\n"...), nil
}

// Checked is a certificate as it was signed.
type Checked struct {
	Content Content
	Key     data.SigningKey
	PDF     bool // of the whole page; else of the JSON alone
}

// MaxSize is how large a file Verify looks at.
const MaxSize = 16 << 20

// Verify reads a certificate, PDF or JSON, and checks every byte of it. It
// answers ErrNone for another file, ErrChanged for one that isn't as it was
// signed, ErrNewer for a format that it doesn't know. Whose key it is must be
// told by its fingerprint.
func Verify(file []byte) (Checked, error) {
	if bytes.HasPrefix(file, []byte("{")) {
		return verifyJSON(file)
	}
	if !bytes.HasPrefix(file, []byte("%PDF-")) || len(file) > MaxSize {
		return Checked{}, ErrNone
	}
	end := len(file) - sealLen
	if end < 0 || !bytes.HasPrefix(file[end:], []byte(sealMark)) || file[len(file)-1] != '\n' {
		if bytes.Contains(file, []byte(sealMark)) {
			return Checked{}, ErrChanged // cut, or something was added behind it
		}
		if bytes.Contains(file, []byte("/EmbeddedFile")) && bytes.Contains(file, []byte("Lethe")) {
			return Checked{}, ErrChanged
		}
		return Checked{}, ErrNone
	}
	line := file[end:]
	key, ok := lowerHex(string(line[len(sealMark):len(sealMark)+keyHex]), ed25519.PublicKeySize)
	body, signature := file[:len(file)-signHex-1], string(line[sealLen-signHex-1:sealLen-1])
	if !ok || !signed(key, signsPDF, body, signature) {
		return Checked{}, ErrChanged
	}
	embedded, err := attachment(body)
	if err != nil {
		return Checked{}, err
	}
	c, err := verifyJSON(embedded)
	if err != nil {
		return c, err
	}
	if !bytes.Equal(c.Key[:], key) {
		return Checked{}, ErrChanged
	}
	c.PDF = true
	return c, nil
}

func verifyJSON(file []byte) (Checked, error) {
	var e envelope
	if len(file) > MaxSize || json.Unmarshal(file, &e) != nil || len(e.Certificate) == 0 {
		return Checked{}, ErrNone
	}
	var c Checked
	var format struct{ Format string }
	if json.Unmarshal(e.Certificate, &format) != nil || format.Format == "" {
		return Checked{}, ErrNone
	}
	again, err := canonical(e)
	if err != nil || !bytes.Equal(again, file) {
		return Checked{}, ErrChanged
	}
	key, ok := lowerHex(e.Key, ed25519.PublicKeySize)
	if !ok || !signed(key, signsJSON, e.Certificate, e.Signature) {
		return Checked{}, ErrChanged
	}
	copy(c.Key[:], key)
	if format.Format != Format {
		return Checked{}, ErrNewer
	}
	if err := json.Unmarshal(e.Certificate, &c.Content); err != nil {
		return Checked{}, ErrNone
	}
	if again, err := canonical(c.Content); err != nil || !bytes.Equal(again, e.Certificate) {
		return Checked{}, ErrNone
	}
	return c, nil
}

// attachment finds the embedded JSON in a PDF of this package: its one embedded
// file, compressed (PDF 1.7, section 7.11.4).
func attachment(pdf []byte) ([]byte, error) {
	mark := []byte("/Type /EmbeddedFile /Length ")
	at := bytes.Index(pdf, mark)
	if at < 0 || bytes.Count(pdf, mark) != 1 {
		return nil, ErrNone
	}
	rest := pdf[at+len(mark):]
	digits := bytes.IndexByte(rest, ' ')
	stream := bytes.Index(rest, []byte("stream\n"))
	if digits < 0 || digits > 8 || stream < 0 {
		return nil, ErrNone
	}
	n, err := strconv.Atoi(string(rest[:digits]))
	rest = rest[stream+len("stream\n"):]
	if err != nil || n < 0 || n > len(rest) {
		return nil, ErrNone
	}
	r, err := zlib.NewReader(bytes.NewReader(rest[:n]))
	if err != nil {
		return nil, ErrNone
	}
	const most = 1 << 20
	out, err := io.ReadAll(io.LimitReader(r, most))
	if err != nil {
		return nil, ErrNone
	}
	return out, nil
}
