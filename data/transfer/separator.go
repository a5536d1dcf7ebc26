package transfer

import (
	"bytes"
	"errors"
	"io"
	"math"
)

// separators in the order of preference.
var separators = []byte{',', ';', '\t', '|'}

// guessSeparator tells what parts the cells: the byte that splits the first
// rows into the most cells most evenly.
func guessSeparator(head []byte, eol byte) byte {
	if len(head) > 6 && bytes.EqualFold(head[:4], []byte("sep=")) && (head[5] == '\r' || head[5] == '\n') {
		return head[4]
	}
	best, bestScore := separators[0], 0.0
	for _, sep := range separators {
		if score := evenness(head, sep, eol); score > bestScore {
			best, bestScore = sep, score
		}
	}
	return best
}

// evenness scores a separator: the share of rows with the commonest number of
// cells, more for more cells, nothing for one.
func evenness(head []byte, sep, eol byte) float64 {
	var b batch
	s := newScanner(bytes.NewReader(head), sep, eol)
	widths := map[int]int{}
	for rows := 0; rows < 200; rows++ {
		b.reset()
		if err := s.next(&b); err != nil {
			if !errors.Is(err, io.EOF) {
				return 0
			}
			break
		}
		widths[len(b.ends)]++
	}
	rows, common, times := 0, 0, 0
	for width, n := range widths {
		rows += n
		if n > times || n == times && width > common {
			common, times = width, n
		}
	}
	if common < 2 {
		return 0
	}
	share := float64(times) / float64(rows)
	return share * (1 + math.Log2(float64(common)))
}
