package transfer

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// cardSource is a file of contact cards: vCard 2.1, 3.0 (RFC 2426) or 4.0 (RFC
// 6350), mixed at will. It is read anew each time, a card at a time.
type cardSource struct {
	src     io.ReaderAt
	size    int64
	charset charset
	columns []string       // headings, in the order of cardHeadings
	place   map[string]int // of each in columns
	lines   int
}

// openCards walks the file once, to know which columns its cards fill.
func openCards(ctx context.Context, enc charset, r io.ReaderAt, size int64) (*cardSource, error) {
	c := &cardSource{src: r, size: size, charset: enc, place: map[string]int{}}
	in, cards := c.reader(), 0
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		card, err := in.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		cards++
		for _, v := range card.values {
			if _, ok := c.place[v.heading]; !ok {
				c.place[v.heading] = 0
				c.columns = append(c.columns, v.heading)
			}
		}
	}
	if cards == 0 {
		return nil, ErrEmpty
	}
	if len(c.columns) == 0 { // cards that say nothing are still rows
		c.columns = []string{headName}
	}
	slices.SortFunc(c.columns, func(a, b string) int { return headingOrder(a) - headingOrder(b) })
	for i, heading := range c.columns {
		c.place[heading] = i
	}
	c.lines = in.lines.line
	return c, nil
}

func (c *cardSource) format() Format { return Cards }

func (c *cardSource) rows() rowReader { return &cardRows{source: c, in: c.reader()} }

func (c *cardSource) reader() *cardReader {
	return newCardReader(c.charset.reader(c.src, c.size))
}

// cardRows hands out cards as rows, under a row of headings.
type cardRows struct {
	source *cardSource
	in     *cardReader
	headed bool
	cells  []string
}

func (r *cardRows) next(b *batch) error {
	if !r.headed {
		r.headed = true
		b.rows = append(b.rows, rowMark{first: len(b.ends)})
		for _, heading := range r.source.columns {
			b.addText(heading)
		}
		return nil
	}
	card, err := r.in.next()
	if err != nil {
		return err
	}
	r.cells = append(r.cells[:0], make([]string, len(r.source.columns))...)
	for _, v := range card.values {
		i, ok := r.source.place[v.heading]
		switch {
		case !ok: // the file changed since it was opened
		case r.cells[i] == "":
			r.cells[i] = v.text
		default:
			r.cells[i] += "\n" + v.text
		}
	}
	b.rows = append(b.rows, rowMark{first: len(b.ends), line: card.line, left: card.left, unread: card.unread})
	for _, cell := range r.cells {
		b.addText(cell)
	}
	return nil
}

// Headings of what a card holds. They are names of the file, as those of any
// other list: lookUp knows what they mean.
const (
	headName       = "Name"
	headNickname   = "Nickname"
	headMobile     = "Mobile"
	headPhone      = "Phone"
	headWorkPhone  = "Work Phone"
	headHomePhone  = "Home Phone"
	headOtherPhone = "Other Phone"
	headFax        = "Fax"
	headPager      = "Pager"
	headEmail      = "E-mail"
	headCompany    = "Company"
	headDepartment = "Department"
	headTitle      = "Job Title"
	headRole       = "Role"
	headStreet     = "Address"
	headCity       = "City"
	headState      = "State"
	headPostal     = "Postal Code"
	headCountry    = "Country"
	headAddress    = "Other Address"
	headTags       = "Tags"
	headBirthday   = "Birthday"
	headDay        = "Anniversary"
	headWebsite    = "Website"
	headNote       = "Note"
	headOther      = "Other Details"
)

var cardHeadings = []string{
	headName, headNickname, headMobile, headPhone, headWorkPhone, headHomePhone, headOtherPhone, headFax, headPager,
	headEmail, headCompany, headDepartment, headTitle, headRole, headStreet, headCity, headState, headPostal,
	headCountry, headAddress, headTags, headBirthday, headDay, headWebsite, headNote, headOther,
}

// mostAlike is how many columns there are for values of one kind: Mobile to
// Mobile 9. What is more shares the last.
const mostAlike = 9

// headingOrder puts "Mobile 2" behind "Mobile" and before "Phone".
func headingOrder(heading string) int {
	base, number := heading, 1
	if i := strings.LastIndexByte(heading, ' '); i > 0 {
		if n, err := strconv.Atoi(heading[i+1:]); err == nil {
			base, number = heading[:i], n
		}
	}
	return slices.Index(cardHeadings, base)*(mostAlike+1) + number
}

// numbered is the heading of the n-th value of a kind, from 1.
func numbered(heading string, n int) string {
	if n == 1 {
		return heading
	}
	return heading + " " + strconv.Itoa(min(n, mostAlike))
}
