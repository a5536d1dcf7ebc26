package sample

import (
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"lethe/data"
)

// MaxMillion is how many customers Million can make without giving a phone
// number twice.
const MaxMillion = mobileNumbers

// India's mobile numbers run from 6000000000 to 9999999999.
const (
	firstMobile   = 91_6000000000
	mobileNumbers = 4_000_000_000
	stride        = 2_654_435_761 // has no factor in common with mobileNumbers
)

// Million yields n made-up customers, the same ones for the same seed, and
// with each the text of its note, which nine in ten don't have.
//
// Each has a name (6 to 24 characters, 5 % in Devanagari), a phone number of
// its own, a city of 200 with its state, a creation time; three quarters have
// times of last messages; two tags of 40 on average; half an e-mail; a tenth a
// note of 80 characters. n is cut to MaxMillion.
func Million(seed uint64, n int) iter.Seq2[data.Customer, string] {
	return func(yield func(data.Customer, string) bool) {
		g := generator{rand.New(rand.NewPCG(seed, 0x1e7e))}
		offset := g.Uint64N(mobileNumbers)
		for i := range uint64(min(max(n, 0), MaxMillion)) {
			c := g.customer(i)
			c.Phone = data.Phone(firstMobile + (offset+i*stride)%mobileNumbers)
			note := ""
			if g.IntN(10) == 0 {
				note = g.note()
			}
			if !yield(c, note) {
				return
			}
		}
	}
}

type generator struct{ *rand.Rand }

// begin and end bound the times, so that they don't depend on the clock.
var (
	begin = time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	end   = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC).Unix()
)

func (g generator) customer(i uint64) data.Customer {
	var c data.Customer
	given, family := pick(g, givenNames), pick(g, familyNames)
	if g.IntN(20) == 0 {
		c.Name = pick(g, devanagariGiven) + " " + pick(g, devanagariFamily)
	} else {
		c.Name = given + " " + family
	}
	place := places[g.IntN(len(places))]
	c.City, c.State, c.Country = place.city, place.state, "India"
	c.Source = pick(g, sources)
	created := begin + g.Int64N(end-begin)
	c.Created = time.Unix(created, 0).UTC()
	if g.IntN(4) != 0 {
		c.LastSent = time.Unix(created+g.Int64N(end-created), 0).UTC()
		c.LastReceived = time.Unix(created+g.Int64N(end-created), 0).UTC()
	}
	if count := g.IntN(5); count > 0 {
		c.Tags = make([]string, 0, count)
		at, step := g.IntN(tagCount), 1+g.IntN(tagCount/2-1) // no tag twice
		for k := range count {
			c.Tags = append(c.Tags, tags[(at+k*step)%tagCount])
		}
		slices.Sort(c.Tags)
	}
	if i%2 == 0 {
		c.Email = strings.ToLower(given) + "." + strconv.FormatUint(i, 10) + "@example.com"
	}
	return c
}

const noteLength = 80

// note is a text of 80 characters.
func (g generator) note() string {
	var b strings.Builder
	b.Grow(noteLength + 16)
	for b.Len() < noteLength {
		b.WriteString(pick(g, noteWords))
		b.WriteByte(' ')
	}
	return b.String()[:noteLength-1] + "."
}

func pick(g generator, words []string) string { return words[g.IntN(len(words))] }
