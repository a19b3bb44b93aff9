//go:build unix

package meetings_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/bot/words"
	"cymar/handlers/meetings"
)

// TestMain is also the replica that a test starts and kills: the test's own
// program under another name.
func TestMain(m *testing.M) {
	if point := os.Getenv("CYMAR_TEST_POINT"); point != "" {
		os.Exit(playReplica(point, os.Getenv("CYMAR_TEST_WAY")))
	}
	os.Exit(m.Run())
}

// dies kills its own process when it comes to a point of a drawing, as kill -9
// does. Before a drawing begins it never does.
type dies struct {
	at      string
	drawing atomic.Bool
	guarded atomic.Int64
}

func (d *dies) point(name string) {
	if d.at == name && d.drawing.Load() {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

// around is a step with a point before it and one after it.
func around[T any](d *dies, step string, do func() (T, error)) (T, error) {
	d.point("before " + step)
	v, err := do()
	d.point("after " + step)
	return v, err
}

// mortalStore dies while the drawing reads the chat, keeps its messages, or
// keeps the draft.
type mortalStore struct {
	meetings.Store
	d *dies
}

func (m mortalStore) Messages(ctx context.Context, of meetings.Meeting) ([]meetings.Message, error) {
	return around(m.d, "reading", func() ([]meetings.Message, error) { return m.Store.Messages(ctx, of) })
}

func (m mortalStore) Replace(ctx context.Context, of meetings.Meeting, all []meetings.Message) error {
	_, err := around(m.d, "settling messages", func() (int, error) { return 0, m.Store.Replace(ctx, of, all) })
	return err
}

func (m mortalStore) Alter(ctx context.Context, of meetings.Meeting, id string, do func(*meetings.Message) bool) (bool, error) {
	return around(m.d, "settling messages", func() (bool, error) { return m.Store.Alter(ctx, of, id, do) })
}

func (m mortalStore) Change(ctx context.Context, h meetings.Home, id string, ev bot.EventID, do func(*meetings.Meeting) error) (meetings.Meeting, error) {
	return around(m.d, "keeping the draft", func() (meetings.Meeting, error) { return m.Store.Change(ctx, h, id, ev, do) })
}

// mortalGuard dies in the middle of the work itself.
type mortalGuard struct{ d *dies }

func (m mortalGuard) Read(text string) bot.Finding {
	if m.d.drawing.Load() && m.d.guarded.Add(1) == 5 {
		m.d.point("amid the themes")
	}
	return alarms{}.Read(text)
}

// mortalInbox dies while it claims the work or commits what came of it. Its
// leases are short, so that nobody has to wait for a dead replica's.
type mortalInbox struct {
	bot.Inbox
	d *dies
}

func (m mortalInbox) Begin(ctx context.Context, ev bot.Event, _ time.Duration) (bot.Claim, error) {
	if w, ok := ev.What.(bot.Continue); ok && w.Job == "meetings.draw" {
		m.d.drawing.Store(true)
	}
	return around(m.d, "claim", func() (bot.Claim, error) { return m.Inbox.Begin(ctx, ev, 300*time.Millisecond) })
}

func (m mortalInbox) Commit(ctx context.Context, c bot.Claim, o bot.Outcome) error {
	_, err := around(m.d, "enqueue", func() (int, error) { return 0, m.Inbox.Commit(ctx, c, o) })
	return err
}

// mortalOutbox dies while it marks what was sent.
type mortalOutbox struct {
	bot.Outbox
	d *dies
}

func (m mortalOutbox) MarkSent(ctx context.Context, d bot.Delivery, key string, mark bot.Mark) error {
	_, err := around(m.d, "mark", func() (int, error) { return 0, m.Outbox.MarkSent(ctx, d, key, mark) })
	return err
}

// screen is a platform that outlives its replicas: what people see on it is a
// hash in Redis, in which an update takes the place of what was there.
type screen struct {
	*device
	db redis.UniversalClient
	d  *dies
}

type device = bottest.Platform

// shown is a card as it stands on the screen.
type shown struct {
	To      bot.PlaceID
	Heading string
	Text    string
}

func cardShown(to bot.PlaceID, c bot.Card) shown {
	s := shown{To: to, Text: c.Plain()}
	if len(c.Blocks) > 0 {
		if h, ok := c.Blocks[0].(bot.Heading); ok {
			s.Heading = h.Text
		}
	}
	return s
}

// stage names the points at which a card goes out.
func (s shown) stage() string {
	switch {
	case strings.Contains(s.Text, "The draft is ready"):
		return "head"
	case strings.HasPrefix(s.Heading, "1. "):
		return "part"
	}
	return "other card"
}

func (s screen) put(ctx context.Context, m bot.MessageID, to bot.PlaceID, c bot.Card) (bot.MessageID, error) {
	card := cardShown(to, c)
	return around(s.d, card.stage(), func() (bot.MessageID, error) {
		body, err := json.Marshal(card)
		return m, errors.Join(err, s.db.HSet(ctx, "screen", string(m), body).Err())
	})
}

func (s screen) Send(ctx context.Context, to bot.Place, _ *bot.User, c bot.Card) (bot.MessageID, error) {
	n, err := s.db.Incr(ctx, "screen.next").Result()
	if err != nil {
		return "", err
	}
	return s.put(ctx, bot.MessageID(fmt.Sprint("m", n)), to.ID, c)
}

func (s screen) Update(ctx context.Context, in bot.Place, m bot.MessageID, c bot.Card) error {
	_, err := s.put(ctx, m, in.ID, c)
	return err
}

// script is what happens before the drawing, in order: a chat that is pasted,
// or one that is collected in the channel.
func script(way string) []bot.Event {
	var out []bot.Event
	do := func(u bot.User, in bot.Place, text string, toBot bool) {
		n := len(out) + 1
		out = append(out, bot.Event{ID: bot.EventID(fmt.Sprint("ev", n)), At: bottest.Start.Add(time.Duration(n) * time.Minute), From: u, In: in,
			What: bot.Said{Text: text, Message: bot.MessageID(fmt.Sprint("w", n)), ToBot: toBot}})
	}
	if way == "pasted" {
		body, err := os.ReadFile("testdata/chats/supervision-role-drift/raw/zoom-chat.txt")
		if err != nil {
			panic(err)
		}
		do(lead, bottest.Direct(lead), string(body), true)
		do(lead, bottest.Direct(lead), "overview draw", true)
		return out
	}
	do(lead, channel, "start collecting", true)
	for i, s := range []string{"peer-led supervision is monthly in our team", "our supervision is every six weeks and peer-led", "we would like peer-led supervision too",
		"I am really struggling", "supervision needs protected time", "protected time for supervision is rare here", "no protected time for supervision at all"} {
		do([]bot.User{ann, ben, cai}[i%3], channel, s, false)
	}
	do(lead, channel, "stop collecting", true)
	return out
}

// playReplica lets the script happen on the Redis at CYMAR_TEST_REDIS, and
// kills itself at a point of the drawing.
func playReplica(point, way string) int {
	ctx := context.Background()
	db := redis.NewClient(&redis.Options{Addr: os.Getenv("CYMAR_TEST_REDIS"), PoolSize: 50})
	clock, d := bottest.NewClock(bottest.Start), &dies{at: point}
	b, err := replica(ctx, db, clock, d)
	if err != nil {
		return 1
	}
	go func() { _ = b.Run(ctx) }()
	for _, ev := range script(way) {
		clock.Set(ev.At)
		for { // a platform offers it again until it is accepted
			if _, err := b.Receive(ctx, ev); err == nil {
				break
			}
		}
		settle(ctx, db, clock)
	}
	return 0
}

func replica(ctx context.Context, db redis.UniversalClient, clock *bottest.Clock, d *dies) (*bot.Bot, error) {
	s, err := redisstate.New(ctx, db, redisstate.Options{Clock: clock, Poll: 5 * time.Millisecond, Steal: 400 * time.Millisecond})
	if err != nil {
		return nil, err
	}
	space := bot.Space{ID: "s1", Platform: "fake", Tenant: bottest.Tenant, Name: "Community of practice", Nation: bot.Wales, Lang: bot.English,
		Places: []bot.PlaceID{channel.ID}, Roles: map[bot.UserID]bot.Role{lead.ID: bot.Facilitator}}
	if err := s.Spaces().Save(ctx, space); err != nil {
		return nil, err
	}
	h, err := meetings.New(meetings.Options{Store: mortalStore{meetings.NewStore(db, 1, nil, meetings.Keep{}), d}, Spaces: s.Spaces(), Clock: clock,
		Guard: mortalGuard{d}, People: people})
	if err != nil {
		return nil, err
	}
	return bot.New(bot.Options{Inbox: mortalInbox{s.Inbox(), d}, Outbox: mortalOutbox{s.Outbox(), d}, Directory: s.Directory(), Spaces: s.Spaces(),
		Profiles: s.Profiles(), Router: bot.NewRouter(h), Senders: []bot.Sender{screen{bottest.NewPlatform(), db, d}},
		Words: func(_ bot.Lang, id string) string { return id }, Language: words.Choose, Clock: clock, Log: slog.New(slog.DiscardHandler),
		Guard: alarms{}, Listening: h.Listening})
}

// settle waits until the outbox is empty; what waits for a later moment is let
// have it.
func settle(ctx context.Context, db redis.UniversalClient, clock *bottest.Clock) {
	again := time.NewTicker(2 * time.Millisecond)
	defer again.Stop()
	for ; ; <-again.C {
		queues, later := under(ctx, db)
		if queues == 0 && len(later) == 0 {
			return
		}
		if len(later) > 0 {
			if at := time.UnixMilli(int64(later[0].Score)); at.After(clock.Now()) {
				clock.Set(at)
			}
		}
	}
}

// under is how much is under way, and what waits first, at one moment: what
// became of a send leaves one queue and enters another.
func under(ctx context.Context, db redis.UniversalClient) (n int64, later []redis.Z) {
	var lens []*redis.IntCmd
	var due *redis.ZSliceCmd
	_, err := db.TxPipelined(ctx, func(p redis.Pipeliner) error {
		for _, q := range []string{"nudge", "work", "reply"} {
			lens = append(lens, p.XLen(ctx, "{cymar:00}:"+q))
		}
		due = p.ZRangeWithScores(ctx, "{cymar:00}:delayed", 0, 0)
		return nil
	})
	if err != nil {
		return 1, nil
	}
	for _, l := range lens {
		n += l.Val()
	}
	return n, due.Val()
}
