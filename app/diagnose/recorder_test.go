package diagnose_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"lethe/app/diagnose"
)

func TestTheRecorderKeepsTheLastMessagesAlone(t *testing.T) {
	var shown bytes.Buffer
	log := slog.New(diagnose.NewRecorder(slog.NewTextHandler(&shown, &slog.HandlerOptions{Level: slog.LevelWarn})))
	log.Info("not heard")
	for i := range 250 {
		log.With("name", "Gauri").Warn(fmt.Sprintf("message %d", i), "err", "Gauri.csv")
	}
	got := diagnose.Recent(log)
	if len(got) != 200 || got[0].Message != "message 50" || got[199].Message != "message 249" {
		t.Fatalf("%d records, %+v", len(got), got[:1])
	}
	for _, one := range got {
		if strings.Contains(fmt.Sprintf("%+v", one), "Gauri") {
			t.Fatalf("it keeps what a record tells: %+v", one)
		}
	}
	if !strings.Contains(shown.String(), "message 249") || strings.Contains(shown.String(), "not heard") {
		t.Error("what it was made for doesn't get the records")
	}
	if diagnose.Recent(slog.New(slog.DiscardHandler)) != nil {
		t.Error("a log that remembers nothing answers something")
	}
}
