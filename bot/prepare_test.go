package bot_test

import (
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

// seeing is a bench whose answerer keeps the event that it saw.
func seeing(t *testing.T, edit ...func(*bot.Options)) (*bottest.Bench, *bot.Event) {
	var seen bot.Event
	b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		keep := handle(func(ev bot.Event) (bot.Reply, error) { seen = ev; return bot.Reply{}, nil })
		r.Answer(keep)
		r.Tick("test.job", "* * * * *", keep)
	})}, edit...)
	return b, &seen
}

func TestAHandlerKnowsTheSpaceTheRoleTheLanguageAndThePlatform(t *testing.T) {
	t.Parallel()
	b, seen := seeing(t)
	if err := b.Memory.Save(t.Context(), bottest.Space("a", "c1")); err != nil {
		t.Fatal(err)
	}
	b.Say(bottest.Person("lead"), channel, "hello")
	if seen.Space.ID != "a" || seen.Role != bot.Facilitator || seen.Lang != bot.Welsh || !seen.Caps.Ephemeral {
		t.Errorf("in the space: %+v", seen)
	}
	b.Say(ann, bottest.Channel("elsewhere"), "hello")
	if !seen.Space.Zero() || seen.Role != bot.Participant || seen.Lang != bot.English {
		t.Errorf("outside: %+v", seen)
	}
}

func TestAPersonsOwnLanguageComesBeforeTheSpaces(t *testing.T) {
	t.Parallel()
	b, seen := seeing(t)
	if err := b.Memory.Save(t.Context(), bottest.Space("a", "c1")); err != nil {
		t.Fatal(err)
	}
	if err := b.Memory.SaveProfile(t.Context(), ann, bot.Profile{Lang: bot.English}); err != nil {
		t.Fatal(err)
	}
	if b.Say(ann, channel, "hello"); seen.Lang != bot.English {
		t.Errorf("got %q", seen.Lang)
	}
}

func TestInADirectChatThePersonHasTheSpaceTheyWereLastSeenIn(t *testing.T) {
	t.Parallel()
	b, seen := seeing(t)
	for _, s := range []bot.Space{bottest.Space("a", "c1"), bottest.Space("b", "c2")} {
		if err := b.Memory.Save(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	b.Say(ann, bottest.Channel("c2"), "hello")
	if b.Say(ann, bottest.Direct(ann), "hello"); seen.Space.ID != "b" {
		t.Errorf("got %q", seen.Space.ID)
	}
	if b.Say(bottest.Person("new"), bottest.Direct(bottest.Person("new")), "hello"); !seen.Space.Zero() {
		t.Errorf("a stranger was given %q", seen.Space.ID)
	}
}

func TestTheClockIsNobodyAndGetsEnglish(t *testing.T) {
	t.Parallel()
	b, seen := seeing(t)
	b.Do(bottest.Tick("test.job", bottest.Start))
	if seen.Lang != bot.English || seen.Role != bot.Participant {
		t.Errorf("%+v", seen)
	}
}

// level is a guard that finds the same in every text.
type level bot.Level

func (l level) Read(string) bot.Finding { return bot.Finding{Level: bot.Level(l)} }

func guardedBench(t *testing.T, l bot.Level) *bottest.Bench {
	return bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		r.Answer(saying("answer"))
		r.Command(command("grant", bot.GrantRoles), saying("granted"))
		r.Guarded(saying("guard"))
		r.Observe(handle(func(ev bot.Event) (bot.Reply, error) { return reply(send("seen " + string(ev.Found.Level))), nil }))
	})}, func(o *bot.Options) { o.Guard = level(l) })
}

func TestTheGuardComesBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	for l, want := range map[bot.Level]string{
		bot.Crisis: "seen R / guard", bot.OtherInDanger: "seen T / guard", bot.Safeguarding: "seen S / guard", bot.PersonalData: "seen P / guard",
		bot.Distress: "seen A / answer / guard", bot.Calm: "seen  / answer",
	} {
		b := guardedBench(t, l)
		if got := texts(b.Say(ann, channel, "words")); got != want {
			t.Errorf("%q: %q, not %q", l, got, want)
		}
	}
}

func TestOfAFormOnlyACrisisIsHeldBack(t *testing.T) {
	t.Parallel()
	for l, want := range map[bot.Level]string{
		bot.Crisis: "guard", bot.OtherInDanger: "saved", bot.Safeguarding: "saved", bot.PersonalData: "saved", bot.Distress: "saved", bot.Calm: "saved",
	} {
		b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
			r.Form("notes.save", bot.Anyone, saying("saved"))
			r.Guarded(saying("guard"))
		})}, func(o *bot.Options) { o.Guard = level(l) })
		for fields, want := range map[string]string{"words": want, "": "saved"} {
			what := bot.Submitted{Form: "notes.save", Fields: map[string]string{}}
			if fields != "" {
				what.Fields["note"] = fields
			}
			_, sent := b.Do(bot.Event{ID: bot.EventID("e" + fields), From: ann, In: channel, What: what})
			if got := texts(sent); got != want {
				t.Errorf("%q in a form with %q: %q, not %q", l, fields, got, want)
			}
		}
	}
}

func TestInDangerNobodyIsRefusedForWantOfARole(t *testing.T) {
	t.Parallel()
	b := guardedBench(t, bot.Crisis)
	if got := texts(b.Say(ann, channel, "grant")); got != "seen R / guard" {
		t.Errorf("got %q", got)
	}
	b = guardedBench(t, bot.Calm)
	if got := texts(b.Say(ann, channel, "grant")); got != "seen  / en:core.denied" {
		t.Errorf("got %q", got)
	}
}

func TestADangerThatIsFoundMakesTheTraceShort(t *testing.T) {
	t.Parallel()
	for l, want := range map[bot.Level]bool{bot.Crisis: true, bot.OtherInDanger: true, bot.Safeguarding: true, bot.PersonalData: true, bot.Distress: false, bot.Calm: false} {
		b := guardedBench(t, l)
		if _, err := b.Receive(t.Context(), bottest.Said(ann, channel, "words")); err != nil {
			t.Fatal(err)
		}
		if got := b.Memory.Waiting()[0].Brief; got != want {
			t.Errorf("%q: brief %v", l, got)
		}
	}
}

func TestSomebodyWhoWritesDirectlyCanBeReachedFromThenOn(t *testing.T) {
	t.Parallel()
	b, _ := seeing(t)
	b.Say(ann, bottest.Direct(ann), "hello")
	if p, err := b.Memory.Find(t.Context(), ann); err != nil || p.ID != bottest.Direct(ann).ID {
		t.Errorf("%v, %v", p, err)
	}
}
