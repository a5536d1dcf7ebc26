package outbox

import (
	"bytes"

	"lethe/data"
)

// Draft is a message as a mail program opens it for sending by hand: a file of
// RFC 5322 without a sender, whose X-Unsent header tells the programs that know
// it that it is a draft.
func Draft(m data.Message, business, language string) ([]byte, error) {
	t := &Transport{Language: func() string { return language }}
	msg, err := t.compose(&m, "", business)
	if err != nil {
		return nil, err
	}
	msg.SetGenHeader("X-Unsent", "1")
	var b bytes.Buffer
	_, err = msg.WriteTo(&b)
	return b.Bytes(), err
}
