package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
	"cymar/bot/bottest"
)

// tally is a meter that writes down what it is told, without times.
type tally struct {
	mu  sync.Mutex
	all []string
}

func (t *tally) add(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all = append(t.all, fmt.Sprintf(format, args...))
}

func (t *tally) Handled(p bot.Platform, kind, handler string, r bot.Result, _ time.Duration) {
	t.add("handled %s %s %s %s", p, kind, handler, r)
}
func (t *tally) Trouble(handler, what string) { t.add("trouble %s %s", handler, what) }
func (t *tally) Denied(needs bot.Permission)  { t.add("denied %s", needs) }
func (t *tally) Sent(p bot.Platform, why bot.Reason, _ time.Duration) {
	t.add("sent %s %q", p, why)
}
func (t *tally) Settled(q bot.Queue, why bot.Reason, again bool, _ time.Duration) {
	t.add("settled %s %q %v", q, why, again)
}

// counted is a job with something for everybody, something for few and
// something broken.
type counted struct{ bot.Handler }

func (c counted) Register(r *bot.Router) {
	help := map[bot.Lang]string{bot.English: "h", bot.Welsh: "h"}
	add := func(name string, needs bot.Permission, h bot.HandlerFunc) {
		r.Command(bot.Command{Name: name, Needs: needs, Help: help,
			Phrases: map[bot.Lang][]string{bot.English: {name}, bot.Welsh: {name + "-cy"}}}, h)
	}
	ok := func(context.Context, bot.Event) (bot.Reply, error) {
		return bot.Reply{Sends: []bot.Send{{Card: bot.Say(bot.English, "fine")}}}, nil
	}
	add("fine", bot.Anyone, ok)
	add("guarded", bot.Administer, ok)
	add("broken", bot.Anyone, func(context.Context, bot.Event) (bot.Reply, error) { return bot.Reply{}, errors.New("x") })
	add("dead", bot.Anyone, func(context.Context, bot.Event) (bot.Reply, error) { panic("x") })
	add("told", bot.Anyone, func(context.Context, bot.Event) (bot.Reply, error) { return bot.Reply{}, &bot.UserError{Text: "t"} })
	r.Action("counted.press", bot.Anyone, bot.HandlerFunc(ok))
	r.Answer(bot.HandlerFunc(ok))
}

func TestWhatHappensIsCountedByHandlerAndReason(t *testing.T) {
	t.Parallel()
	u := bottest.Person("u")
	for name, c := range map[string]struct {
		what bot.What
		want []string
	}{
		"a command":       {bot.Said{Text: "fine", ToBot: true}, []string{"handled fake said fine accepted", `sent fake ""`}},
		"an answer":       {bot.Said{Text: "what is my name", ToBot: true}, []string{"handled fake said answer accepted", `sent fake ""`}},
		"a denied try":    {bot.Said{Text: "guarded", ToBot: true}, []string{"denied administer", "handled fake said guarded accepted", `sent fake ""`}},
		"a fault":         {bot.Said{Text: "broken", ToBot: true}, []string{"trouble broken failed", "handled fake said broken accepted", `sent fake ""`}},
		"a panic":         {bot.Said{Text: "dead", ToBot: true}, []string{"trouble dead panicked", "handled fake said dead accepted", `sent fake ""`}},
		"a gentle no":     {bot.Said{Text: "told", ToBot: true}, []string{"trouble told told", "handled fake said told accepted", `sent fake ""`}},
		"a button":        {bot.Pressed{Action: "counted.press"}, []string{"handled fake pressed counted.press accepted", `sent fake ""`}},
		"a forged button": {bot.Pressed{Action: "jo@example.org"}, []string{"handled fake pressed unknown accepted"}},
		"a forged form":   {bot.Submitted{Form: "jo@example.org"}, []string{"handled fake submitted unknown accepted"}},
		"an arrival":      {bot.Joined{}, []string{"handled fake joined joined accepted"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := &tally{}
			b := bottest.NewBench(t, []bot.Job{counted{}}, func(o *bot.Options) { o.Meter = m })
			b.Do(bot.Event{ID: "e", From: u, In: bottest.Direct(u), What: c.what})
			if d := cmp.Diff(c.want, m.all); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestARepeatAndARefusedSendAreCountedAsWhatTheyAre(t *testing.T) {
	t.Parallel()
	m := &tally{}
	b := bottest.NewBench(t, []bot.Job{counted{}}, func(o *bot.Options) { o.Meter = m })
	b.Platform.Before = func(context.Context, bottest.Sent) error { return &bot.SendError{Reason: bot.Unreachable} }
	ev := bottest.Said(bottest.Person("u"), bottest.Channel("c"), "fine")
	b.Do(ev)
	b.Do(ev)
	want := []string{"handled fake said fine accepted", `sent fake "unreachable"`, "handled fake said  repeated"}
	if d := cmp.Diff(want, m.all); d != "" {
		t.Error(d)
	}
}

func TestOneTraceFollowsAnEventToItsDeliveryAndItsReport(t *testing.T) {
	t.Parallel()
	const id bot.EventID = "slack:T1:C1:17.5"
	want := id.Trace()
	for name, got := range map[string]string{
		"a follow-up":              (id + ">0").Trace(),
		"a follow-up of that":      (id + ">0>3").Trace(),
		"a delivery":               bot.Delivery{ID: string(id) + "/1"}.Trace(),
		"a delivery of follow-ups": bot.Delivery{ID: string(id) + ">2/0"}.Trace(),
		"a report":                 (id + "/0!").Trace(),
	} {
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if other := bot.EventID("slack:T1:C1:17.6").Trace(); other == want || strings.Contains(want, "T1") {
		t.Errorf("%s and %s", other, want)
	}
}

func TestTheLogHasTheTraceAndNoWordOfWhatWasSaid(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	b := bottest.NewBench(t, []bot.Job{counted{}}, func(o *bot.Options) { o.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	ev := bottest.Said(bottest.Person("zebrafinch"), bottest.Channel("c"), "blackbird wants to know")
	b.Do(ev)
	if s := log.String(); !strings.Contains(s, ev.ID.Trace()) || !strings.Contains(s, `"handler":"answer"`) ||
		strings.Contains(s, "blackbird") || strings.Contains(s, "zebrafinch") {
		t.Error(s)
	}
}
