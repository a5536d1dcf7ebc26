// Package transfer reads customers out of files that other programs wrote.
//
// Open looks at a file once, from end to end: is it a text of separated values
// (which encoding, which separator), a workbook of Excel or contact cards; is
// there a row of headings, what stands in the columns. Guess makes a Mapping of that, a person may change it, and Records
// streams the rows as customers with what went wrong in each. Every row that
// holds anything is yielded, the refused ones with their reason: nothing is
// lost silently.
//
// Files are hostile until read: records and columns have limits, quotes that
// never close don't swallow the file, control characters and broken bytes go.
// Texts and cards are streamed; a workbook is unpacked in memory, up to
// MaxUnpacked, and never onto the disk.
package transfer
