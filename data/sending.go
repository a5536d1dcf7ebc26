package data

import (
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// MailSecurity is how the way to a mail server is kept private.
type MailSecurity string

// The ways. There is no falling back from one to another: where the server
// doesn't offer what was chosen, nothing is sent. Plain is taken for a server
// on this machine only.
const (
	MailStartTLS MailSecurity = "starttls" // RFC 3207, mostly port 587
	MailTLS      MailSecurity = "tls"      // RFC 8314, mostly port 465
	MailPlain    MailSecurity = "plain"
)

// MailServer is what mail is sent through (SMTP). The zero value is one that
// is not set up.
type MailServer struct {
	Host     string       `json:"host"`
	Port     int          `json:"port"`
	Security MailSecurity `json:"security"`
	User     string       `json:"user"` // empty: without signing in
	Password string       `json:"password"`
	From     string       `json:"from"` // address
}

// SetUp tells whether there is a server.
func (m MailServer) SetUp() bool { return m.Host != "" }

// WhatsAppAPI is what WhatsApp messages are sent through: Meta's Cloud API. The
// zero value is one that is not set up.
type WhatsAppAPI struct {
	Base     string `json:"base"`     // "https://graph.facebook.com"
	Version  string `json:"version"`  // "v23.0"
	NumberID string `json:"number"`   // phone number id of the sending number
	Token    string `json:"token"`    // access token
	Template string `json:"template"` // name of an approved template with two variables
	Language string `json:"language"` // of the template, "en"
}

// What the Cloud API is reached by where the owner doesn't say otherwise.
const (
	WhatsAppBase    = "https://graph.facebook.com"
	WhatsAppVersion = "v23.0"
)

// SetUp tells whether there is an API.
func (w WhatsAppAPI) SetUp() bool { return w.NumberID != "" }

// SendingProblem is what is wrong with a MailServer, a WhatsAppAPI or an
// address, in a word for the window's sentences.
type SendingProblem struct{ Field, Reason string }

// Error names field and reason.
func (p *SendingProblem) Error() string { return p.Field + ": " + p.Reason }

// The fields and reasons of SendingProblem.
const (
	FieldHost     = "host"
	FieldPort     = "port"
	FieldSecurity = "security"
	FieldUser     = "user"
	FieldFrom     = "from"
	FieldBase     = "base"
	FieldVersion  = "version"
	FieldNumberID = "number"
	FieldToken    = "token"
	FieldTemplate = "template"
	FieldLanguage = "language"
	FieldMailTo   = "mail"
	FieldPhoneTo  = "phone"

	ReasonMissing = "missing"
	ReasonWrong   = "wrong"
	ReasonPlain   = "plain" // neither private nor on this machine
)

var (
	hostName     = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)
	apiVersion   = regexp.MustCompile(`^v[0-9]{1,3}\.[0-9]{1,2}$`)
	apiNumber    = regexp.MustCompile(`^[0-9]{5,32}$`)
	templateName = regexp.MustCompile(`^[a-z0-9_]{1,512}$`)
	templateLang = regexp.MustCompile(`^[a-z]{2,3}(_[A-Za-z]{2,4})?$`)
)

// Check answers a *SendingProblem unless mail can be sent through it.
func (m MailServer) Check() error {
	_, notIP := netip.ParseAddr(m.Host)
	switch {
	case m.Host == "":
		return &SendingProblem{FieldHost, ReasonMissing}
	case len(m.Host) > 253 || notIP != nil && !hostName.MatchString(m.Host):
		return &SendingProblem{FieldHost, ReasonWrong}
	case m.Port < 1 || m.Port > 65535:
		return &SendingProblem{FieldPort, ReasonWrong}
	}
	switch m.Security {
	case MailStartTLS, MailTLS:
	case MailPlain:
		if !OnThisMachine(m.Host) {
			return &SendingProblem{FieldSecurity, ReasonPlain}
		}
	default:
		return &SendingProblem{FieldSecurity, ReasonWrong}
	}
	switch {
	case m.User == "" && m.Password != "":
		return &SendingProblem{FieldUser, ReasonMissing}
	case strings.ContainsAny(m.User+m.Password, "\r\n\x00"):
		return &SendingProblem{FieldUser, ReasonWrong}
	case m.From == "":
		return &SendingProblem{FieldFrom, ReasonMissing}
	case !MailAddress(m.From):
		return &SendingProblem{FieldFrom, ReasonWrong}
	}
	return nil
}

// Check answers a *SendingProblem unless messages can be sent through it. The
// base address is HTTPS, or on this machine.
func (w WhatsAppAPI) Check() error {
	base, err := url.Parse(w.Base)
	switch {
	case w.Base == "":
		return &SendingProblem{FieldBase, ReasonMissing}
	case err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "",
		base.Scheme != "https" && base.Scheme != "http":
		return &SendingProblem{FieldBase, ReasonWrong}
	case base.Scheme == "http" && !OnThisMachine(base.Hostname()):
		return &SendingProblem{FieldBase, ReasonPlain}
	case !apiVersion.MatchString(w.Version):
		return &SendingProblem{FieldVersion, ReasonWrong}
	case w.NumberID == "":
		return &SendingProblem{FieldNumberID, ReasonMissing}
	case !apiNumber.MatchString(w.NumberID):
		return &SendingProblem{FieldNumberID, ReasonWrong}
	case w.Token == "":
		return &SendingProblem{FieldToken, ReasonMissing}
	case strings.ContainsFunc(w.Token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return &SendingProblem{FieldToken, ReasonWrong}
	case w.Template == "":
		return &SendingProblem{FieldTemplate, ReasonMissing}
	case !templateName.MatchString(w.Template):
		return &SendingProblem{FieldTemplate, ReasonWrong}
	case !templateLang.MatchString(w.Language):
		return &SendingProblem{FieldLanguage, ReasonWrong}
	}
	return nil
}

// OnThisMachine tells whether a host name or IP address is this machine's own.
func OnThisMachine(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// MailAddress tells whether text is one plain mail address, without a name
// (RFC 5322, addr-spec).
func MailAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Name == "" && a.Address == text && len(text) <= 254 &&
		!strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}

// Addresses are where the confirmations to the Account Owner go. Either may be
// empty.
type Addresses struct {
	Email string
	Phone Phone
}

// Check answers a *SendingProblem unless both can be written to.
func (a Addresses) Check() error {
	if a.Email != "" && !MailAddress(a.Email) {
		return &SendingProblem{FieldMailTo, ReasonWrong}
	}
	return nil
}

// Why is why a message is not sent.
type Why string

// The reasons. Offline is no failure: the message waits.
const (
	WhyOffline    Why = "offline"     // no network here
	WhyNoHost     Why = "no_host"     // no server of that name, or no network
	WhyUnreached  Why = "unreached"   // nobody answers there
	WhyTimeout    Why = "timeout"     // took too long
	WhyDropped    Why = "dropped"     // the connection broke off
	WhyCert       Why = "certificate" // the server can't prove who it is
	WhyNoTLS      Why = "no_tls"      // the server doesn't offer what keeps the way private
	WhySignIn     Why = "sign_in"     // user or password refused
	WhySender     Why = "sender"      // the server refuses the sender's address
	WhyRecipient  Why = "recipient"   // the server refuses the recipient's address
	WhyLater      Why = "later"       // the server asks to come again (greylisting)
	WhyRefused    Why = "refused"     // the server refuses the message
	WhyToken      Why = "token"       // access token expired or not taken
	WhyTemplate   Why = "template"    // not approved, or not of this name and language
	WhyNoWhatsApp Why = "no_whatsapp" // the number is not on WhatsApp
	WhyRate       Why = "rate"        // too many messages
	WhyNumber     Why = "number"      // the phone number id is not known
	WhyAddress    Why = "address"     // the message has no address that can be written to
	WhyOther      Why = "other"
)

// Outcome is what became of one attempt to send a message.
type Outcome struct {
	Sent   bool
	Why    Why           // where it wasn't sent
	Answer string        // the server's words, one line
	Again  bool          // worth another attempt
	After  time.Duration // the least time until then, as the server asked; 0: by RetryDelay
	// Channel tells that it is not this message's fault: others of the channel
	// would fare the same now.
	Channel bool
}

// Delays between attempts.
const (
	firstDelay = time.Minute
	// MaxDelay is the longest between two attempts.
	MaxDelay = 6 * time.Hour
	// offlineDelay is the longest while there is no network: finding that out
	// costs nothing.
	offlineDelay = 10 * time.Minute
	// MaxTries is how many attempts a server's refusals get before the message
	// waits for a person; being offline is none. They take more than five days,
	// as mail servers use to try (RFC 5321, section 4.5.4.1).
	MaxTries = 29
)

// RetryDelay is how long to wait after the given number of attempts in a row:
// doubling from a minute on, and up to a fifth more or less by jitter, which is
// from 0 to 1, so that not everybody comes at once.
func RetryDelay(tries int, why Why, jitter float64) time.Duration {
	limit := MaxDelay
	if why == WhyOffline || why == WhyNoHost {
		limit = offlineDelay
	}
	d := firstDelay
	for i := 1; i < tries && d < limit; i++ {
		d *= 2
	}
	d = min(d, limit)
	return d + time.Duration((jitter-0.5)*0.4*float64(d))
}
