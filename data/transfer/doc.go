// Package transfer reads customers out of files that other programs wrote.
//
// Open looks at a CSV file once, from end to end and without keeping it: which
// encoding, which separator, is there a row of headings, what stands in the
// columns. Guess makes a Mapping of that, a person may change it, and Records
// streams the rows as customers with what went wrong in each. Every row that
// holds anything is yielded, the refused ones with their reason: nothing is
// lost silently.
//
// Files are hostile until read: records and columns have limits, quotes that
// never close don't swallow the file, control characters and broken bytes go.
package transfer
