package outbox

import (
	"html/template"
	"strings"
)

// row is a line of a message: a paragraph, or what a label says.
type row struct{ Label, Text string }

var pageTemplate = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html{{if .Lang}} lang="{{.Lang}}"{{end}}><head><meta charset="utf-8"><title>{{.Subject}}</title></head>
<body style="margin:0;padding:24px;font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-size:15px;line-height:1.5;color:#1f2933">
<h1 style="font-size:19px;margin:0 0 16px">{{.Subject}}</h1>
{{range .Parts}}{{if .Rows}}<table cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:0 0 16px">{{range .Rows}}
<tr><td style="padding:3px 20px 3px 0;color:#52606d;vertical-align:top">{{.Label}}</td><td style="padding:3px 0">{{.Text}}</td></tr>{{end}}
</table>{{else}}<p style="margin:0 0 16px">{{.Text}}</p>{{end}}
{{end}}</body></html>
`))

// part is a paragraph, or rows with labels.
type part struct {
	Text string
	Rows []row
}

// page is the message as HTML. Lines of the form "label: text" that stand
// together become a table; everything is escaped.
func page(lang, subject, body string) (string, error) {
	var parts []part
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		label, text, is := strings.Cut(line, ": ")
		if !is {
			parts = append(parts, part{Text: line})
			continue
		}
		if len(parts) == 0 || parts[len(parts)-1].Rows == nil {
			parts = append(parts, part{})
		}
		last := &parts[len(parts)-1]
		last.Rows = append(last.Rows, row{label, text})
	}
	var b strings.Builder
	err := pageTemplate.Execute(&b, struct {
		Lang, Subject string
		Parts         []part
	}{lang, subject, parts})
	return b.String(), err
}
