package prefs

import "fyne.io/fyne/v2"

// Provide makes p the preferences of f in place of Fyne's own. What a cloud
// provider is to Fyne is here the folder of this computer's user: it is the
// way that Fyne has for preferences from elsewhere.
func Provide(f fyne.App, p *Prefs) { f.SetCloudProvider(provider{p}) }

type provider struct{ prefs *Prefs }

var (
	_ fyne.CloudProvider            = provider{}
	_ fyne.CloudProviderPreferences = provider{}
)

func (p provider) CloudPreferences(fyne.App) fyne.Preferences { return p.prefs }
func (provider) ProviderName() string                         { return "preferences" }
func (provider) ProviderDescription() string                  { return "" }
func (provider) ProviderIcon() fyne.Resource                  { return nil }
func (provider) Setup(fyne.App) error                         { return nil }
func (provider) Cleanup(fyne.App)                             {}
