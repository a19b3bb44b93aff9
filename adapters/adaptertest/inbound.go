package adaptertest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
)

const spoken = "zebrafinch"

func samePayload(t *testing.T, s *stage) {
	all := append([]string{s.Payloads.Mention, s.Payloads.Mention}, s.Payloads.Again...)
	for _, p := range all {
		if !s.Deliver(p) {
			t.Fatalf("not accepted: %.200s", p)
		}
	}
	took := s.took.All()
	if len(took) < 2 {
		t.Fatalf("%d events came", len(took))
	}
	for _, ev := range took {
		if ev.ID != took[0].ID || ev.ID == "" {
			t.Errorf("the event %q came again as %q", took[0].ID, ev.ID)
		}
	}
	s.direct(t)
	if s.took.Last(t).ID == took[0].ID {
		t.Error("another message has the same id")
	}
}

func mentionStripped(t *testing.T, s *stage) {
	if !s.Deliver(s.Payloads.Mention) {
		t.Fatal("not accepted")
	}
	ev := s.took.Last(t)
	said, ok := ev.What.(bot.Said)
	if !ok || said.Text != spoken || !said.ToBot || said.Message == "" {
		t.Errorf("%+v, want the text %q for the bot", ev.What, spoken)
	}
	if len(said.Mentions) != 0 {
		t.Errorf("the bot is among those pointed to: %v", said.Mentions)
	}
	complete(t, s, ev)
	if ev.In.Kind == bot.DirectChat {
		t.Error("a channel counts as a direct chat")
	}
}

func complete(t *testing.T, s *stage, ev bot.Event) {
	t.Helper()
	p := s.Sender.Platform()
	if ev.From.Platform != p || ev.In.Platform != p || ev.From.Tenant == "" || ev.From.ID == "" || ev.In.ID == "" || ev.In.Tenant != ev.From.Tenant {
		t.Errorf("incomplete: from %+v, in %+v", ev.From, ev.In)
	}
	if ev.At.IsZero() || ev.At.After(time.Now().AddDate(10, 0, 0)) {
		t.Errorf("it happened at %v", ev.At)
	}
}

func notForTheBot(t *testing.T, s *stage) {
	if s.Payloads.Channel == "" {
		return
	}
	if !s.Deliver(s.Payloads.Channel) {
		t.Fatal("not accepted")
	}
	ev := s.took.Last(t)
	if said, ok := ev.What.(bot.Said); !ok || said.ToBot || said.Text != spoken {
		t.Errorf("%+v", ev.What)
	}
	complete(t, s, ev)
}

func ownIgnored(t *testing.T, s *stage) {
	noEvent(t, s, s.Payloads.Own)
}

func unknownAccepted(t *testing.T, s *stage) {
	noEvent(t, s, s.Payloads.Unknown)
}

func noEvent(t *testing.T, s *stage, payloads []string) {
	t.Helper()
	for _, p := range payloads {
		if !s.Deliver(p) {
			t.Errorf("the platform would try this again: %.300s", p)
		}
	}
	for _, ev := range s.took.All() {
		t.Errorf("became an event: %+v", ev)
	}
}

func tryAgain(t *testing.T, s *stage) {
	s.took.Refuse(errRefused)
	for _, p := range []string{s.Payloads.Mention, s.Payloads.Direct} {
		if s.Deliver(p) {
			t.Fatal("the platform takes it as delivered, and it was not")
		}
	}
	s.took.Refuse(nil)
	for _, p := range []string{s.Payloads.Mention, s.Payloads.Direct} {
		if !s.Deliver(p) {
			t.Fatal("not accepted the second time")
		}
	}
	if n := len(s.took.All()); n < 2 {
		t.Errorf("%d events came", n)
	}
}

func placeStored(t *testing.T, s *stage) {
	place := s.direct(t)
	if place.Kind != bot.DirectChat {
		t.Errorf("it is a %q", place.Kind)
	}
	if said, ok := s.took.Last(t).What.(bot.Said); !ok || !said.ToBot {
		t.Errorf("a message in a direct chat is not for the bot: %+v", said)
	}
	data, err := json.Marshal(place)
	if err != nil {
		t.Fatal(err)
	}
	var stored bot.Place
	if err := json.Unmarshal(data, &stored); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(place, stored); diff != "" {
		t.Error(diff)
	}
	id, err := s.send(t.Context(), stored, nil, bot.Say(bot.English, "an answer"))
	if err != nil || id == "" {
		t.Fatalf("sent as %q: %v", id, err)
	}
	got := s.last(t)
	if got.Place != place.ID || got.Message != id {
		t.Errorf("it came as %q in %q, want %q in %q", got.Message, got.Place, id, place.ID)
	}
	if shown := s.read(t, got); !strings.Contains(shown.Text, "an answer") {
		t.Errorf("it shows %q", shown.Text)
	}
}
