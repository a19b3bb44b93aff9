package principles_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/principles"
	"cymar/handlers/principles/kb"
)

// shelf is a knowledge base that a test can change.
type shelf struct {
	mu   sync.Mutex
	base *kb.Base
}

func (s *shelf) Base() *kb.Base {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.base
}

func (s *shelf) put(b *kb.Base) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = b
}

// ours is the real knowledge base, read once for all tests.
var ours = sync.OnceValues(func() (*kb.Base, error) { return kb.Load(kb.Embedded(), nil) })

var (
	bea     = bottest.Person("bea")
	ruth    = bottest.Person("ruth")
	channel = bottest.Channel("c1")
)

type scene struct {
	*bottest.Stage
	shelf *shelf
	store principles.Store
}

// routed is what another job answers to a request that was passed on.
type routed struct{}

func (routed) Handle(_ context.Context, ev bot.Event) (bot.Reply, error) {
	return bot.Reply{Sends: []bot.Send{{To: bot.Here(), Card: bot.Say(ev.Lang, "the other job answers")}}}, nil
}

func open(t *testing.T) scene {
	t.Helper()
	base, err := ours()
	if err != nil {
		t.Fatal(err)
	}
	sc := scene{shelf: &shelf{base: base}}
	sc.Stage = bottest.NewStage(t, func(s *bottest.Stage, _ *bot.Options) []bot.Job {
		sc.store = principles.NewStore(bottest.Redis(t), 1, s.Clock)
		h, err := principles.New(sc.shelf, sc.store, s.Clock, map[string]bot.Handler{"route-supervision": routed{}})
		if err != nil {
			t.Fatal(err)
		}
		return []bot.Job{h}
	})
	space := bot.Space{ID: "s", Platform: bea.Platform, Tenant: bea.Tenant, Places: []bot.PlaceID{channel.ID},
		Roles: map[bot.UserID]bot.Role{ruth.ID: bot.Facilitator}}
	if err := sc.Memory.Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	return sc
}

func one(t *testing.T, sent []bottest.Sent) bottest.Sent {
	t.Helper()
	if len(sent) != 1 {
		t.Fatalf("%d messages: %v", len(sent), sent)
	}
	return sent[0]
}

func TestAnAnswerHasItsSourcesItsDateRelatedQuestionsAndAsksWhetherItHelped(t *testing.T) {
	t.Parallel()
	m := one(t, open(t).Say(bea, channel, "what does non-directive mean?"))
	for _, want := range []string{"Sources:", "Checked ", "This helped (helpful)", "→ "} {
		if !strings.Contains(m.Text(), want) {
			t.Errorf("no %q in %s", want, m.Text())
		}
	}
	if m.To.ID != channel.ID || m.Only != nil {
		t.Errorf("not answered in the place: %+v", m.To)
	}
}

func TestAWelshQuestionIsAnsweredInWelshAndSaysThatNobodyHasReadItYet(t *testing.T) {
	t.Parallel()
	text := one(t, open(t).Say(bea, channel, "beth yw egwyddorion craidd cefnogaeth gan gymheiriaid")).Text()
	for _, want := range []string{"Ffynonellau:", "Gwiriwyd", "siaradwr brodorol"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
}

func TestAnAnswerPastItsReviewSaysSo(t *testing.T) {
	t.Parallel()
	sc := open(t)
	sc.Clock.Advance(400 * 24 * time.Hour)
	if text := one(t, sc.Say(bea, channel, "what does non-directive mean?")).Text(); !strings.Contains(text, "due for another look") {
		t.Error(text)
	}
}

func TestARequestForAnotherJobIsPassedOn(t *testing.T) {
	t.Parallel()
	if text := one(t, open(t).Say(bea, channel, "remind me about supervision on the 3rd")).Text(); text != "the other job answers" {
		t.Error(text)
	}
}

func TestARequestThatNobodyTakesYetIsAnsweredInWords(t *testing.T) {
	t.Parallel()
	if text := one(t, open(t).Say(bea, channel, "can you do a summary of the meeting chat")).Text(); text == "" || strings.Contains(text, "the other job") {
		t.Error(text)
	}
}

func TestWhatHoldsNoWordsGetsAFriendlySentence(t *testing.T) {
	t.Parallel()
	sc := open(t)
	for _, text := range []string{"", "👍", "???", "\u200b\u202e", "   "} {
		if got := one(t, sc.Say(bea, channel, text)).Text(); !strings.Contains(got, "could not find a question") {
			t.Errorf("%q: %s", text, got)
		}
	}
}

func TestHostileAndHugeTextsAreAnswered(t *testing.T) {
	t.Parallel()
	sc := open(t)
	for name, text := range bottest.Hostile() {
		if sent := sc.Say(bea, channel, text); len(sent) != 1 {
			t.Errorf("%s: %d messages", name, len(sent))
		}
	}
}

func TestARelatedQuestionIsOpenedByItsButtonAndByTypingItsTitle(t *testing.T) {
	t.Parallel()
	sc := open(t)
	_, sent := sc.Press(bea, channel, "principles.open", "role-drift")
	title := one(t, sent).Card.Summary
	if typed := one(t, sc.Say(bea, channel, title)); typed.Card.Summary != title {
		t.Errorf("typed %q and got %q", title, typed.Card.Summary)
	}
	if _, sent := sc.Press(bea, channel, "principles.open", "no-such-entry"); !strings.Contains(one(t, sent).Text(), "no longer there") {
		t.Errorf("%v", sent)
	}
}

func TestEveryTitleFindsItsOwnEntry(t *testing.T) {
	t.Parallel()
	base, err := ours()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range base.Entries() {
		for _, title := range []string{e.Title.English, e.Title.Welsh} {
			if got := base.Find(kb.Query{Text: title}); e.Outcome == kb.Answer && got.Entry != e {
				t.Errorf("%q does not find %s", title, e.ID)
			}
		}
	}
}

func TestASecondTurnGoesOnAboutTheSameTopic(t *testing.T) {
	t.Parallel()
	sc := open(t)
	first := one(t, sc.Say(bea, bottest.Direct(bea), "a nurse asked me to do the meds round"))
	second := one(t, sc.Say(bea, bottest.Direct(bea), "and if she says no?"))
	if first.Card.Summary != second.Card.Summary {
		t.Errorf("%q, then %q", first.Card.Summary, second.Card.Summary)
	}
}

func TestTheTopicIsForgottenAfterAnHourAndKeptApartByThread(t *testing.T) {
	t.Parallel()
	sc := open(t)
	thread := channel
	thread.Thread = "t1"
	sc.Say(bea, thread, "a nurse asked me to do the meds round")
	for _, c := range []struct {
		place bot.Place
		want  string
	}{{thread, "not-clinical-tasks"}, {channel, ""}} {
		if got, err := sc.store.Topic(t.Context(), c.place); err != nil || got != c.want {
			t.Errorf("%q, %v, want %q", got, err, c.want)
		}
	}
}

// obscure is a question about peer support that no entry answers.
const obscure = "how many peer support workers does leeds employ"

func TestAnUnansweredQuestionIsKeptWithoutItsAsker(t *testing.T) {
	t.Parallel()
	sc := open(t)
	m := one(t, sc.Say(bea, channel, obscure))
	if !strings.Contains(m.Text(), "Tell me when there is an answer") {
		t.Errorf("%s", m.Text())
	}
	sc.Say(ruth, channel, obscure)
	qs, err := sc.store.Questions(t.Context(), principles.Home{Platform: bea.Platform, Tenant: bea.Tenant})
	if err != nil || len(qs) != 1 || qs[0].Words != obscure || qs[0].Times != 2 {
		t.Errorf("%+v, %v", qs, err)
	}
	if held, err := sc.store.Held(t.Context(), bea, bot.English); err != nil || len(held) != 0 {
		t.Errorf("held on the asker: %v, %v", held, err)
	}
}

func TestDetailsAreTakenOutOfWhatIsKept(t *testing.T) {
	t.Parallel()
	sc := open(t)
	sc.Say(bea, channel, obscure+" ring 01632 960123 or a@b.example @Sam https://x.example/y")
	qs, err := sc.store.Questions(t.Context(), principles.Home{Platform: bea.Platform, Tenant: bea.Tenant})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range qs {
		for _, bad := range []string{"01632", "b.example", "@Sam", "https"} {
			if strings.Contains(q.Words, bad) {
				t.Errorf("%q was kept: %s", bad, q.Words)
			}
		}
	}
}

func TestSomebodyWhoAskedIsToldOnceThereIsAnAnswer(t *testing.T) {
	t.Parallel()
	sc := open(t)
	sc.Say(bea, bottest.Direct(bea), obscure)
	if text := one(t, sc.Say(bea, bottest.Direct(bea), "tell me when there is an answer")).Text(); !strings.Contains(text, "I will write to you") {
		t.Error(text)
	}
	if held, err := sc.store.Held(t.Context(), bea, bot.English); err != nil || len(held) != 1 {
		t.Errorf("held: %v, %v", held, err)
	}
	sc.Receive(bottest.Tick("principles.waiting", sc.Clock.Now()))
	theirs := fstest.MapFS{"leeds-numbers.md": {Data: []byte(leeds)}}
	base, err := kb.Load(kb.Embedded(), theirs)
	if err != nil {
		t.Fatal(err)
	}
	sc.shelf.put(base)
	_, sent := sc.Receive(bottest.Tick("principles.waiting", sc.Clock.Advance(time.Hour)))
	m := one(t, sent)
	if m.To.ID != bottest.Direct(bea).ID || !strings.Contains(m.Text(), "There is one now") || !strings.Contains(m.Text(), "Leeds publishes") {
		t.Errorf("%+v %s", m.To, m.Text())
	}
	_, again := sc.Receive(bottest.Tick("principles.waiting", sc.Clock.Advance(time.Hour)))
	if len(again) != 0 {
		t.Errorf("told twice: %v", again)
	}
	if held, err := sc.store.Held(t.Context(), bea, bot.English); err != nil || len(held) != 0 {
		t.Errorf("still held: %v, %v", held, err)
	}
}

const leeds = `---
id: leeds-numbers
title: {en: How many peer support workers does Leeds employ?}
terms: [peer support workers in Leeds]
sources: [{title: "The trust's own page", place: "staff figures"}]
related: [workforce-numbers]
checked: 2026-11-21
review: 2027-05-21
examples:
  en:
    - how many peer support workers does leeds employ
    - how many psws does leeds have
    - number of peers employed in leeds
    - leeds psw numbers
    - how many peer workers work for leeds
---

## en

Leeds publishes its figures on the trust's own page.
`

func TestOpinionsAreCountedOnceAPerson(t *testing.T) {
	t.Parallel()
	sc := open(t)
	sc.Press(bea, channel, "principles.rate", "up:role-drift")
	sc.Press(bea, channel, "principles.rate", "down:role-drift")
	sc.Press(ruth, channel, "principles.rate", "up:role-drift")
	got, err := sc.store.Ratings(t.Context(), principles.Home{Platform: bea.Platform, Tenant: bea.Tenant})
	if err != nil || len(got) != 1 || got[0] != (principles.Rating{Entry: "role-drift", Up: 1, Down: 1}) {
		t.Errorf("%+v, %v", got, err)
	}
	sc.Say(bea, channel, "what is role drift")
	sc.Say(bea, channel, "helpful")
	if got, err := sc.store.Ratings(t.Context(), principles.Home{Platform: bea.Platform, Tenant: bea.Tenant}); err != nil || got[0].Up != 2 {
		t.Errorf("typed: %+v, %v", got, err)
	}
	if _, sent := sc.Press(bea, channel, "principles.rate", "up:nothing"); !strings.Contains(one(t, sent).Text(), "Ask a question first") {
		t.Errorf("%v", sent)
	}
}
