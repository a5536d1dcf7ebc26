package main

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"lethe/data"
	"lethe/data/fold"
)

// searchKeystroke is one more letter in Search customers: the 95th percentile
// over what is typed, from the first letter on, each answered with the count
// and the first page by name. The shell looks with LIKE through the columns
// that the search looks through; where the letters are digits, that is the
// phone too. One run is the whole corpus.
var searchKeystroke = figure{
	name: "search_keystroke_1m", peer: shellPeer, unit: inSeconds, goal: 0.15, runs: 1,
	prepare: func(ctx context.Context, b *bench) (*contest, error) {
		v, err := b.theView(ctx)
		if err != nil {
			return nil, err
		}
		path, err := b.conventionalFile(ctx)
		if err != nil {
			return nil, err
		}
		strokes := keystrokes()
		found := map[string]looked{} // by the shell
		c := &contest{}
		c.peer = func(ctx context.Context) (float64, error) {
			var took []float64
			for _, text := range strokes {
				rows, t, err := askRows(ctx, path, likeOf(text))
				if err != nil {
					return 0, err
				}
				found[text] = rows
				took = append(took, t.Seconds())
			}
			return percentile(took, 95), nil
		}
		c.lethe = func(ctx context.Context) (float64, error) {
			var took []float64
			for _, text := range strokes {
				var own looked
				t, err := b.time(func() (err error) {
					own, err = findRows(ctx, v, data.Filter{Search: text})
					return err
				})
				if err != nil {
					return 0, err
				}
				if peers := found[text]; !own.equal(peers) {
					return 0, fmt.Errorf("%q: the two differ: %d and %d found", text, own.count, peers.count)
				}
				took = append(took, t.Seconds())
			}
			return percentile(took, 95), nil
		}
		return c, nil
	},
}

// typed is what somebody looks for: names, a place in a mail, numbers as they
// are written, Devanagari, and what nobody is called.
var typed = []string{"asha", "kulkarni", "S", "o", "priya.4", "98200 51", "+91 9", "गौरी", "zzz"}

// keystrokes are the texts in the field after each key of typed; a blank alone
// asks nothing new.
func keystrokes() []string {
	var all []string
	for _, text := range typed {
		for end := range text + " " {
			if part := text[:end]; part != "" && !strings.HasSuffix(part, " ") {
				all = append(all, part)
			}
		}
	}
	return all
}

// likeOf is what the search means in the conventional schema, which has neither
// a WhatsApp name nor a company.
func likeOf(text string) string {
	like := func(column, part string) string {
		return column + " LIKE '%" + strings.ReplaceAll(part, "'", "''") + "%'"
	}
	where := like("name", text) + " OR " + like("email", text)
	if digits, ok := fold.Digits(text); ok && utf8.RuneCountInString(digits) <= 16 {
		where += " OR " + like("phone", digits)
	}
	return where
}
