package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"text/tabwriter"
)

// writeTable shows the figures to a person.
func writeTable(w io.Writer, results []result) error {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(t, "figure\tLethe\tpeer\t\tratio\tgoal")
	for _, r := range results {
		verdict := ""
		if r.ratio() > r.goal {
			verdict = "\tmissed"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t≤ %g%s\n", r.name, seconds(r.value), seconds(r.peerValue), r.peer,
			significant(r.ratio()), r.goal, verdict)
	}
	return t.Flush()
}

// seconds writes a time as people read it.
func seconds(s float64) string {
	if s < 1 {
		return significant(1000*s) + " ms"
	}
	return significant(s) + " s"
}

// significant writes three digits.
func significant(v float64) string {
	places := 2
	if v > 0 {
		places = max(0, 2-int(math.Floor(math.Log10(v))))
	}
	return fmt.Sprintf("%.*f", places, v)
}

// reported is a figure as build/bench.json has it.
type reported struct {
	Name      string  `json:"name"`
	Value     float64 `json:"value"`
	Unit      string  `json:"unit"`
	Peer      string  `json:"peer"`
	PeerValue float64 `json:"peer_value"`
	Ratio     float64 `json:"ratio"` // Value / PeerValue
}

func writeJSON(path string, results []result) error {
	list := make([]reported, 0, len(results))
	for _, r := range results {
		list = append(list, reported{r.name, r.value, "s", r.peer, r.peerValue, r.ratio()})
	}
	text, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o666)
}
