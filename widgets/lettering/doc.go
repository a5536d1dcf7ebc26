// Package lettering draws short lines of text into pictures, many in a frame.
//
// Fyne shapes each text, fills each outline anew and gives each a texture of
// its own, which then has to be drawn in every frame. Here each letter is
// filled once for each size and each quarter of a pixel, and a line is put
// together from those; and as the result is a picture, a whole row of a table
// can be one.
//
// Only Latin letters, digits and signs that the font itself has are drawn: see
// [Font.Knows]. Whoever draws leaves all else to Fyne, which looks for other
// fonts. Where a text is known it stands to the pixel where Fyne would put it.
//
// Everything here is for the goroutine of the user interface only.
package lettering
