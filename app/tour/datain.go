package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/transfer"
)

// Files of the transfer tests, and what is known of them.
var (
	wrongHeadings = filepath.Join("data", "transfer", "testdata", "people-100-wrong-headings.csv")
	workbook      = filepath.Join("data", "transfer", "testdata", "doubletick-export-1714.xlsx")
	card          = filepath.Join("data", "transfer", "testdata", "iphone.vcf")
)

// filesInAndOut imports three kinds of file, undoes an import, exports, and
// sees the export named where everybody is deleted.
func (t *tour) filesInAndOut() {
	t.do("files in and out: a list of its own")
	if err := os.RemoveAll(t.folder()); err != nil {
		t.fail(err)
	}
	t.firstRun()
	t.quit()
	t.importWrongHeadings()
	t.undoImport()
	t.importCard()
	t.importWorkbook()
	t.exportList()
	t.exportsNamed()
	t.quit()
}

// opened names a file on the command line and signs in.
func (t *tour) opened(path string) {
	full, err := filepath.Abs(path)
	if err != nil {
		t.fail(err)
		return
	}
	t.run(full)
	t.see("Who are you?")
	t.fill("Password", ownerPassword)
	t.click(button("Sign in"))
	t.see("Map Columns")
}

func (t *tour) importWrongHeadings() {
	t.do("import of CSV under wrong headings")
	t.opened(wrongHeadings)
	t.see("101 rows in the file.", "Please check:")
	t.picture("data-map-csv")
	t.fill("Country of the phone numbers", "United States")
	s := t.waitFor("the count", func(s *snapshot) bool { return beginning("Import ").in(s) != nil && s.says("83 rows") })
	if t.err != nil || s == nil {
		return
	}
	t.click(beginning("Import "))
	t.see("What became of the 101 rows", "refused")
	t.picture("data-report-csv")
	c := t.expect(83)
	for _, row := range c.customers {
		if !strings.Contains(row.Email, "@") {
			t.failf("a customer's e-mail is none")
			return
		}
	}
}

// undoImport takes it back from the report, refused first.
func (t *tour) undoImport() {
	t.do("undoing the import")
	t.click(button("Undo this import"))
	t.see("Undo this import, and delete the 83 customers that it added?", "No customer stays.")
	t.picture("data-undo")
	t.click(button("Cancel"))
	t.see("83 customers were imported")
	t.expect(83)
	t.picture("data-undo-offered")
	t.click(button("Undo this import"))
	t.click(button("Delete 83 customers"))
	t.confirmed("83 customers deleted. No customer stays.", "data-undone")
	c := t.expect(0)
	t.recorded(c, data.AuditImport)
	t.quit()
}

func (t *tour) importCard() {
	t.do("import of a contact card")
	t.opened(card)
	t.fill("Country of the phone numbers", "United States")
	t.see("1 row in the file.")
	t.picture("data-map-card")
	t.click(button("Import 1 row"))
	t.see("picture, sound or key left out")
	t.picture("data-report-card")
	t.click(button("Done"))
	c := t.expect(1)
	for _, row := range c.customers {
		if row.Phone != 19055551234 || row.Company != "IBM" {
			t.failf("the card came in as %v", row.Phone)
		}
	}
	t.quit()
}

func (t *tour) importWorkbook() {
	t.do("import of a workbook")
	t.opened(workbook)
	t.see("1,714 rows in the file.")
	t.picture("data-map-workbook")
	t.click(button("Import 1,714 rows"))
	t.see("What became of the 1,714 rows")
	t.click(button("Done"))
	t.see("1,714 customers were imported", "1,715 total")
	t.expect(1715)
}

// exportList writes whom a filter leaves, and looks into the file.
func (t *tour) exportList() {
	t.do("exporting whom a filter matches")
	t.tick(campaign)
	t.see("146 of 1,715")
	t.click(button("Export"))
	t.see("The 146 filtered")
	t.fill("Your password", "something else")
	t.picture("data-export")
	t.click(button("Export 146 customers"))
	t.see("That password isn’t right.")
	t.picture("data-export-refused")
	t.fill("Your password", ownerPassword)
	t.click(button("Export 146 customers"))
	t.waitFor("the question for the file", func(s *snapshot) bool { return button("Save").in(s) != nil })
	t.picture("data-export-file")
	t.click(button("Save"))
	t.see("146 customers exported to")
	t.picture("data-exported")
	t.click(button("Close"))
	t.checkExport(t.exportedFile())
	c := t.inStore()
	t.recorded(c, data.AuditExport)
}

// exportedFile finds the workbook that the program wrote.
func (t *tour) exportedFile() string {
	found := ""
	if t.err != nil {
		return ""
	}
	err := filepath.WalkDir(t.home, func(path string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".xlsx" {
			found = path
		}
		return err
	})
	if err != nil || found == "" {
		t.failf("no workbook was written: %v", err)
	}
	return found
}

func (t *tour) checkExport(path string) {
	if t.err != nil {
		return
	}
	table, err := transfer.Open(t.ctx, path)
	if err != nil {
		t.fail(err)
		return
	}
	defer table.Close()
	n := 0
	err = table.Records(t.ctx, table.Guess(), "IN", func(r transfer.Record) error {
		if r.Refused == "" {
			n++
		}
		return nil
	})
	if err != nil || n != inCampaign {
		t.failf("%d customers stand in the export, %v", n, err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), store.ExportTempPrefix) {
			t.failf("%s is left beside the export", e.Name())
		}
	}
	t.fail(err)
}

// exportsNamed looks at Delete All, which names the export.
func (t *tour) exportsNamed() {
	t.do("the export is named where everybody is deleted")
	t.tick(campaign)
	t.see("1,715 total")
	t.click(button("Delete All"))
	t.see("1 export since")
	t.picture("data-delete-all")
	t.click(button("Show exports"))
	t.see("Earlier exports", ".xlsx")
	t.picture("data-exports")
	t.click(button("Close"))
	t.gone("Earlier exports")
	t.click(button("Cancel"))
	t.expect(1715)
}
