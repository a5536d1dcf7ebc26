package prefs

// Keys that more than one package reads: the settings keep them, the program
// and the window start by them.
const (
	Variant  = "look.variant" // the theme: look.Light, look.Dark or look.System
	Scale    = "look.scale"   // in percent
	Language = "language"     // the folder of the translations: "en"
	Notify   = "notify"       // whether to tell of a finished deletion by the computer's own means; unless false
)
