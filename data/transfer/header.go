package transfer

// findHeader tells the row of headings from the customers, and names the
// columns. Titles above the headings are passed over.
func (t *Table) findHeader(rows [][]string) error {
	if len(rows) > 0 && len(rows[0]) == 2 && (rows[0][0] == "sep=" || rows[0][0] == "SEP=") && rows[0][1] == "" {
		rows, t.skip = rows[1:], 1
	}
	if len(rows) == 0 {
		return ErrEmpty
	}
	if t.Format() == Cards {
		t.header, t.skip = true, 1
		t.sample = rows[1:]
		t.setHeadings(rows[0], 0)
		return nil
	}
	width := commonWidth(rows)
	titles := 0
	for titles < len(rows)-1 && titles < 10 && isTitle(rows[titles], width) {
		titles++
	}
	if titles > 0 && knownCells(rows[titles]) >= 2 {
		rows, t.skip = rows[titles:], t.skip+titles
	}
	var names []string
	if isHeader(rows) {
		t.header = true
		t.skip++
		names, rows = rows[0], rows[1:]
	}
	if len(rows) == 0 {
		return ErrEmpty
	}
	t.sample = rows
	t.setHeadings(names, width)
	return nil
}

// commonWidth is the number of cells that most rows have.
func commonWidth(rows [][]string) int {
	counts, best := map[int]int{}, 0
	for _, row := range rows {
		w := len(row)
		counts[w]++
		if best == 0 || counts[w] > counts[best] || counts[w] == counts[best] && w > best {
			best = w
		}
	}
	return best
}

// isTitle tells whether a row is a line of text above a wider list.
func isTitle(row []string, width int) bool {
	filled := 0
	for _, cell := range row {
		if cell != "" {
			filled++
			if k := kindOf(cell); k != words && k != date {
				return false
			}
		}
	}
	return width > 2 && filled <= 1
}

func knownCells(row []string) int {
	n := 0
	for _, cell := range row {
		if _, how := lookUp(cell); how != unknown {
			n++
		}
	}
	return n
}

// isHeader tells whether the first row names the columns. A row that holds an
// e-mail, a phone number or a date is a customer; one that holds known words,
// or only words above columns of something else, is not.
func isHeader(rows [][]string) bool {
	first := rows[0]
	for _, cell := range first {
		switch kindOf(cell) {
		case email, phoneNumber, digits, lostPhone, date, webAddress:
			return false
		}
	}
	if knownCells(first) > 0 {
		return true
	}
	for i, cell := range first {
		below := contentsOf(rows[1:], i)
		if cell != "" && below.mostly(email, phoneNumber, digits, lostPhone, date) {
			return true
		}
	}
	return false
}
