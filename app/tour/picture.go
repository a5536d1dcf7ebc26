package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// picture takes a picture of the window once it has stopped changing, and
// numbers it.
func (t *tour) picture(name string) {
	t.takePicture(name)
	if t.err != nil || !t.small {
		return
	}
	width, height := t.program.frame.W, t.program.frame.H
	if width <= smallWidth && height <= smallHeight {
		return
	}
	t.resize(smallWidth, smallHeight)
	t.takePicture(name + "-small")
	t.resize(width, height)
}

// A small window.
const smallWidth, smallHeight = 800, 600

func (t *tour) takePicture(name string) {
	if t.err != nil {
		return
	}
	seen := t.settle()
	shot, err := t.calm()
	if err != nil {
		t.fail(err)
		return
	}
	t.checkReadable(seen, shot)
	t.save(name, shot)
}

// glimpse takes a picture of what will be over in a moment.
func (t *tour) glimpse(name string) {
	if t.err != nil {
		return
	}
	if _, err := t.look(); err != nil { // so that what was seen is drawn
		t.fail(err)
		return
	}
	shot, err := t.capture()
	if err != nil {
		t.fail(err)
		return
	}
	t.save(name, shot)
}

func (t *tour) save(name string, shot *image.RGBA) {
	t.pictures++
	t.fail(savePNG(filepath.Join(t.out, fmt.Sprintf("%03d-%s.png", t.pictures, name)), shot))
}

// calm is what the display shows once two pictures in a row are the same, or
// after a while, for a cursor blinks and a bar may run.
func (t *tour) calm() (*image.RGBA, error) {
	const longest = 1500 * time.Millisecond
	end := time.Now().Add(longest)
	last, err := t.capture()
	for err == nil && time.Now().Before(end) {
		var now *image.RGBA
		if now, err = t.capture(); err != nil {
			break
		}
		if bytes.Equal(now.Pix, last.Pix) {
			return now, nil
		}
		last = now
	}
	return last, err
}

// capture is what the display shows, cut to the window with its title.
func (t *tour) capture() (*image.RGBA, error) {
	said, err := t.screen.Command("import", "-silent", "-window", "root", "-depth", "8", "ppm:-").Output()
	if err != nil {
		return nil, fmt.Errorf("taking a picture: %w", err)
	}
	whole, err := readPPM(bytes.NewReader(said))
	if err != nil || t.program == nil || t.program.frame.W == 0 {
		return whole, err
	}
	f := t.program.frame
	part := image.Rect(f.X, f.Y-f.Title, f.X+f.W, f.Y+f.H).Intersect(whole.Bounds())
	out := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(out, out.Bounds(), whole, part.Min, draw.Src)
	return out, nil
}

// readPPM reads the raw form of a Portable Pixmap with 8 bits a colour.
func readPPM(r io.Reader) (*image.RGBA, error) {
	var width, height, most int
	if _, err := fmt.Fscanf(r, "P6\n%d %d\n%d\n", &width, &height, &most); err != nil {
		return nil, fmt.Errorf("the picture can't be read: %w", err)
	}
	if most != 255 {
		return nil, errors.New("the picture has not 8 bits a colour")
	}
	raw := make([]byte, 3*width*height)
	if _, err := io.ReadFull(r, raw); err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i, j := 0, 0; i < len(raw); i, j = i+3, j+4 {
		copy(img.Pix[j:], raw[i:i+3])
		img.Pix[j+3] = 255
	}
	return img, nil
}

func savePNG(path string, img image.Image) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return png.Encode(f, img)
}

var inReadme = regexp.MustCompile(`assets/screenshots/([a-z-]+\.png)`)

// publish copies the pictures that README shows to the places where it looks
// for them.
func (t *tour) publish() error {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		return err
	}
	for _, found := range inReadme.FindAllSubmatch(readme, -1) {
		taken, err := filepath.Glob(filepath.Join(t.out, "[0-9][0-9][0-9]-"+string(found[1])))
		if err != nil {
			return err
		}
		if len(taken) != 1 {
			return fmt.Errorf("README shows %s, and the tour took %d pictures of that name", found[1], len(taken))
		}
		raw, err := os.ReadFile(taken[0])
		if err != nil {
			return err
		}
		path := filepath.FromSlash(string(found[0]))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			return err
		}
	}
	return nil
}
