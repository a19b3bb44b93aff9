package supervision_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

var (
	bea     = bottest.Person("bea")
	lead    = bottest.Person("lead")
	channel = bottest.Channel("c1")
)

// scene is a stage with the job on it, and its store.
type scene struct {
	*bottest.Stage
	t     *testing.T
	store supervision.Store
	ticks int
}

// newScene is Monday 23 November 2026, 9 in the morning, in a space of
// England with one facilitator.
func newScene(t *testing.T) *scene {
	t.Helper()
	return newSceneOn(t, supervision.NewStore(bottest.Redis(t), 1))
}

// newSceneOn is a scene over records that are there already.
func newSceneOn(t *testing.T, store supervision.Store) *scene {
	t.Helper()
	sc := &scene{t: t, store: store}
	sc.Stage = bottest.NewStage(t, func(s *bottest.Stage, _ *bot.Options) []bot.Job {
		h, err := supervision.New(supervision.Options{Store: sc.store, Spaces: s.Memory, Profiles: s.Memory, Clock: s.Clock,
			Answer: func(topic, label string) bot.Button {
				return bot.Button{Action: "principles.open", Value: topic, Label: label, Command: label}
			},
			People: func(context.Context, bot.Place) ([]bot.Person, error) {
				return []bot.Person{{User: bea, Name: "Béa JONES"}, {User: lead, Name: "A lead"}}, nil
			},
			Files: dropped{}})
		if err != nil {
			t.Fatal(err)
		}
		return []bot.Job{h, answers{h}}
	})
	space := bot.Space{ID: "s1", Platform: "fake", Tenant: bottest.Tenant, Name: "Space", Nation: bot.England, Lang: bot.English,
		Places: []bot.PlaceID{channel.ID}, Roles: map[bot.UserID]bot.Role{lead.ID: bot.Facilitator}}
	if err := sc.Memory.Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	return sc
}

// answers sends what is no command to the job, as the knowledge base does with
// questions about reminders; in a channel it takes everything for a question
// about something else.
type answers struct{ h bot.Handler }

func (a answers) Register(r *bot.Router) {
	r.Answer(bot.HandlerFunc(func(ctx context.Context, ev bot.Event) (bot.Reply, error) {
		if ev.In.Kind != bot.DirectChat {
			return bot.Reply{}, nil
		}
		return a.h.Handle(ctx, ev)
	}))
}

// says is what the bot answers to what somebody writes in their direct chat.
func (sc *scene) says(u bot.User, text string) string {
	sc.t.Helper()
	return sc.text(sc.Say(u, bottest.Direct(u), text))
}

// press is what it answers to a button.
func (sc *scene) press(u bot.User, action, value string) string {
	sc.t.Helper()
	_, sent := sc.Press(u, bottest.Direct(u), action, value)
	return sc.text(sent)
}

func (sc *scene) text(sent []bottest.Sent) string {
	sc.t.Helper()
	var all []string
	for _, s := range sent {
		all = append(all, s.Text())
		if strings.Contains(s.Text()+s.Card.Summary, "⟦") || strings.Contains(s.Text(), "<no value>") {
			sc.t.Errorf("a string is missing:\n%s", s.Text())
		}
	}
	return strings.Join(all, "\n")
}

// tick lets the clock fire at a moment and returns what was sent because of it.
func (sc *scene) tick(at time.Time) []bottest.Sent {
	sc.t.Helper()
	sc.Clock.Set(at)
	sc.ticks++
	ev := bottest.Tick("supervision.nudge", at)
	ev.ID = bot.EventID(fmt.Sprintf("%s/%d", ev.ID, sc.ticks))
	_, sent := sc.Receive(ev)
	return sent
}

// until lets every minute pass up to a moment and returns what was sent, each
// with when.
func (sc *scene) until(end time.Time) []string {
	sc.t.Helper()
	var out []string
	for at := sc.Clock.Now().Add(time.Minute); !at.After(end); at = at.Add(time.Minute) {
		for _, s := range sc.tick(at) {
			out = append(out, at.In(london).Format("Mon 2 Jan 15:04 ")+string(s.To.ID)+": "+s.Card.Summary)
		}
	}
	return out
}

var london = func() *time.Location {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return loc
}()

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, london)
	if err != nil {
		panic(err)
	}
	return t
}

func has(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("it does not say %q:\n%s", w, text)
		}
	}
}

func hasNot(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if strings.Contains(text, w) {
			t.Errorf("it says %q:\n%s", w, text)
		}
	}
}

// enrol keeps a record of somebody with one supervision on a day.
func enrol(t testing.TB, store supervision.Store, u bot.User, next string, look time.Time) {
	t.Helper()
	d, err := calendar.Parse(next)
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Change(t.Context(), u, func(r *supervision.Record) error {
		c := supervision.Clock{Clock: ladder.Clock{Kind: when.Peer, Every: when.Weeks(4), Next: d, Since: d.Add(-40)}}
		r.Clocks, r.Accepted, r.Space, r.Look = []supervision.Clock{c}, d.Add(-40), "s1", look
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

const oneLine = "peer-led supervision every 4 weeks with our peer lead, next on 12 December"

// someMonday is the day on which the tests begin.
func someMonday(t testing.TB) calendar.Date {
	t.Helper()
	return date(t, "2026-11-23")
}
