package bot_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

// command is a command under one English and one Welsh phrase.
func command(name string, needs bot.Permission) bot.Command {
	return bot.Command{Name: name, Needs: needs, Phrases: map[bot.Lang][]string{bot.English: {name}, bot.Welsh: {name + " cy"}},
		Help: map[bot.Lang]string{bot.English: "help", bot.Welsh: "cymorth"}}
}

// echo answers with the command and what followed it.
var echo = handle(func(ev bot.Event) (bot.Reply, error) { return reply(send(ev.Command + "|" + ev.Args)), nil })

func TestACommandIsFoundHoweverItIsTyped(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		help, held := command("help", bot.Anyone), command("what's held", bot.Anyone)
		date := command("supervision held", bot.Anyone)
		date.Args = true
		date.Phrases[bot.Welsh] = []string{"goruchwyliaeth wedi'i chynnal"}
		short := command("supervision", bot.Anyone)
		short.Args = true
		for _, c := range []bot.Command{help, held, date, short} {
			r.Command(c, echo)
		}
		r.Answer(saying("answer"))
	})})
	for text, want := range map[string]string{
		"help": "help|", " HELP!! ": "help|", "“help”": "help|", "help cy": "help|",
		"help me please":                         "answer", // help takes no more words: it is a question
		"what’s held":                            "what's held|",
		"supervision held 3 March":               "supervision held|3 March",
		"supervision Held:  3   March":           "supervision held|3 March",
		"supervision next":                       "supervision|next",
		"Goruchwyliaeth wedi’i chynnal 3 Mawrth": "supervision held|3 Mawrth",
		"supervisions":                           "answer",
		"":                                       "answer",
		"👍":                                      "answer",
	} {
		if got := texts(b.Say(ann, channel, text)); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestHostileTextIsAQuestionLikeAnyOther(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		r.Command(command("help", bot.Anyone), echo)
		r.Answer(saying("answer"))
	})})
	for name, text := range bottest.Hostile() {
		if got := texts(b.Say(ann, channel, text)); got != "answer" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestEachKindOfEventFindsItsHandler(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		r.Action("a.press", bot.Anyone, saying("pressed"))
		r.Action("a.lead", bot.SeeCoverage, saying("secret"))
		r.Form("a.form", bot.Anyone, saying("submitted"))
		r.Work("a.work", saying("worked"))
		r.On(bot.Opened{}, saying("opened"))
		r.On(bot.Opened{}, saying("opened too"))
		r.Outcome("a:", saying("an a"))
		r.Outcome("a:b:", saying("a b of a"))
	})})
	for want, w := range map[string]bot.What{
		"pressed": bot.Pressed{Action: "a.press"}, "en:core.denied": bot.Pressed{Action: "a.lead"}, "submitted": bot.Submitted{Form: "a.form"},
		"worked": bot.Continue{Job: "a.work"}, "opened / opened too": bot.Opened{},
		"an a": bot.Delivered{Key: "a:1"}, "a b of a": bot.Undelivered{Key: "a:b:1"},
	} {
		ev := bot.Event{ID: bot.EventID(want), From: ann, In: channel, What: w}
		if _, sent := b.Do(ev); texts(sent) != want {
			t.Errorf("%#v: %q, not %q", w, texts(sent), want)
		}
	}
	for _, w := range []bot.What{bot.Pressed{Action: "a.old"}, bot.Submitted{Form: "a.old"}, bot.Tick{Job: "a.old"}, bot.Continue{Job: "a.old"},
		bot.Joined{}, bot.Delivered{Key: "b"}} {
		if _, sent := b.Do(bot.Event{ID: bot.EventID(fmt.Sprintf("old %T", w)), From: ann, In: channel, What: w}); len(sent) != 0 {
			t.Errorf("%#v, which nobody registered for: %q", w, texts(sent))
		}
	}
}

func TestEveryFaultInWhatIsRegisteredIsReportedAtOnce(t *testing.T) {
	t.Parallel()
	h := saying("")
	r := bot.NewRouter(jobFunc(func(r *bot.Router) {
		r.Command(bot.Command{Name: "no welsh", Phrases: map[bot.Lang][]string{bot.English: {"x"}}, Help: map[bot.Lang]string{bot.English: "x"}}, h)
		r.Command(command("twice", bot.Anyone), h)
		r.Command(command("twice", bot.Anyone), h)
		r.Action("nodot", bot.Anyone, h)
		r.Action("a.b", bot.Anyone, h)
		r.Action("a.b", bot.Anyone, h)
		r.Form("c.d", bot.Anyone, h)
		r.Form("c.d", bot.Anyone, h)
		r.Tick("e.f", "* * * * *", h)
		r.Work("e.f", h)
	}))
	err := r.Err()
	if err == nil {
		t.Fatal("no faults")
	}
	for _, want := range []string{`"no welsh" has no phrase`, `command "twice"`, `action "nodot"`, `action "a.b"`, `form "c.d"`, `job "e.f"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %s in\n%v", want, err)
		}
	}
}

func TestTheRouterListsWhatWasRegistered(t *testing.T) {
	t.Parallel()
	r := bot.NewRouter(jobFunc(func(r *bot.Router) {
		r.Command(command("one", bot.Anyone), nil)
		r.Command(command("two", bot.Anyone), nil)
		r.Tick("a.b", "0 9 * * *", nil)
	}))
	if c := r.Commands(); len(c) != 2 || c[0].Name != "one" || c[1].Name != "two" {
		t.Errorf("commands: %v", c)
	}
	if s := r.Schedules(); len(s) != 1 || s[0] != (bot.Schedule{Job: "a.b", Spec: "0 9 * * *"}) {
		t.Errorf("schedules: %v", s)
	}
	if r.Err() != nil {
		t.Error(r.Err())
	}
}

func TestAnObserverThatFailsStopsNothingButWhatMayPass(t *testing.T) {
	t.Parallel()
	fault := errors.New("no")
	b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		r.Observe(handle(func(bot.Event) (bot.Reply, error) { return bot.Reply{}, fault }))
		r.Answer(saying("answer"))
	})})
	if got := texts(b.Say(ann, channel, "x")); !strings.Contains(got, "answer") {
		t.Errorf("got %q", got)
	}
	fault = bot.Unavailable(fault)
	if _, err := b.Receive(t.Context(), bottest.Said(ann, channel, "y")); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}
