package main

import (
	"strings"
	"testing"
)

func TestTally(t *testing.T) {
	tests := []struct {
		name   string
		events string
		want   string
		good   bool
		says   []string
		hides  []string
	}{
		{
			name: "subtests count, and a good run is one line",
			events: `{"Action":"start","Package":"p"}
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"run","Package":"p","Test":"TestA/x"}
{"Action":"output","Package":"p","Test":"TestA/x","Output":"noise\n"}
{"Action":"pass","Package":"p","Test":"TestA/x"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"pass","Package":"p","Elapsed":1.25}`,
			want: "2 passed, 0 failed", good: true,
			says:  []string{"ok    p  2 passed, 1.2 s\n"},
			hides: []string{"noise", "PASS", "=== RUN"},
		},
		{
			name: "a failed test shows its output",
			events: `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"quiet one\n"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestB"}
{"Action":"output","Package":"p","Test":"TestB","Output":"b_test.go:7: got 1, want 2\n"}
{"Action":"fail","Package":"p","Test":"TestB"}
{"Action":"output","Package":"p","Output":"FAIL\n"}
{"Action":"fail","Package":"p"}`,
			want:  "1 passed, 1 failed",
			says:  []string{"FAIL  p  1 passed, 1 failed\n", "got 1, want 2"},
			hides: []string{"quiet one", "\nFAIL\n"},
		},
		{
			name: "a package that does not build is one failed",
			events: `{"ImportPath":"p [p.test]","Action":"build-output","Output":"p.go:3: undefined: x\n"}
{"ImportPath":"p [p.test]","Action":"build-fail"}
{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p","FailedBuild":"p [p.test]"}
{"Action":"run","Package":"q","Test":"TestA"}
{"Action":"pass","Package":"q","Test":"TestA"}
{"Action":"pass","Package":"q"}`,
			want: "1 passed, 1 failed",
			says: []string{"undefined: x", "ok    q"},
		},
		{
			name: "a test that never ended is a failed one",
			events: `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"panic: test timed out\n"}
{"Action":"fail","Package":"p"}`,
			want: "0 passed, 1 failed",
			says: []string{"timed out"},
		},
		{
			name: "a package that never finished is a failed one",
			events: `{"Action":"start","Package":"o"}
{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Output":"so far\n"}`,
			want: "0 passed, 2 failed",
			says: []string{"so far"},
		},
		{
			name: "skipped tests are said",
			events: `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"skip","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestB"}
{"Action":"pass","Package":"p","Test":"TestB"}
{"Action":"pass","Package":"p"}`,
			want: "1 passed, 0 failed, 1 skipped", good: true,
		},
		{
			name:   "no test at all is not good",
			events: `{"Action":"output","Package":"p","Output":"?   \tp\t[no test files]\n"}` + "\n" + `{"Action":"skip","Package":"p"}`,
			want:   "0 passed, 0 failed",
			hides:  []string{"no test files"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			count := NewTally(&out)
			if err := count.Read(strings.NewReader(tt.events)); err != nil {
				t.Fatal(err)
			}
			if got := count.String(); got != tt.want {
				t.Errorf("closing line %q, want %q", got, tt.want)
			}
			if got := count.Good(); got != tt.good {
				t.Errorf("Good() = %v, want %v", got, tt.good)
			}
			for _, s := range tt.says {
				if !strings.Contains(out.String(), s) {
					t.Errorf("does not say %q:\n%s", s, out.String())
				}
			}
			for _, s := range tt.hides {
				if strings.Contains(out.String(), s) {
					t.Errorf("says %q:\n%s", s, out.String())
				}
			}
		})
	}
}

func TestTallyRefusesWhatIsNoEvent(t *testing.T) {
	if err := NewTally(&strings.Builder{}).Read(strings.NewReader("ok\tp\t0.1s\n")); err == nil {
		t.Error("read plain text without an error")
	}
}
