package teams

import (
	"time"

	"cymar/bot"
)

// Read is every event that a body leads to, as the adapter reads it once the
// token was found good.
func Read(body []byte, home bot.TenantID, now time.Time) []bot.Event {
	in, err := decode(body)
	if err != nil {
		return nil
	}
	r := reading{inbound: in, home: home, now: now}
	out := r.events()
	if i := r.invoke(); i.ok {
		out = append(out, r.pressed(i.press, "m"))
	}
	return out
}

// Still makes the numbers on buttons the same in every run, for golden files.
func (a *Adapter) Still() { a.render.nonce = func() string { return "NONCE" } }

// FormCard is a form as it is drawn, with its faults.
func (a *Adapter) FormCard(f bot.Form, faults map[string]string, dialog bool) map[string]any {
	return a.render.form(f, faults, dialog)
}

// Drawn is a card as it is drawn in a place of a kind.
func (a *Adapter) Drawn(c bot.Card, kind bot.PlaceKind) map[string]any {
	return a.render.whole(c, kind)
}

// Harmless is a text made so that Teams reads no markup in it.
func Harmless(s string) string { return harmless(s) }

// Marked reports whether a text could be read as markup.
func Marked(s string) bool { return marked(s) }

// CaughtUp waits until no chat's past is being read.
func (a *Adapter) CaughtUp() { a.catching.wait.Wait() }
