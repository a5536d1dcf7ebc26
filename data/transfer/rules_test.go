package transfer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"lethe/data"
)

func TestSeparators(t *testing.T) {
	rows := "Name#Phone number#Note, remark\nAsha, S.#+919820098200#a\nBob; T.#+919820098201#b\n"
	for _, sep := range []string{",", ";", "\t", "|"} {
		text := strings.ReplaceAll(rows, "#", sep)
		if sep == "," || sep == ";" {
			text = strings.NewReplacer("Asha, S.", `"Asha, S."`, "Bob; T.", `"Bob; T."`, "Note, remark", `"Note, remark"`).Replace(text)
		}
		table := sniff(t, text)
		got := readAll(t, table, table.Guess(), "IN")
		if string(table.Separator()) != sep || got.records[0].Customer.Name != "Asha, S." || got.records[1].CustomValues["Note, remark"] != "b" {
			t.Errorf("%q: read %q: %+v", sep, table.Separator(), got.records)
		}
	}
	got := read(t, "sep=|\r\nName|Phone\r\nAsha, the first, of all|9820098200\r\n")
	if len(got.records) != 1 || got.records[0].Customer.Name != "Asha, the first, of all" || got.records[0].Line != 3 {
		t.Errorf("sep=: %+v", got.records)
	}
}

func TestHeadings(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		want  map[string]data.Field
		first string
	}{
		"none":       {"Asha,9820098200,asha@example.com\nBob,9820098201,b@example.com\n", map[string]data.Field{"Column 1": data.FieldName, "Column 2": data.FieldPhone, "Column 3": data.FieldEmail}, "Asha"},
		"phones":     {"9820098200\n9820098201\n", map[string]data.Field{"Column 1": data.FieldPhone}, ""},
		"unknown":    {"Foo,Bar\nAsha,98200 98200\nBob,98200 98201\n", map[string]data.Field{"Foo": "", "Bar": data.FieldPhone}, ""},
		"titles":     {"Customers of Sharma Traders,,\n,,\nName,Mobile,City\nAsha,9820098200,Pune\nBob,9820098201,Pune\n", map[string]data.Field{"Name": data.FieldName, "Mobile": data.FieldPhone}, "Asha"},
		"german":     {"Vorname;Nachname;Handynummer;Ort;Land;Erstellt am\nJörg;Groß;0171 1234567;Köln;Deutschland;31.12.2025 09:15\n", map[string]data.Field{"Vorname": data.FieldName, "Nachname": data.FieldName, "Handynummer": data.FieldPhone, "Ort": data.FieldCity, "Erstellt am": data.FieldCreated}, "Jörg Groß"},
		"hindi":      {"नाम,मोबाइल नंबर,शहर\nआशा,९८२००९८२००,पुणे\n", map[string]data.Field{"नाम": data.FieldName, "मोबाइल नंबर": data.FieldPhone, "शहर": data.FieldCity}, "आशा"},
		"spanish":    {"Nombre,Apellidos,Teléfono móvil,País\nJosé,Núñez,+34 612 34 56 78,España\n", map[string]data.Field{"Nombre": data.FieldName, "Teléfono móvil": data.FieldPhone, "País": data.FieldCountry}, "José Núñez"},
		"chinese":    {"姓名,手机号码,城市\n王伟,+86 139 1234 5678,北京\n", map[string]data.Field{"姓名": data.FieldName, "手机号码": data.FieldPhone}, "王伟"},
		"google":     {"First Name,Last Name,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Labels\nAsha,Rao,a@example.com,Mobile,98200 98200 ::: 98200 98201,* myContacts ::: VIP\n", map[string]data.Field{"E-mail 1 - Value": data.FieldEmail, "Phone 1 - Value": data.FieldPhone, "Phone 1 - Label": "", "Labels": data.FieldTags}, "Asha Rao"},
		"family 1st": {"Last Name,First Name,Phone\nRao,Asha,9820098200\n", map[string]data.Field{"Last Name": data.FieldName}, "Asha Rao"},
		"twice":      {"Name,Email,Email,Phone\nAsha,,a@example.com,9820098200\n", map[string]data.Field{"Email (2)": data.FieldEmail, "Email": ""}, "Asha"},
		"ids":        {"Name,Order,Phone\nAsha,1234567890,9820098200\nBob,1234567891,9820098201\n", map[string]data.Field{"Order": "", "Phone": data.FieldPhone}, "Asha"},
		"typo":       {"Nmae,Phone numbre,Emial\nA,9820098200,a@example.com\n", map[string]data.Field{"Emial": data.FieldEmail, "Phone numbre": data.FieldPhone}, ""},
		"not dates":  {"Name,Phone,Created at\nA,9820098200,by Ravi\nB,9820098201,by Asha\n", map[string]data.Field{"Created at": ""}, "A"},
		"contact":    {"Name,Contact\nAsha,9820098200\nBob,9820098201\n", map[string]data.Field{"Contact": data.FieldPhone, "Name": data.FieldName}, "Asha"},
	} {
		t.Run(name, func(t *testing.T) {
			table := sniff(t, c.text)
			m := table.Guess()
			wantFields(t, m, c.want)
			if got := readAll(t, table, m, "IN"); got.records[0].Customer.Name != c.first || len(got.refused) != 0 {
				t.Errorf("read %+v", got.records[0])
			}
			preview, err := table.Preview(m, "IN", 1)
			if err != nil || len(preview) != 1 || preview[0].Customer.Name != c.first {
				t.Errorf("preview %+v, %v", preview, err)
			}
		})
	}
}

func TestPhoneColumns(t *testing.T) {
	got := read(t, strings.Join([]string{
		"Name,Work Phone,Mobile Number,Country,Fax",
		"A,022 2345 6789,98200 98200,,022 1",
		"B,022 2345 6789,,,",
		"C,9.1982E+11,,,",
		"D,,12345,,",
		"E,,,,",
		"F,,(212) 555-0100 ext. 12,USA,",
		"G,,020 7946 0000,Atlantis,",
		"H,,98200 98203 / 98200 98204,,",
		"I,,'+919820098205,in,",
		",,,,",
	}, "\n"))
	want := []struct {
		phone   data.Phone
		refused Reason
		note    string
		problem Reason
	}{
		{919820098200, "", "Work Phone: 022 2345 6789", ReasonMorePhones},
		{912223456789, "", "", ""},
		{0, "phone_scientific", "Work Phone: 9.1982E+11", "phone_scientific"},
		{0, "phone_too_short", "Mobile Number: 12345", "phone_too_short"},
		{0, ReasonNoPhone, "", ""},
		{12125550100, "", "", ReasonExtension},
		{912079460000, "", "", ReasonUnknownCountry},
		{919820098203, "", "Mobile Number: 98200 98204", ReasonMorePhones},
		{919820098205, "", "", ""},
	}
	if len(got.records) != len(want) {
		t.Fatalf("%d records", len(got.records))
	}
	for i, w := range want {
		r := got.records[i]
		has := slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Reason == w.problem })
		if r.Customer.Phone != w.phone || r.Refused != w.refused || r.Note != w.note || has != (w.problem != "") {
			t.Errorf("%s: %v %q, note %q, problems %v", r.Customer.Name, r.Customer.Phone, r.Refused, r.Note, r.Problems)
		}
	}
}

func TestValuesOfOtherKinds(t *testing.T) {
	got := read(t, strings.Join([]string{
		"Name,Phone,Opt out,Blocked,Tags,Email,Agent Phone,Follow Up Date,Created",
		"A,9820098200,YES,Blocked,\"b, a;a | c\",a@example.com,+91 98200 00002,2026-12-24,03/04/2026 10:05 pm",
		"B,9820098201,no,Unblocked,,not a mail,123,24-Dec-2026,31/12/2025",
		"C,9820098202,perhaps,0,,,,soon,12/31/2025,extra",
		"D,9820098203,true,1,,,,46380,2026-01-02T03:04:05+05:30",
	}, "\n"))
	at := func(y, mo, d, h, mi, s int) time.Time {
		return time.Date(y, time.Month(mo), d, h, mi, s, 0, time.UTC)
	}
	a, b, c, d := got.records[0], got.records[1], got.records[2], got.records[3]
	christmas := data.DateOf(at(2026, 12, 24, 0, 0, 0))
	if x := a.Customer; !x.OptOut || !x.Blocked || !slices.Equal(x.Tags, []string{"a", "b", "c"}) || x.AgentPhone != 919820000002 ||
		x.FollowUp != christmas || !x.Created.Equal(at(2026, 4, 3, 22, 5, 0)) || len(a.Problems) != 0 {
		t.Errorf("A: %+v", a)
	}
	if x := b.Customer; x.OptOut || x.Blocked || x.Email != "not a mail" || x.AgentPhone != 0 || x.FollowUp != christmas ||
		!slices.Equal(b.Problems, []Problem{{5, ReasonNotEmail}, {6, ReasonAgentPhone}}) {
		t.Errorf("B: %+v", b)
	}
	if x := c.Customer; x.OptOut || x.FollowUp != 0 || !x.Created.Equal(at(2025, 12, 31, 0, 0, 0)) || !slices.Equal(c.Problems,
		[]Problem{{2, ReasonNotFlag}, {7, ReasonNotDate}, {8, ReasonDateOrder}, {-1, ReasonExtraCells}}) {
		t.Errorf("C: %+v", c)
	}
	if x := d.Customer; !x.OptOut || !x.Blocked || x.FollowUp != data.DateOf(at(2026, 12, 24, 0, 0, 0)) ||
		!x.Created.Equal(at(2026, 1, 1, 21, 34, 5)) {
		t.Errorf("D: %+v", d)
	}
}

func TestTimes(t *testing.T) {
	const layout = "2006-01-02 15:04:05"
	for text, want := range map[string]string{
		"2024-07-26 19:18:00": "2024-07-26 19:18:00", "2024-07-26": "2024-07-26 00:00:00", "2024/7/6": "2024-07-06 00:00:00",
		"26.07.2024 9:05": "2024-07-26 09:05:00", "26/07/24": "2024-07-26 00:00:00", "1-2-99": "1999-02-01 00:00:00",
		"26 Jul 2024, 12:00 am": "2024-07-26 00:00:00", "July 4th, 2024 12:30 PM": "2024-07-04 12:30:00",
		"Fri, 26 Jul 2024 19:18:00 GMT": "2024-07-26 19:18:00", "2024-07-26T19:18:00Z": "2024-07-26 19:18:00",
		"2024-07-26T19:18:00.123+02:00": "2024-07-26 17:18:00", "2024-07-26 19:18:00 +0530": "2024-07-26 13:48:00",
		"45499": "2024-07-26 00:00:00", "45499.75": "2024-07-26 18:00:00", "1722021480": "2024-07-26 19:18:00",
		"1722021480000": "2024-07-26 19:18:00", "Friday, 26 July 2024": "2024-07-26 00:00:00", "2024-Jul-26": "2024-07-26 00:00:00",
		"31.02.2024": "", "2024-13-01": "", "26.07.0024": "", "25:00": "", "2024-07-26 25:00:00": "", "soon": "", "12": "",
		"1e5": "", "26 Jul": "", "13:00 pm": "", "2024-07-26 19:18:00 IST": "", "1/2/3/4": "",
	} {
		got, _, ok := parseTime(text, dayFirst)
		if ok != (want != "") || ok && got.Format(layout) != want {
			t.Errorf("%q: %v %v, want %q", text, got, ok, want)
		}
	}
	if got, turned, ok := parseTime("04/03/2026", monthFirst); !ok || turned || got.Month() != time.April {
		t.Errorf("month first: %v", got)
	}
	if orderOf([]string{"01/02/2026", "03/25/2026"}, dayFirst) != monthFirst || orderOf([]string{"25/03/2026"}, monthFirst) != dayFirst ||
		orderOf([]string{"01/02/2026"}, monthFirst) != monthFirst {
		t.Error("order of a column")
	}
}

func TestCountries(t *testing.T) {
	for name, want := range map[string]string{
		"India": "IN", "in": "IN", "IND": "IN", "UK": "GB", "USA": "US", "Deutschland": "DE", "भारत": "IN", "España": "ES",
		"Slovakia (Slovak Republic)": "SK", "Bosnia and Herzegovina": "BA", "CÔTE D’IVOIRE": "CI", "Zimbabwe": "ZW",
		"Germany": "DE", "Viet Nam": "VN", "São Tomé & Príncipe": "ST", "中国": "CN", "Россия": "RU",
		"Saint Kitts and Nevis": "KN", "Atlantis": "", "": "",
	} {
		if got, ok := regionOf(name); got != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestOldEncodings(t *testing.T) {
	line := "%s,+919820098200,%s\n"
	for name, c := range map[string]struct {
		enc   encoding.Encoding
		words []string
	}{
		"shift_jis": {japanese.ShiftJIS, []string{"山田太郎", "東京都", "鈴木花子", "大阪府", "佐藤さくら", "名古屋市"}},
		"euc-jp":    {japanese.EUCJP, []string{"山田太郎", "東京都", "鈴木はなこ", "大阪府", "佐藤さくら", "名古屋のひと"}},
		"gbk":       {simplifiedchinese.GBK, []string{"王伟", "北京市朝阳区", "李娜", "上海市浦东新区", "张敏", "广州市天河区"}},
		"euc-kr":    {korean.EUCKR, []string{"김민수", "서울특별시", "이영희", "부산광역시", "박지훈", "대한민국"}},
		"cyrillic":  {charmap.Windows1251, []string{"Иван Петров", "Москва", "Мария Смирнова", "Санкт-Петербург", "Алексей Кузнецов", "Новосибирск"}},
		"greek":     {charmap.Windows1253, []string{"Γιώργος Παπαδόπουλος", "Αθήνα", "Μαρία Νικολάου", "Θεσσαλονίκη", "Δημήτρης", "Πάτρα"}},
		"latin":     {charmap.Windows1252, []string{"Ørsted Åse", "Århus", "François Lévêque", "Besançon", "Jürgen Groß", "Köln"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := "Name,Phone number,City\n"
			for range 4 {
				for i := 0; i < len(c.words); i += 2 {
					text += fmt.Sprintf(line, c.words[i], c.words[i+1])
				}
			}
			file, err := c.enc.NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			table := sniff(t, file)
			got := readAll(t, table, table.Guess(), "IN")
			if x := got.records[0].Customer; x.Name != c.words[0] || x.City != c.words[1] {
				t.Errorf("as %s: %q, %q", table.Encoding(), x.Name, x.City)
			}
		})
	}
}

func TestMappingIsChecked(t *testing.T) {
	table := sniff(t, "Name,Phone,City\nAsha,9820098200,Pune\n")
	m := table.Guess()
	for name, change := range map[string]func(Mapping) Mapping{
		"short":     func(m Mapping) Mapping { return m[:2] },
		"no import": func(m Mapping) Mapping { m[2].Field = data.FieldActivity; return m },
		"city twice": func(m Mapping) Mapping {
			m[0].Field = data.FieldCity
			return m
		},
	} {
		if err := change(slices.Clone(m)).Check(table); !errors.Is(err, ErrMapping) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m[0].Use, m[2].Use = ToCustom, Ignore
	got := readAll(t, table, m, "IN")
	if r := got.records[0]; r.Customer.Name != "" || r.Customer.City != "" || !maps.Equal(r.CustomValues, map[string]string{"Name": "Asha"}) {
		t.Errorf("%+v", r)
	}
}

// A column that the first rows leave empty is not read, and that is told.
func TestLateColumn(t *testing.T) {
	text := "Name,Phone,Remark\n" + strings.Repeat("A,9820098200,\n", 600) + "B,9820098201,late\n"
	table := sniff(t, text)
	m := table.Guess()
	got := readAll(t, table, m, "IN")
	last := got.records[600]
	if m[2].Use != Ignore || !slices.Equal(last.Problems, []Problem{{2, ReasonNotRead}}) {
		t.Errorf("%+v, %+v", m[2], last)
	}
}

// What encoding/csv writes is read back cell by cell.
func TestRoundTrip(t *testing.T) {
	cell := rapid.StringOfN(rapid.RuneFrom([]rune("ab,;\t|\"'\n =+-@é अ🙂0")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 6).Draw(t, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 20).Draw(t, "rows")
		sep := rapid.SampledFrom(separators).Draw(t, "separator")
		var file strings.Builder
		w := csv.NewWriter(&file)
		w.Comma, w.UseCRLF = rune(sep), rapid.Bool().Draw(t, "crlf")
		for _, row := range rows {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		reader := rapid.SampledFrom([]int{1, 7, 1 << 16}).Draw(t, "pieces")
		s := newScanner(&slow{strings.NewReader(file.String()), reader}, sep, '\n')
		for _, row := range rows {
			if width == 1 && strings.TrimSpace(row[0]) == "" {
				continue
			}
			var b batch
			if err := s.next(&b); err != nil {
				t.Fatal(err)
			}
			got := b.cells(string(b.data), 0, nil)
			for i := range got {
				got[i] = strings.ReplaceAll(got[i], "\r\n", "\n")
			}
			if !slices.Equal(got, row) {
				t.Fatalf("read %q, wrote %q", got, row)
			}
		}
	})
}

// slow hands out a few bytes at a time.
type slow struct {
	r     *strings.Reader
	piece int
}

func (s *slow) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), s.piece)]) }

func TestCleanIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		lines := rapid.Bool().Draw(t, "lines")
		once, _ := clean(raw, lines)
		if !utf8.ValidString(once) || strings.TrimSpace(once) != once {
			t.Fatalf("%q", once)
		}
		if twice, _ := clean(once, lines); twice != once && !strings.HasPrefix(once, "'") {
			t.Fatalf("%q, then %q", once, twice)
		}
	})
}

func BenchmarkRecords(b *testing.B) {
	var text strings.Builder
	text.WriteString("Name,Phone number,Tags,Customer Date Created,Email,City,State\n")
	for i := range 100_000 {
		fmt.Fprintf(&text, "Asha Sharma,+9198%08d,\"VIP, Cold\",2026-01-02 03:04:05,a%d@example.com,Pune,Maharashtra\n", i, i)
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		table, err := Sniff(b.Context(), strings.NewReader(text.String()), int64(text.Len()))
		if err != nil {
			b.Fatal(err)
		}
		if err := table.Records(b.Context(), table.Guess(), "IN", func(Record) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
