// Package assets holds what is not code: icons, translations, and what the
// installers need.
package assets

import "embed"

// Translations holds the words of the window: translations/<language>/*.json,
// read by package words.
//
//go:embed translations
var Translations embed.FS
