package teams

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"cymar/bot"
)

// What is read of a chat's past: a day, in at most so many pages of fifty.
const (
	historySpan  = 24 * time.Hour
	historyPages = 100
	historyTime  = time.Minute
)

// past is a message as Graph lists it.
type past struct {
	ID      text  `json:"id"`
	Type    text  `json:"messageType"`
	Created stamp `json:"createdDateTime"`
	Edited  stamp `json:"lastEditedDateTime"`
	Deleted stamp `json:"deletedDateTime"`
	From    struct {
		User struct {
			ID text `json:"id"`
		} `json:"user"`
	} `json:"from"`
	Body struct {
		Type    text `json:"contentType"`
		Content text `json:"content"`
	} `json:"body"`
}

// History is what was said in a chat since a time, oldest first, as the events
// that would have come live and under the same ids, so that what did come is
// not taken twice. An edit and a deletion follow as events of their own. The
// error is a *bot.SendError; it says when to try again.
func (a *Adapter) History(ctx context.Context, in bot.Place, since time.Time) ([]bot.Event, error) {
	if in.Kind != bot.MeetingChat || !sound(string(in.ID)) {
		return nil, &bot.SendError{Reason: bot.Invalid, Err: errors.New("only a chat has a past that can be read")}
	}
	var out []bot.Event
	next := a.o.Endpoints.Graph + "/chats/" + url.PathEscape(string(in.ID)) + "/messages?$top=50"
	for range historyPages {
		body, err := a.graph.call(ctx, http.MethodGet, next, nil)
		if err != nil {
			return nil, err
		}
		var page struct {
			Messages list[past] `json:"value"`
			Next     text       `json:"@odata.nextLink"`
		}
		if err := json.Unmarshal(body, &page); err != nil {
			return nil, &bot.SendError{Reason: bot.ServerFault, Err: errors.New("the past cannot be read")}
		}
		older := false
		for _, m := range page.Messages {
			older = older || time.Time(m.Created).Before(since)
			out = append(out, m.events(in, since)...)
		}
		if next = string(page.Next); next == "" || older {
			break
		}
	}
	slices.SortStableFunc(out, func(x, y bot.Event) int { return x.At.Compare(y.At) })
	return out, nil
}

// events is a message of the past as it would have come.
func (m past) events(in bot.Place, since time.Time) []bot.Event {
	if m.Type != "message" || m.From.User.ID == "" || time.Time(m.Created).Before(since) {
		return nil
	}
	make := func(kind, id string, at stamp, w bot.What) bot.Event {
		return bot.Event{
			ID: bot.EventID(fmt.Sprintf("teams:%s:%s:%s:%s", kind, in.Tenant, in.ID, id)), At: time.Time(at),
			From: bot.User{Platform: Platform, Tenant: in.Tenant, ID: bot.UserID(m.From.User.ID)}, In: in, What: w,
		}
	}
	id, message := string(m.ID), bot.MessageID(m.ID)
	if !time.Time(m.Deleted).IsZero() {
		return []bot.Event{make("delete", id+"@"+time.Time(m.Deleted).UTC().Format(time.RFC3339Nano), m.Deleted, bot.Removed{Message: message})}
	}
	words := m.words()
	out := []bot.Event{make("say", id, m.Created, bot.Said{Text: words, Message: message})}
	if !time.Time(m.Edited).IsZero() {
		out = append(out, make("edit", id+"@"+time.Time(m.Edited).UTC().Format(time.RFC3339Nano), m.Edited, bot.Edited{Text: words, Message: message}))
	}
	return out
}

var (
	lineEnds = regexp.MustCompile(`(?i)<br\s*/?>|</(p|div|li|h[1-6]|blockquote)>`)
	anyTag   = regexp.MustCompile(`<[^<>]*>`)
)

// words is a body as plain text.
func (m past) words() string {
	s := string(m.Body.Content)
	if m.Body.Type == "html" {
		s = html.UnescapeString(anyTag.ReplaceAllString(lineEnds.ReplaceAllString(s, "\n"), ""))
	}
	return strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
}

// catching remembers, for this process, which chats were read up.
type catching struct {
	mu   sync.Mutex
	done map[bot.PlaceID]bool
	wait sync.WaitGroup
}

// due reports whether a chat is to be read up now: once after a start, and at
// the end of each meeting, for Teams may leave out edits and deletions.
func (c *catching) due(in bot.Place, ended bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done == nil || len(c.done) > manyConversations {
		c.done = map[bot.PlaceID]bool{}
	}
	was := c.done[in.ID]
	c.done[in.ID] = true
	return !was || ended
}

func (c *catching) again(in bot.Place) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.done, in.ID)
}

// catchUp hands on what was said in a chat while nobody took it in. Whether
// any of it is collected is the receiver's to say: of what was said before a
// collection was announced nothing is. A chat that cannot be read now is tried
// when it is next heard from.
func (a *Adapter) catchUp(ctx context.Context, r reading, to bot.Receiver) {
	in := r.place(a.o.Tenant)
	if !a.o.History || in.Kind != bot.MeetingChat || !a.catching.due(in, r.Name == meetingEnd) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), historyTime)
	a.catching.wait.Go(func() {
		defer cancel()
		events, err := a.History(ctx, in, a.o.Clock.Now().Add(-historySpan))
		if err == nil {
			err = hand(ctx, to, events)
		}
		if err != nil {
			a.catching.again(in)
			a.o.Log.Warn("the past of a chat could not be read", "platform", string(Platform))
			return
		}
		a.o.Log.Info("the past of a chat was read", "platform", string(Platform), "messages", len(events))
	})
}
