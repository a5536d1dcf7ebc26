package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"text/tabwriter"
)

// writeTable shows the figures to a person, beside those of the run before on
// this machine, where there was one.
func writeTable(w io.Writer, results []result, before []reported) error {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(t, "figure\tLethe\tpeer\t\tratio\tgoal\t\tbefore")
	for _, r := range results {
		peer, ratio, goal, verdict := "", "", "≤ "+fmt.Sprintf("%g", r.goal), ""
		if r.peer == "" {
			goal = "≤ " + amount(r.goal, r.unit)
		} else {
			peer, ratio = amount(r.peerValue, r.unit), significant(r.ratio)
		}
		if r.missed() {
			verdict = "missed"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.name, amount(r.value, r.unit), peer, r.peer,
			ratio, goal, verdict, r.since(before))
	}
	return t.Flush()
}

// since tells how the figure was before, and how much that has changed: the
// ratio, or the value where there is none.
func (r result) since(before []reported) string {
	for _, b := range before {
		if b.Name != r.name || b.Unit != string(r.unit) {
			continue
		}
		was, text := b.Value, amount(b.Value, r.unit)
		if r.peer != "" {
			if b.Ratio == nil {
				continue
			}
			was, text = *b.Ratio, significant(*b.Ratio)
		}
		if was > 0 {
			text += fmt.Sprintf(" (%+.0f %%)", 100*(r.judged()/was-1))
		}
		return text
	}
	return ""
}

// amount writes a value as people read it.
func amount(v float64, u unit) string {
	const mega = 1 << 20
	switch {
	case u == inBytes && v >= mega:
		return significant(v/mega) + " MB"
	case u == inBytes:
		return significant(v) + " B"
	case v < 1:
		return significant(1000*v) + " ms"
	}
	return significant(v) + " s"
}

// significant writes three digits.
func significant(v float64) string {
	places := 2
	if v > 0 {
		places = max(0, 2-int(math.Floor(math.Log10(v))))
	}
	return fmt.Sprintf("%.*f", places, v)
}

// reported is a figure as build/bench.json has it. PeerValue and Ratio
// (Value / PeerValue) are null where there is no peer.
type reported struct {
	Name      string   `json:"name"`
	Value     float64  `json:"value"`
	Unit      string   `json:"unit"`
	Peer      string   `json:"peer"`
	PeerValue *float64 `json:"peer_value"`
	Ratio     *float64 `json:"ratio"`
}

func report(results []result) []reported {
	list := make([]reported, 0, len(results))
	for _, r := range results {
		out := reported{Name: r.name, Value: r.value, Unit: string(r.unit), Peer: r.peer}
		if r.peer != "" {
			out.PeerValue, out.Ratio = &r.peerValue, &r.ratio
		}
		list = append(list, out)
	}
	return list
}

func writeJSON(path string, results []result) error {
	text, err := json.MarshalIndent(report(results), "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o666)
}

// readJSON reads what a run before left; nothing where there was none, or one
// of another kind.
func readJSON(path string) ([]reported, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []reported
	if json.Unmarshal(text, &list) != nil {
		return nil, nil
	}
	return list, nil
}
