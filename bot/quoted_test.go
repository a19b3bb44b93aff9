package bot_test

import (
	"context"
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

// alarmed finds a crisis wherever the word "danger" stands.
type alarmed struct{}

func (alarmed) Read(text string) bot.Finding {
	if strings.Contains(text, "danger") {
		return bot.Finding{Level: bot.Crisis}
	}
	return bot.Finding{}
}

// quoting is a bench on which facilitators may hand on others' words.
func quoting(t *testing.T) *bottest.Bench {
	t.Helper()
	b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		r.Guarded(saying("urgent help"))
		r.Answer(saying("answer"))
		r.Quoted(bot.CollectMeeting, func(text string) bool { return strings.HasPrefix(text, "[14:00]") }, saying("taken"))
	})}, func(o *bot.Options) {
		o.Guard = alarmed{}
		o.Listening = func(context.Context, bot.Place, bot.What) (bool, error) { return true, nil }
	})
	if err := b.Memory.Save(t.Context(), bottest.Space("a", "c1")); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOthersWordsThatAFacilitatorHandsOnAreNotTheirOwn(t *testing.T) {
	t.Parallel()
	lead, ann := bottest.Person("lead"), bottest.Person("ann")
	for name, c := range map[string]struct {
		who  bot.User
		in   bot.Place
		text string
		want string
	}{
		"a chat in the direct chat":           {lead, bottest.Direct(lead), "[14:00] Somebody: danger", "taken"},
		"a chat in a shared place":            {lead, channel, "[14:00] Somebody: danger", "urgent help"},
		"a chat by somebody who may not":      {ann, bottest.Direct(ann), "[14:00] Somebody: danger", "urgent help"},
		"the facilitator's own words":         {lead, bottest.Direct(lead), "I am in danger", "urgent help"},
		"the facilitator's words with a time": {lead, bottest.Direct(lead), "at 14:00 I was in danger", "urgent help"},
		"a question":                          {lead, bottest.Direct(lead), "what is role drift", "answer"},
	} {
		b := quoting(t)
		b.Say(lead, channel, "hello") // so that the direct chat has its space
		b.Say(ann, channel, "hello there")
		if got := texts(b.Say(c.who, c.in, c.text)); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

func TestWhatAMessageWasChangedIntoIsGuardedToo(t *testing.T) {
	t.Parallel()
	b := quoting(t)
	_, sent := b.Do(bot.Event{ID: "e", From: bottest.Person("ann"), In: channel, What: bot.Edited{Message: "m", Text: "I am in danger"}})
	if texts(sent) != "urgent help" {
		t.Errorf("sent %q", texts(sent))
	}
}
