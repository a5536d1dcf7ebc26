// Lethe is an offline desktop application that holds the customer list of a
// small business and lets the right people delete from it, for good.
package main

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"
	"github.com/adrg/xdg"

	"lethe/app"
	"lethe/app/certify"
	"lethe/app/desk"
	"lethe/app/diagnose"
	"lethe/app/pick"
	"lethe/app/prefs"
	"lethe/app/presence"
	"lethe/app/suspend"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/assets"
	"lethe/data/outbox"
	"lethe/widgets/countdown"
	"lethe/widgets/primer"
)

// appID names the preferences' folder; FyneApp.toml has it too.
const appID = "app.lethe.desktop"

// version is set by the linker for releases.
var version = "0.1.0"

// transport is what confirmations are sent by; nil for the network.
var transport *outbox.Transport

const notWholeText = "Lethe is not whole: its words are missing. Install it again."

const brokeOffText = "Lethe broke off because of a mistake in it. What was saved is safe. Start it again."

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// command is what the command line says.
type command struct {
	dir     string
	demo    bool
	version bool
	verify  string // a certificate to be checked
	file    string
}

func parse(args []string, stderr io.Writer) (command, error) {
	var c command
	f := flag.NewFlagSet("lethe", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprintln(stderr, "Usage: lethe [-data FOLDER | -demo] [FILE]\n       lethe -verify CERTIFICATE\n\nFILE is a list to be imported: CSV, Excel (.xlsx) or contact cards (.vcf).")
		f.PrintDefaults()
	}
	f.StringVar(&c.dir, "data", "", "keep the customer list in this `FOLDER`")
	f.BoolVar(&c.demo, "demo", false, "open made-up customers in a folder that is thrown away")
	f.StringVar(&c.verify, "verify", "", "check a certificate of deletion, a PDF `FILE`, and leave")
	f.BoolVar(&c.version, "version", false, "print the version and leave")
	if err := f.Parse(args); err != nil {
		return c, err
	}
	if f.NArg() > 1 || c.demo && c.dir != "" || c.verify != "" && (c.demo || c.dir != "" || f.NArg() > 0) {
		f.Usage()
		return c, flag.ErrHelp
	}
	c.file = f.Arg(0)
	for _, path := range []*string{&c.dir, &c.file} {
		if *path == "" {
			continue
		}
		whole, err := filepath.Abs(*path)
		if err != nil {
			return c, err
		}
		*path = whole
	}
	return c, nil
}

func run(args []string, stdout, stderr io.Writer) int {
	c, err := parse(args, stderr)
	if err != nil {
		return 2
	}
	if c.version {
		fmt.Fprintln(stdout, "Lethe", version)
		return 0
	}
	if c.verify != "" {
		return verify(c.verify, stdout, stderr)
	}
	noCoreDumps()
	// The window's goroutine must not wait for a turn behind work that keeps
	// all cores busy, each slice 10 ms long: the system shares its cores out
	// more finely than Go's scheduler does.
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 2)
	putBackgroundBehind()
	if text := noDisplay(os.Getenv); text != "" {
		fmt.Fprintln(stderr, text)
		return 1
	}
	return show(c, stderr)
}

// verify checks a certificate: no window, no list, no display. The answer is 0
// for one that is as it was signed.
func verify(path string, stdout, stderr io.Writer) int {
	w, err := words.New(assets.Translations, words.Fallback, time.Local)
	if err != nil {
		fmt.Fprintln(stderr, notWholeText)
		return 2
	}
	if !certify.Verify(w, path, stdout) {
		return 1
	}
	return 0
}

// show opens the window and returns when the program ends.
func show(c command, stderr io.Writer) (code int) {
	watch := watchGraphics(stderr)
	started := false
	defer func() {
		switch {
		case recover() == nil:
		case started:
			// What it broke off with may hold personal data and is not written.
			fmt.Fprintf(stderr, "%s\n%s", brokeOffText, debug.Stack())
			code = 2
		default:
			watch.explain(noOpenGLText)
			code = 1
		}
	}()
	usual := filepath.Join(xdg.DataHome, "Lethe")
	dir := c.dir
	if dir == "" {
		dir = usual
	}
	log := slog.New(diagnose.NewRecorder(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	kept := prefs.Open(filepath.Join(xdg.ConfigHome, appID, "window.json"), log)
	defer kept.Flush()
	scale := setScale(kept)
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: appID, Name: "Lethe", Version: version, Build: 1, Icon: assets.Icon(),
		Migrations: map[string]bool{"fyneDo": !checksThreads},
	})
	f := fyneapp.NewWithID(appID)
	f.SetIcon(assets.Icon())
	prefs.Provide(f, kept)
	a, err := app.New(f, app.Options{
		Dir: dir, Usual: dir == usual, Demo: c.demo, Import: c.file, Region: region(), Locale: string(lang.SystemLocale()), Scale: scale,
		Clock: time.Now, Zone: time.Local, Ticks: countdown.EverySecond, Log: log,
		Pages:   app.Pages(),
		Files:   func(w fyne.Window) desk.Files { return pick.New(w) },
		Tasks:   func() *task.Runner { return task.New(fyne.Do, log) },
		Sensor:  presence.Sensor,
		Primer:  primer.New(),
		Suspend: func(lock func()) func() { return suspend.Watch(log, lock) },

		Transport: transport,
	})
	if err != nil {
		fmt.Fprintln(stderr, notWholeText)
		return 1
	}
	f.Lifecycle().SetOnStarted(func() { started = true })
	a.Start()
	f.Run()
	a.End()
	if watch.failed() {
		return 1
	}
	return 0
}
