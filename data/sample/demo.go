package sample

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"lethe/data"
	"lethe/data/transfer"
)

//go:embed doubletick-export-1714.csv
var export []byte

// Customer is one of the demo's, with what hangs on it. Custom values are by
// the field's name.
type Customer struct {
	data.Customer
	Values       map[string]string
	Notes        []Note
	Interactions []Interaction
}

// Note is a note by a member of Team, named by index.
type Note struct {
	Text    string
	Created time.Time
	Author  int
}

// Interaction is a contact logged by a member of Team, named by index.
type Interaction struct {
	Kind   data.InteractionKind
	At     time.Time
	Line   string
	Author int
}

// How many notes and interactions hang on the demo's 1,714 customers.
const (
	demoNotes        = 2310
	demoInteractions = 4120
)

// Demo returns the demo's customers in the order of the export, and the names
// of their custom fields, all of kind Text. Interactions lie between a
// customer's creation and the last message, so that the activity status is
// that of the export; who was never contacted has none.
func Demo(ctx context.Context) (customers []Customer, fields []string, err error) {
	t, err := transfer.Sniff(ctx, bytes.NewReader(export), int64(len(export)))
	if err != nil {
		return nil, nil, fmt.Errorf("sample: %w", err)
	}
	m := t.Guess()
	err = t.Records(ctx, m, Region, func(r transfer.Record) error {
		if r.Refused != "" {
			return fmt.Errorf("sample: line %d: %s", r.Line, r.Refused)
		}
		customers = append(customers, Customer{Customer: r.Customer, Values: r.CustomValues})
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	r := rand.New(rand.NewPCG(1714, 146))
	addNotes(r, customers)
	addInteractions(r, customers)
	for _, c := range customers {
		slices.SortStableFunc(c.Notes, func(a, b Note) int { return a.Created.Compare(b.Created) })
		slices.SortStableFunc(c.Interactions, func(a, b Interaction) int { return a.At.Compare(b.At) })
	}
	return customers, m.CustomFields(), nil
}

// firstNotes and firstInteractions hang on the first customer; the others'
// numbers are left to chance.
const (
	firstNotes        = 3
	firstInteractions = 2
)

func addNotes(r *rand.Rand, customers []Customer) {
	team := len(Team())
	for i := range demoNotes {
		c := &customers[0]
		if i >= firstNotes {
			c = &customers[1+r.IntN(len(customers)-1)]
		}
		text := noteTexts[r.IntN(len(noteTexts))]
		c.Notes = append(c.Notes, Note{text, between(r, c.Created, c.end()), r.IntN(team)})
	}
}

func addInteractions(r *rand.Rand, customers []Customer) {
	var met []int
	for i := range customers[1:] {
		if !customers[1+i].LastInteraction().IsZero() {
			met = append(met, 1+i)
		}
	}
	team := len(Team())
	for i := range demoInteractions {
		c := &customers[0]
		if i >= firstInteractions {
			c = &customers[met[r.IntN(len(met))]]
		}
		what := interactionTexts[r.IntN(len(interactionTexts))]
		c.Interactions = append(c.Interactions, Interaction{what.kind, between(r, c.Created, c.end()), what.line, r.IntN(team)})
	}
}

// end is the last thing known of a customer.
func (c *Customer) end() time.Time {
	if last := c.LastInteraction(); !last.IsZero() {
		return last
	}
	return c.Created
}

// between is a time from the earlier of a and b, and not after b.
func between(r *rand.Rand, a, b time.Time) time.Time {
	span := int64(b.Sub(a) / time.Second)
	if span <= 0 {
		return b
	}
	return a.Add(time.Duration(r.Int64N(span+1)) * time.Second)
}

var noteTexts = []string{
	"Asked for the new price list.", "Prefers a call after 6 pm.", "Wants delivery on Saturdays only.",
	"Compared with another supplier, undecided.", "Pays by UPI.", "Met at the exhibition, stall 14.",
	"Ordered 20 pieces as a trial.", "Complained about late delivery, settled.", "Speaks Marathi and Hindi.",
	"Interested in the wholesale rate from 100 pieces.", "Will decide after Diwali.", "Address to be confirmed.",
	"Referred by a friend.", "Asked to be sent the catalogue as PDF.", "Birthday discount promised.",
	"नवीन दर पाठवा.", "शाम को कॉल करें.",
}

var interactionTexts = []struct {
	kind data.InteractionKind
	line string
}{
	{data.InteractionCall, "Called, no answer."},
	{data.InteractionCall, "Talked about the order."},
	{data.InteractionCall, "Asked for a call back next week."},
	{data.InteractionCall, "Confirmed the delivery."},
	{data.InteractionMessage, "Sent the catalogue."},
	{data.InteractionMessage, "Sent the invoice again."},
	{data.InteractionMessage, "Answered a question on sizes."},
	{data.InteractionVisit, "Came to the shop."},
	{data.InteractionVisit, "Visited their office."},
	{data.InteractionOther, "Met at the exhibition."},
}
