package outbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/fold"
	"lethe/data/store"
)

// What is sent to the Cloud API (Meta, WhatsApp Business Platform, "Send
// message templates").
type (
	apiMessage struct {
		Product  string      `json:"messaging_product"`
		To       string      `json:"to"`
		Type     string      `json:"type"`
		Template apiTemplate `json:"template"`
	}
	apiTemplate struct {
		Name       string         `json:"name"`
		Language   apiLanguage    `json:"language"`
		Components []apiComponent `json:"components"`
	}
	apiLanguage  struct{ Code string } // see MarshalJSON
	apiComponent struct {
		Type       string         `json:"type"`
		Parameters []apiParameter `json:"parameters"`
	}
	apiParameter struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
)

// MarshalJSON implements json.Marshaler.
func (l apiLanguage) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"code": l.Code})
}

// apiAnswer is what it answers, well or badly.
type apiAnswer struct {
	Messages []struct {
		ID string `json:"id"`
	} `json:"messages"`
	Error *struct {
		Message string `json:"message"`
		Code    int    `json:"code"`
		Data    struct {
			Details string `json:"details"`
		} `json:"error_data"`
	} `json:"error"`
}

// Longest texts of a template's variables: the whole may have 1,024 characters.
const (
	longestBusiness = 60
	longestText     = 800
)

func (t *Transport) whatsApp(ctx context.Context, m *store.Outgoing) data.Outcome {
	api := m.WhatsApp
	if err := api.Check(); err != nil {
		return data.Outcome{Why: data.WhyOther, Answer: err.Error()}
	}
	to, ok := data.ParseE164(m.To)
	if !ok {
		return data.Outcome{Why: data.WhyAddress}
	}
	body, err := json.Marshal(apiMessage{
		Product: "whatsapp", To: strings.TrimPrefix(to.String(), "+"), Type: "template",
		Template: apiTemplate{
			Name: api.Template, Language: apiLanguage{api.Language},
			Components: []apiComponent{{Type: "body", Parameters: []apiParameter{
				{"text", variable(m.Business, longestBusiness)},
				{"text", variable(m.Body, longestText)},
			}}},
		},
	})
	if err != nil {
		return data.Outcome{Why: data.WhyOther}
	}
	where, err := url.JoinPath(api.Base, api.Version, api.NumberID, "messages")
	if err != nil {
		return data.Outcome{Why: data.WhyOther}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, where, bytes.NewReader(body))
	if err != nil {
		return data.Outcome{Why: data.WhyOther}
	}
	req.Header.Set("Authorization", "Bearer "+api.Token)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Lethe")
	res, err := t.client(ctx, req.URL.Scheme == "http").Do(req)
	if err != nil {
		return unreached(ctx, err)
	}
	defer res.Body.Close()
	const most = 64 << 10
	raw, err := io.ReadAll(io.LimitReader(res.Body, most))
	if err != nil {
		out := unreached(ctx, err)
		if out.Why == data.WhyOther {
			out.Why = data.WhyDropped
		}
		return out
	}
	return read(res, raw)
}

// variable is a text as a template takes it: one line, since line breaks are
// refused (error 132018), and never empty.
func variable(text string, limit int) string {
	text = strings.ReplaceAll(strings.TrimSpace(text), "\n", " · ")
	if text = fold.OneLine(text, limit); text == "" {
		return "-"
	}
	return text
}

func read(res *http.Response, raw []byte) data.Outcome {
	var a apiAnswer
	err := json.Unmarshal(raw, &a)
	if res.StatusCode/100 == 2 && err == nil && len(a.Messages) > 0 && a.Messages[0].ID != "" {
		return data.Outcome{Sent: true, Answer: fold.OneLine(a.Messages[0].ID, longest)}
	}
	out := data.Outcome{Why: data.WhyOther, Channel: true, Answer: fold.OneLine(res.Status, longest)}
	if err == nil && a.Error != nil {
		text := a.Error.Message
		if a.Error.Data.Details != "" {
			text += ": " + a.Error.Data.Details
		}
		out.Answer = fold.OneLine(text, longest)
		explain(&out, a.Error.Code)
	}
	if out.Why == data.WhyOther {
		switch {
		case res.StatusCode == http.StatusUnauthorized:
			out.Why = data.WhyToken
		case res.StatusCode == http.StatusTooManyRequests:
			out.Why, out.Again = data.WhyRate, true
		case res.StatusCode >= 500:
			out.Why, out.Again = data.WhyLater, true
		case errors.Is(err, io.EOF):
			out.Why = data.WhyDropped
		}
	}
	if n, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && n > 0 && out.Again {
		out.After = time.Duration(min(n, int(data.MaxDelay/time.Second))) * time.Second
	}
	return out
}

// explain reads an error code of the Cloud API (Meta, WhatsApp Business
// Platform, "Error codes").
func explain(out *data.Outcome, code int) {
	switch code {
	case 0, 3, 10, 190, 200, 299:
		out.Why = data.WhyToken
	case 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069:
		out.Why = data.WhyTemplate
	case 131026, 131030, 131021:
		out.Why, out.Channel = data.WhyNoWhatsApp, false
	case 4, 80007, 130429, 131048, 131056, 133016:
		out.Why, out.Again = data.WhyRate, true
	case 100, 33, 133010:
		out.Why = data.WhyNumber
	case 1, 2, 131000, 131016, 131057, 133004:
		out.Why, out.Again = data.WhyLater, true
	case 131009, 131008:
		out.Why = data.WhyTemplate
	}
}
