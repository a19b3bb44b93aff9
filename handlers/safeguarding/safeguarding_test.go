package safeguarding_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/safeguarding"
)

// alarm is a guard that reads the level off the text: "R: …".
type alarm struct{}

func (alarm) Read(text string) bot.Finding {
	level, _, ok := strings.Cut(text, ":")
	if !ok {
		return bot.Finding{}
	}
	return bot.Finding{Level: bot.Level(level)}
}

var (
	bea     = bottest.Person("bea")
	ruth    = bottest.Person("ruth")
	channel = bottest.Channel("c1")
	meeting = bottest.Meeting("m1")
)

const ordinary = "an ordinary answer"

func stage(t *testing.T, listening bool) *bottest.Stage {
	t.Helper()
	return bottest.NewStage(t, func(s *bottest.Stage, o *bot.Options) []bot.Job {
		o.Guard = alarm{}
		o.Listening = func(context.Context, bot.Place, bot.What) (bool, error) { return listening, nil }
		h, err := safeguarding.New(safeguarding.Helplines(), s.Memory)
		if err != nil {
			t.Fatal(err)
		}
		return []bot.Job{h, answerer{}}
	})
}

type answerer struct{}

func (answerer) Register(r *bot.Router) {
	r.Answer(bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) {
		return bot.Reply{Sends: []bot.Send{{To: bot.Here(), Card: bot.Say(ev.Lang, ordinary)}}}, nil
	}))
}

func space(t *testing.T, s *bottest.Stage, change func(*bot.Space)) {
	t.Helper()
	sp := bot.Space{ID: "s", Platform: bea.Platform, Tenant: bea.Tenant, Places: []bot.PlaceID{channel.ID, meeting.ID}}
	change(&sp)
	if err := s.Memory.Save(t.Context(), sp); err != nil {
		t.Fatal(err)
	}
}

func TestACrisisInAChannelIsAnsweredInADirectChatAndPointedTo(t *testing.T) {
	t.Parallel()
	sent := stage(t, false).Say(bea, channel, "R: secret words")
	if len(sent) != 2 {
		t.Fatalf("%d messages: %v", len(sent), sent)
	}
	for _, m := range sent {
		if strings.Contains(m.Text(), "secret") || strings.Contains(m.Text(), ordinary) {
			t.Errorf("said too much: %s", m.Text())
		}
		if m.To.Kind != bot.DirectChat && m.Only == nil {
			t.Errorf("everybody saw it: %+v", m)
		}
	}
	direct := sent[slices.IndexFunc(sent, func(m bottest.Sent) bool { return m.To.Kind == bot.DirectChat })]
	for _, want := range []string{"999", "111", "116 123", "85258", "I am a bot"} {
		if !strings.Contains(direct.Text(), want) {
			t.Errorf("no %q in %s", want, direct.Text())
		}
	}
}

func TestACrisisInAFormIsAnsweredAndTheFormStaysOpen(t *testing.T) {
	t.Parallel()
	for lang, want := range map[bot.Lang]string{bot.English: "Nothing in this form was saved", bot.Welsh: "Chafodd dim yn y ffurflen hon ei gadw"} {
		s := stage(t, false)
		if err := s.Memory.SaveProfile(t.Context(), bea, bot.Profile{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		now, sent := s.Do(bea, channel, bot.Submitted{Form: "theme.save", Fields: map[string]string{"title": "Training", "text": "R: secret words"}})
		if now == nil || !strings.Contains(now.FieldErrors[""], want) || strings.Contains(now.FieldErrors[""], "secret") {
			t.Errorf("%s: in the form: %+v", lang, now)
		}
		if !slices.ContainsFunc(sent, func(m bottest.Sent) bool { return m.To.Kind == bot.DirectChat && strings.Contains(m.Text(), "116 123") }) {
			t.Errorf("%s: sent %v", lang, sent)
		}
	}
}

func TestACrisisIsNeverMetWithSilence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ephemeral bool
		refuse    func(bottest.Sent) bool
		seen      func(bottest.Sent) bool
	}{
		"no direct chat can be opened, but a private message works": {
			true, func(s bottest.Sent) bool { return s.How == "open" }, func(s bottest.Sent) bool { return s.Only != nil },
		},
		"nothing reaches the person alone": {
			false, func(s bottest.Sent) bool { return s.How == "open" }, func(s bottest.Sent) bool { return s.To.ID == meeting.ID && s.Only == nil },
		},
		"both private ways are closed": {
			true, func(s bottest.Sent) bool { return s.How == "open" || s.Only != nil }, func(s bottest.Sent) bool { return s.To.ID == meeting.ID && s.Only == nil },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := stage(t, true)
			s.Platform.Can.Ephemeral = c.ephemeral
			s.Platform.Before = func(_ context.Context, m bottest.Sent) error {
				if c.refuse(m) {
					return &bot.SendError{Reason: bot.Unreachable}
				}
				return nil
			}
			_, sent := s.Do(bea, meeting, bot.Said{Text: "R: words", Message: "m"})
			i := slices.IndexFunc(sent, c.seen)
			if i < 0 || !strings.Contains(sent[i].Text(), "116 123") || !strings.Contains(sent[i].Text(), "999") {
				t.Errorf("%v", sent)
			}
			if i >= 0 && sent[i].Only == nil && strings.Contains(sent[i].Text(), "Thank you for saying that") {
				t.Error("the card for everybody points to somebody")
			}
		})
	}
}

func TestTheNumbersAreTheNations(t *testing.T) {
	t.Parallel()
	for nation, want := range map[bot.Nation][]bool{ // England's 111, Wales's 111
		bot.England: {true, false}, bot.Wales: {false, true}, bot.Both: {true, true}, "": {true, true},
	} {
		s := stage(t, false)
		space(t, s, func(sp *bot.Space) { sp.Nation = nation })
		s.Say(bea, channel, "hello")
		text := s.Say(bea, bottest.Direct(bea), "R: words")[0].Text()
		got := []bool{strings.Contains(text, "mental health option (2)"), strings.Contains(text, "press 2")}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v in %s", nation, got, want, text)
		}
	}
}

func TestAWelshSpeakerIsAnsweredInWelsh(t *testing.T) {
	t.Parallel()
	s := stage(t, false)
	if err := s.Memory.SaveProfile(t.Context(), bea, bot.Profile{Lang: bot.Welsh}); err != nil {
		t.Fatal(err)
	}
	text := s.Say(bea, bottest.Direct(bea), "R:")[0].Text()
	if !strings.Contains(text, "Bot ydw i") || !strings.Contains(text, "0808 164 0123") {
		t.Error(text)
	}
}

func TestSomebodyElseInDangerIsAnsweredInPlaceWithUrgentNumbersFirst(t *testing.T) {
	t.Parallel()
	sent := stage(t, false).Say(bea, channel, "T: my friend")
	if len(sent) != 1 || sent[0].Only != nil || sent[0].To.ID != channel.ID {
		t.Fatalf("%v", sent)
	}
	text := sent[0].Text()
	if at, then := strings.Index(text, "999"), strings.Index(text, "person in charge"); at < 0 || then < at {
		t.Error(text)
	}
}

func TestAConcernAndPersonalDataArePrivateAndKeepNothing(t *testing.T) {
	t.Parallel()
	for level, want := range map[string]string{"S": "safeguarding lead", "P": "edit or delete"} {
		sent := stage(t, false).Say(bea, channel, level+": words of theirs")
		if len(sent) != 1 || sent[0].Only == nil || !strings.Contains(sent[0].Text(), want) || strings.Contains(sent[0].Text(), "theirs") {
			t.Errorf("%s: %v", level, sent)
		}
	}
}

func TestDistressGetsTheOrdinaryAnswerAndOneQuietLine(t *testing.T) {
	t.Parallel()
	sent := stage(t, false).Say(bea, channel, "A: tired")
	if len(sent) != 2 || !strings.Contains(sent[0].Text(), ordinary) || sent[1].Only == nil || !strings.Contains(sent[1].Text(), "116 123") {
		t.Errorf("%v", sent)
	}
}

func TestDistressInAMeetingThatIsNotAddressedToTheBotIsLeftInPeace(t *testing.T) {
	t.Parallel()
	if _, sent := stage(t, true).Do(bea, meeting, bot.Said{Text: "A: tired", Message: "m"}); len(sent) != 0 {
		t.Errorf("%v", sent)
	}
}

func TestWhatIsNotAddressedToTheBotIsNotRead(t *testing.T) {
	t.Parallel()
	if _, sent := stage(t, false).Do(bea, channel, bot.Said{Text: "R: words", Message: "m"}); len(sent) != 0 {
		t.Errorf("%v", sent)
	}
}

func TestTheContactIsAskedToLookOnlyWhenThePersonWasTold(t *testing.T) {
	t.Parallel()
	for _, told := range []bool{false, true} {
		s := stage(t, false)
		space(t, s, func(sp *bot.Space) { sp.Contact = ruth.ID })
		p := bot.Profile{Greeted: time.Now()}
		if told {
			p.Contact = ruth.ID
		}
		if err := s.Memory.SaveProfile(t.Context(), bea, p); err != nil {
			t.Fatal(err)
		}
		sent := s.Say(bea, channel, "R: my own words")
		at := slices.IndexFunc(sent, func(m bottest.Sent) bool { return m.To.ID == bottest.Direct(ruth).ID })
		if (at >= 0) != told {
			t.Errorf("told %v: %v", told, sent)
		}
		if at >= 0 && (strings.Contains(sent[at].Text(), "own words") || strings.Contains(sent[at].Text(), "bea")) {
			t.Errorf("said too much: %s", sent[at].Text())
		}
	}
}

func TestNothingOfACrisisIsStored(t *testing.T) {
	t.Parallel()
	s := stage(t, false)
	ev := bottest.Said(bea, channel, "R: never to be kept")
	if _, err := s.Bot.Receive(t.Context(), ev); err != nil {
		t.Fatal(err)
	}
	for _, d := range s.Memory.Waiting() {
		for _, p := range d.Parts {
			if strings.Contains(p.Card.Plain(), "kept: ") || strings.Contains(p.Card.Plain(), "never to be") {
				t.Errorf("stored: %s", p.Card.Plain())
			}
		}
		if !d.Brief {
			t.Error("the mark of a crisis outlives its day")
		}
	}
}

func TestUrgentNumbersCanBeAskedFor(t *testing.T) {
	t.Parallel()
	sent := stage(t, false).Say(bea, channel, "helplines")
	if len(sent) != 1 || sent[0].Only == nil || !strings.Contains(sent[0].Text(), "116 123") {
		t.Errorf("%v", sent)
	}
}

func TestALineThatNobodyHasCheckedIsOff(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	for _, l := range safeguarding.Helplines() {
		if l.On && l.Verified == "" {
			t.Errorf("%s is on and was never checked", l.ID)
		}
		if off := strings.HasPrefix(l.State(now), "off"); off == l.On {
			t.Errorf("%s: %s", l.ID, l.State(now))
		}
		if l.On && !strings.Contains(l.State(now.AddDate(1, 0, 0)), "please check") {
			t.Errorf("%s: a year later nobody is asked to check it", l.ID)
		}
	}
}

func TestAStoreThatIsAwayLetsThePlatformTryAgain(t *testing.T) {
	t.Parallel()
	s := stage(t, false)
	space(t, s, func(sp *bot.Space) { sp.Contact = ruth.ID })
	s.Memory.Fail = func(method string) error {
		if method == "Profile" {
			return bot.Unavailable(errors.New("down"))
		}
		return nil
	}
	if _, err := s.Bot.Receive(t.Context(), bottest.Said(bea, channel, "R: words")); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("%v", err)
	}
}
