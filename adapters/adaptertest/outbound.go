package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"cymar/bot"
	"cymar/bot/bottest"
)

func (s *stage) read(t *testing.T, a Arrival) Shown {
	t.Helper()
	shown, err := s.Read(a.Body)
	if err != nil {
		t.Fatalf("the platform would not take it: %v\n%.2000s", err, a.Body)
	}
	return shown
}

func opened(t *testing.T, s *stage) {
	o, ok := s.Sender.(bot.Opener)
	if !ok {
		return
	}
	place, err := o.Open(t.Context(), s.Person)
	if err != nil || place.Kind != bot.DirectChat || place.Tenant != s.Person.Tenant {
		t.Fatalf("%+v, %v", place, err)
	}
	if _, err := s.send(t.Context(), place, nil, bot.Say(bot.English, "good morning")); err != nil {
		t.Fatal(err)
	}
	if came := s.direct(t); !came.Same(place) {
		t.Errorf("opened %q, and they write in %q", place.ID, came.ID)
	}
	if s.Stranger.ID == "" {
		return
	}
	var failed *bot.SendError
	if _, err := o.Open(t.Context(), s.Stranger); !errors.As(err, &failed) || failed.Reason != bot.Unreachable {
		t.Errorf("a stranger: %v", err)
	}
}

func onlyOne(t *testing.T, s *stage) {
	if !s.Sender.Caps().Ephemeral {
		return
	}
	if !s.Deliver(s.Payloads.Mention) {
		t.Fatal("not accepted")
	}
	ev := s.took.Last(t)
	if _, err := s.send(t.Context(), ev.In, &ev.From, bot.Say(bot.English, "between us")); err != nil {
		t.Fatal(err)
	}
	if got := s.last(t); got.Only != ev.From.ID || got.Place != ev.In.ID {
		t.Errorf("it came to %q in %q", got.Only, got.Place)
	}
}

func changed(t *testing.T, s *stage) {
	up, ok := s.Sender.(bot.Updater)
	if !ok {
		return
	}
	place := s.direct(t)
	id, err := s.send(t.Context(), place, nil, bottest.Cards()[7].Card)
	if err != nil {
		t.Fatal(err)
	}
	s.clock.Advance(time.Minute)
	if err := up.Update(t.Context(), place, id, bot.Say(bot.English, "it is done")); err != nil {
		t.Fatal(err)
	}
	got := s.last(t)
	if shown := s.read(t, got); got.Message != id || strings.TrimSpace(shown.Text) != "it is done" {
		t.Errorf("%q shows %q", got.Message, shown.Text)
	}
}

func capable(t *testing.T, s *stage) {
	caps := s.Sender.Caps()
	_, updates := s.Sender.(bot.Updater)
	_, uploads := s.Sender.(bot.Uploader)
	if caps.Update != updates || caps.Files && !uploads {
		t.Errorf("%+v, but it updates: %v, uploads: %v", caps, updates, uploads)
	}
	if caps.Mention == "" || s.Sender.Platform() == "" {
		t.Error("it does not say how it is called")
	}
}

// put sends a card in as many pieces as the platform needs and returns what
// came of it.
func (s *stage) put(t *testing.T, to bot.Place, c bot.Card) Shown {
	t.Helper()
	var all Shown
	for i, piece := range s.Sender.Split(c) {
		if _, err := s.send(t.Context(), to, nil, piece); err != nil {
			t.Fatalf("piece %d: %v", i, err)
		}
		shown := s.read(t, s.last(t))
		all.Text += "\n" + shown.Text
		all.Mentions, all.Links = append(all.Mentions, shown.Mentions...), append(all.Links, shown.Links...)
	}
	return all
}

func fixtures(t *testing.T, s *stage) {
	place := s.direct(t)
	for _, f := range bottest.Cards() {
		shown := s.put(t, place, f.Card)
		for _, w := range Words(f.Card) {
			if !contains(shown.Text, w) {
				t.Errorf("%s: %.80q is lost in %.400q", f.Name, w, shown.Text)
			}
		}
	}
}

func hostile(t *testing.T, s *stage, text string) {
	place := s.direct(t)
	for _, c := range full(text) {
		shown := s.put(t, place, c)
		if len(shown.Mentions)+len(shown.Links) > 0 {
			t.Errorf("it became a mention or a link: %.200q %.200q", shown.Mentions, shown.Links)
		}
		for _, w := range Words(c) {
			if !contains(shown.Text, w) {
				t.Errorf("%.80q is lost in %.200q", w, shown.Text)
			}
		}
	}
	button := bot.Button{Action: "a.b", Label: text, Value: "v", Confirm: text}
	c := bot.Card{Summary: text, Blocks: []bot.Block{bot.Buttons{Buttons: []bot.Button{button}}, bot.Picture{Alt: text}}}
	if shown := s.put(t, place, c); len(shown.Mentions)+len(shown.Links) > 0 {
		t.Errorf("on a button: %.200q %.200q", shown.Mentions, shown.Links)
	}
}

// full is cards in which a text stands in every place for text, one block each
// and all together.
func full(text string) []bot.Card {
	sp := bot.Plainly(text)
	bs := []bot.Block{
		bot.Heading{Text: text},
		bot.Text{Spans: []bot.Span{{Text: text, Bold: true}, {Text: text, Italic: true}, {Text: text}}},
		bot.List{Items: [][]bot.Span{sp, sp}}, bot.Quote{Spans: sp}, bot.Note{Spans: sp},
		bot.Facts{Rows: []bot.Fact{{Label: text, Value: text}}}, bot.Table{Header: []string{text}, Rows: [][]string{{text}, {text, text}}},
	}
	cards := []bot.Card{{Summary: text}, {Summary: text, Blocks: bs}}
	for _, b := range bs {
		cards = append(cards, bot.Card{Summary: text, Blocks: []bot.Block{b}})
	}
	return cards
}

// Words is every text of a card that must be there to be read, in order. What
// stands on a button may be shortened there.
func Words(c bot.Card) []string {
	var out []string
	spans := func(ss []bot.Span) {
		for _, s := range ss {
			out = append(out, s.Text)
		}
	}
	for _, b := range c.Blocks {
		switch b := b.(type) {
		case bot.Heading:
			out = append(out, b.Text)
		case bot.Text:
			spans(b.Spans)
		case bot.Quote:
			spans(b.Spans)
		case bot.Note:
			spans(b.Spans)
		case bot.List:
			for _, i := range b.Items {
				spans(i)
			}
		case bot.Facts:
			for _, r := range b.Rows {
				out = append(out, r.Label, r.Value)
			}
		case bot.Table:
			for _, r := range append([][]string{b.Header}, b.Rows...) {
				out = append(out, r...)
			}
		}
	}
	if len(c.Blocks) == 0 {
		out = append(out, c.Summary)
	}
	return out
}

// contains compares letters and digits alone, in order: a platform may break
// lines and put marks between, and may leave out what cannot be seen. A word
// that is longer than a platform takes is cut, so nothing but order counts.
func contains(shown, want string) bool {
	have := solid(shown)
	at := 0
	for _, r := range solid(want) {
		i := slices.Index(have[at:], r)
		if i < 0 {
			return false
		}
		at += i + 1
	}
	return true
}

func solid(s string) []rune {
	var out []rune
	for _, r := range strings.ToValidUTF8(s, "") {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		}
	}
	return out
}

// failing sends a card while the platform fails and returns the reason.
func (s *stage) failing(t *testing.T, to bot.Place, f Fault) *bot.SendError {
	t.Helper()
	ctx := t.Context()
	if f.Stall {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, 200*time.Millisecond)
		defer cancel()
	}
	s.Break(f)
	_, err := s.send(ctx, to, nil, bot.Say(bot.English, spoken))
	var failed *bot.SendError
	if !errors.As(err, &failed) {
		t.Fatalf("%+v: the error is no *SendError: %v", f, err)
	}
	s.quiet(t, err)
	return failed
}

// quiet fails the test where an error shows what it may not.
func (s *stage) quiet(t *testing.T, err error) {
	t.Helper()
	for _, form := range []string{fmt.Sprint(err), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
		if secret, ok := holds(form, append([]string{spoken}, s.Secrets...)); ok {
			t.Errorf("an error shows %q", secret)
		}
	}
}

func statuses(t *testing.T, s *stage) {
	if s.Break == nil {
		return
	}
	place := s.direct(t)
	for status := 400; status < 600; status++ {
		failed := s.failing(t, place, Fault{Status: status})
		if want := reasons(status, s.Passing); !slices.Contains(want, failed.Reason) {
			t.Errorf("%d is %q, want one of %q", status, failed.Reason, want)
		}
	}
	failed := s.failing(t, place, Fault{Status: 429, RetryAfter: 17 * time.Second})
	if failed.Reason != bot.RateLimited || failed.After < 17*time.Second || failed.After > 22*time.Second { // as told, or spread a little
		t.Errorf("told to wait 17 s: %q after %v", failed.Reason, failed.After)
	}
	s.clock.Advance(time.Hour)
	if _, err := s.send(t.Context(), place, nil, bot.Say(bot.English, "well again")); err != nil {
		t.Errorf("after all that: %v", err)
	}
}

// reasons is what a status may mean.
func reasons(status int, passing []int) []bot.Reason {
	switch {
	case status == 401:
		return []bot.Reason{bot.AuthFailed}
	case status == 403:
		return []bot.Reason{bot.AuthFailed, bot.Unreachable}
	case status == 404:
		return []bot.Reason{bot.Unreachable}
	case status == 429:
		return []bot.Reason{bot.RateLimited}
	case status >= 500 || slices.Contains(passing, status):
		return []bot.Reason{bot.ServerFault, bot.RateLimited}
	}
	return []bot.Reason{bot.Invalid, bot.Unreachable, bot.AuthFailed}
}

func broken(t *testing.T, s *stage) {
	if s.Break == nil {
		return
	}
	place := s.direct(t)
	for _, f := range []Fault{{Cut: true}, {Garbage: true}, {Stall: true}} {
		if failed := s.failing(t, place, f); failed.Reason != bot.ServerFault {
			t.Errorf("%+v is %q", f, failed.Reason)
		}
	}
}

func secrets(t *testing.T, s *stage) {
	s.Deliver(s.Payloads.Mention)
	place := s.direct(t)
	s.took.Refuse(errRefused)
	s.Deliver(s.Payloads.Mention)
	s.Deliver(s.Payloads.Direct)
	s.took.Refuse(nil)
	for _, p := range append(slices.Clone(s.Payloads.Own), s.Payloads.Unknown...) {
		s.Deliver(p)
	}
	if s.Break != nil {
		for _, f := range []Fault{{Status: 401}, {Status: 500}, {Status: 404}, {Cut: true}, {Garbage: true}} {
			_ = s.failing(t, place, f)
		}
	}
	if f, ok := s.Sender.(bot.Fetcher); ok {
		if body, err := f.Fetch(t.Context(), bot.FileRef{Name: spoken, Route: "https://evil.example/" + spoken}); err == nil {
			_, _ = io.Copy(io.Discard, body)
			t.Error("it fetched a file from a stranger's address")
		} else {
			s.quiet(t, err)
		}
	}
	if secret, ok := holds(s.log.String(), append([]string{spoken}, s.Secrets...)); ok {
		t.Errorf("the log shows %q:\n%s", secret, s.log.String())
	}
}

func ending(t *testing.T, s *stage) {
	if s.Run == nil {
		return
	}
	s.direct(t) // it runs
	s.stop()
	limit := time.NewTimer(5 * time.Second)
	defer limit.Stop()
	select {
	case err := <-s.ended:
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	case <-limit.C:
		t.Error("it still runs after five seconds")
	}
}
