package meetings_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

var (
	lead    = bottest.Person("lead")
	ann     = bottest.Person("ann")
	ben     = bottest.Person("ben")
	cai     = bottest.Person("cai")
	channel = bottest.Channel("c1")
)

// scene is a stage with the job on it, its store, and what was dropped.
type scene struct {
	*bottest.Stage
	t        *testing.T
	store    meetings.Store
	db       redis.UniversalClient
	handler  *meetings.Handler
	files    map[string]string
	asked    []string // open questions that were handed on
	page     string
	messages int
}

// newScene is a space with one facilitator and one channel, in which the bot
// was spoken to once.
func newScene(t *testing.T) *scene { return newSceneOn(t, bottest.Redis(t)) }

func newSceneOn(t *testing.T, db redis.UniversalClient) *scene {
	t.Helper()
	store := meetings.NewStore(db, 1, nil, meetings.Keep{})
	sc := &scene{t: t, store: store, db: db, files: map[string]string{}, page: "https://bot.example"}
	sc.Stage = bottest.NewStage(t, func(s *bottest.Stage, o *bot.Options) []bot.Job {
		h, err := meetings.New(meetings.Options{Store: store, Spaces: s.Memory, Clock: s.Clock, Guard: alarms{}, Files: sc, People: people,
			Questions: curators{sc}, Page: func(bot.Platform) string { return sc.page }})
		if err != nil {
			t.Fatal(err)
		}
		sc.handler = h
		o.Guard, o.Listening = alarms{}, h.Listening
		return []bot.Job{h, answerer{}}
	})
	space := bot.Space{ID: "s1", Platform: "fake", Tenant: bottest.Tenant, Name: "Community of practice", Nation: bot.Wales, Lang: bot.English,
		Places: []bot.PlaceID{channel.ID}, Roles: map[bot.UserID]bot.Role{lead.ID: bot.Facilitator}}
	if err := sc.Memory.Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	sc.Say(lead, channel, "hello")
	return sc
}

// alarms is a guard that goes by marks in the text.
type alarms struct{}

func (alarms) Read(text string) bot.Finding {
	for mark, level := range map[string]bot.Level{"want to die": bot.Crisis, "she took an overdose": bot.OtherInDanger,
		"really struggling": bot.Distress, "hit by staff": bot.Safeguarding, "bed 4 Maple": bot.PersonalData} {
		if strings.Contains(text, mark) {
			return bot.Finding{Level: level}
		}
	}
	return bot.Finding{}
}

// answerer stands for the knowledge base and for the safeguarding job.
type answerer struct{}

func (answerer) Register(r *bot.Router) {
	r.Answer(bot.HandlerFunc(func(context.Context, bot.Event) (bot.Reply, error) { return told("an answer"), nil }))
	r.Guarded(bot.HandlerFunc(func(context.Context, bot.Event) (bot.Reply, error) { return told("urgent help"), nil }))
}

func told(s string) bot.Reply {
	return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: bot.Say(bot.English, s)}}}
}

func people(context.Context, bot.Place) ([]bot.Person, error) {
	return []bot.Person{{User: lead, Name: "Lowri Hughes"}, {User: ann, Name: "Ann Pritchard"}, {User: ben, Name: "Ben Okafor"}, {User: cai, Name: "Cai Morgan"}}, nil
}

// Open gives a file that was dropped.
func (sc *scene) Open(_ context.Context, _ bot.Platform, f bot.FileRef) (io.ReadCloser, error) {
	body, ok := sc.files[f.Route]
	if !ok {
		return nil, &bot.SendError{Reason: bot.Unreachable, Err: errors.New("gone")}
	}
	return io.NopCloser(strings.NewReader(body)), nil
}

// curators takes what was left open.
type curators struct{ sc *scene }

func (c curators) Open(_ context.Context, _ bot.User, words string, _ bot.Lang, _ bot.EventID) error {
	c.sc.asked = append(c.sc.asked, words)
	return nil
}

// says is what the bot answers to what somebody writes in their direct chat.
func (sc *scene) says(u bot.User, text string) string {
	sc.t.Helper()
	return sc.text(sc.Say(u, bottest.Direct(u), text))
}

// presses is what it answers to a button in the direct chat.
func (sc *scene) presses(u bot.User, action, value string) string {
	sc.t.Helper()
	now, sent := sc.Press(u, bottest.Direct(u), "meetings."+action, value)
	out := sc.text(sent)
	if now != nil && now.Form != nil {
		out += "\nform: " + now.Form.Title
	}
	return out
}

// writes is a message among people, in the channel; it gives its id.
func (sc *scene) writes(u bot.User, text string, replyTo ...bot.MessageID) bot.MessageID {
	sc.t.Helper()
	sc.messages++
	id := bot.MessageID(fmt.Sprintf("w%d", sc.messages))
	sc.Clock.Advance(20 * time.Second)
	said := bot.Said{Text: text, Message: id}
	if len(replyTo) > 0 {
		said.ReplyTo = replyTo[0]
	}
	sc.Do(u, channel, said)
	return id
}

// drops is what it answers to a file.
func (sc *scene) drops(u bot.User, name, body string) string {
	sc.t.Helper()
	sc.files[name] = body
	_, sent := sc.Do(u, bottest.Direct(u), bot.Uploaded{File: bot.FileRef{Name: name, Route: name, Size: int64(len(body))}})
	return sc.text(sent)
}

func (sc *scene) text(sent []bottest.Sent) string {
	sc.t.Helper()
	var all []string
	for _, s := range sent {
		text := s.Text()
		if s.How == "upload" {
			text = "file: " + s.File.Name
		}
		all = append(all, text)
		if strings.Contains(s.Text()+s.Card.Summary, "⟦") || strings.Contains(s.Text(), "<no value>") {
			sc.t.Errorf("a string is missing:\n%s", s.Text())
		}
	}
	return strings.Join(all, "\n")
}

// meeting is the only one there is.
func (sc *scene) meeting() meetings.Meeting {
	sc.t.Helper()
	all, err := sc.store.All(sc.t.Context(), meetings.Home{Platform: "fake", Tenant: bottest.Tenant})
	if err != nil || len(all) != 1 {
		sc.t.Fatalf("%d meetings, %v", len(all), err)
	}
	return all[0]
}

// kept is the words of the messages that are kept of it.
func (sc *scene) kept() string {
	sc.t.Helper()
	all, err := sc.store.Messages(sc.t.Context(), sc.meeting())
	if err != nil {
		sc.t.Fatal(err)
	}
	var out []string
	for _, m := range all {
		out = append(out, m.Text)
	}
	return strings.Join(out, " | ")
}

// tick lets an hour's tidying happen at a moment.
func (sc *scene) tick(at time.Time) string {
	sc.t.Helper()
	sc.Clock.Set(at)
	_, sent := sc.Receive(bottest.Tick("meetings.tidy", at))
	return sc.text(sent)
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

// chat is one of the chats that the repository holds, in one of its forms.
func chat(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/chats/" + path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// dump is everything that the job keeps, as one text.
func dump(t testing.TB, sc *scene) string {
	t.Helper()
	var all []string
	ctx := t.Context()
	keys := sc.db.Scan(ctx, 0, "*", 1000).Iterator()
	for keys.Next(ctx) {
		key := keys.Val()
		switch sc.db.Type(ctx, key).Val() {
		case "string":
			all = append(all, key+" "+sc.db.Get(ctx, key).Val())
		case "hash":
			all = append(all, key+" "+fmt.Sprint(sc.db.HGetAll(ctx, key).Val()))
		case "set":
			all = append(all, key+" "+fmt.Sprint(sc.db.SMembers(ctx, key).Val()))
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}
