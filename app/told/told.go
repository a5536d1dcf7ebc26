// Package told says how far the messages to the Account Owner have come.
package told

import (
	"time"

	"lethe/app/words"
	"lethe/data"
	"lethe/data/fold"
)

const shown = 300 // characters of what a server said

// Brief is a message's state in a line: "E-mail: sent."
func Brief(w *words.Words, m *data.Message) string {
	return w.T("told.brief", "Channel", w.T("outbox.channel."+string(m.Channel)), "State", state(w, m))
}

func state(w *words.Words, m *data.Message) string {
	switch {
	case m.State == data.OutboxQueued && m.Why != "":
		return w.T("told.waiting")
	case m.State == data.OutboxFailed && m.NextTry > 0:
		return w.T("told.again", "When", w.DateTime(time.Unix(m.NextTry, 0)))
	}
	return w.T("told.state." + string(m.State))
}

// Why says in plain words why a message isn't sent, and what to do.
func Why(w *words.Words, why data.Why) string {
	if why == "" {
		return ""
	}
	return w.T("told.why." + string(why))
}

// Outcome says how a test message fared.
func Outcome(w *words.Words, o data.Outcome, to string) (text string, wrong bool) {
	if o.Sent {
		return w.T("told.test_sent", "To", fold.OneLine(to, shown)), false
	}
	text = Why(w, o.Why)
	if answer := Answer(w, o.Answer); answer != "" {
		text += " " + answer
	}
	return text, true
}

// Answer is what the server said, or "".
func Answer(w *words.Words, answer string) string {
	if answer = fold.OneLine(answer, shown); answer == "" {
		return ""
	}
	return w.T("told.answer", "Answer", answer)
}
