package meetings

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"cymar/bot"
	"cymar/bot/words"
)

// page gives the facilitator a link to the desk: it works once, for a quarter
// of an hour, and then in the browser that used it.
func (h *Handler) page(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	at := h.o.Page(a.From.Platform)
	if at == "" || a.In.Kind != bot.DirectChat {
		return bot.Reply{}, refuse(a.word("page.none"))
	}
	key := Key{Home: m.home(), Secret: rand.Text()}
	if err := h.o.Store.Pass(ctx, key.Secret, Seat{Meeting: m.ID, Owner: m.Owner}); err != nil {
		return bot.Reply{}, err
	}
	text := a.word("page.link")
	open := bot.Button{Label: a.word("page.open"), URL: at + "/desk/open?key=" + key.String()}
	return only(bot.Card{Summary: text, Lang: a.lang, Blocks: []bot.Block{
		bot.Para(text), bot.Buttons{Buttons: []bot.Button{open}}, bot.Small(a.word("page.note", words.Data{"Minutes": int(passLife.Minutes())})),
	}}), nil
}

// Key is what a link or a browser shows: a secret, and where to look for it.
type Key struct {
	Home   Home   `json:"h"`
	Secret string `json:"s"`
}

// String writes the key for an address or a cookie.
func (k Key) String() string {
	b, err := json.Marshal(k)
	if err != nil { // three strings can be written
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// ReadKey reads what String wrote.
func ReadKey(s string) (Key, error) {
	var k Key
	if len(s) > 1000 {
		return k, fmt.Errorf("key: too long")
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &k)
	}
	if err != nil || k.Secret == "" {
		return Key{}, fmt.Errorf("key: not one of ours")
	}
	return k, nil
}
