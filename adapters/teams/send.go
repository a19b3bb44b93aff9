package teams

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"cymar/bot"
)

// Send puts a card into a place.
func (a *Adapter) Send(ctx context.Context, to bot.Place, only *bot.User, card bot.Card) (bot.MessageID, error) {
	if only != nil {
		return "", &bot.SendError{Reason: bot.Invalid, Err: errors.New("Teams has no message for one person in a shared place")}
	}
	return a.post(ctx, to, a.render.activity(card, to.Kind))
}

// post sends an activity and returns its id.
func (a *Adapter) post(ctx context.Context, to bot.Place, out schema.Activity) (bot.MessageID, error) {
	if err := a.ready(to); err != nil {
		return "", err
	}
	var id string
	err := a.respond.SendActivity(context.WithValue(ctx, sentKey{}, &id), a.addressed(to, out))
	return bot.MessageID(id), asSendError(err)
}

// Update changes a card that we sent.
func (a *Adapter) Update(ctx context.Context, in bot.Place, m bot.MessageID, card bot.Card) error {
	return a.put(ctx, in, m, a.render.activity(card, in.Kind))
}

func (a *Adapter) put(ctx context.Context, in bot.Place, m bot.MessageID, out schema.Activity) error {
	if err := a.ready(in); err != nil {
		return err
	}
	if !sound(string(m)) {
		return &bot.SendError{Reason: bot.Invalid, Err: errors.New("the message's id cannot be used")}
	}
	out = a.addressed(in, out)
	out.ID = string(m)
	return asSendError(a.respond.UpdateActivity(ctx, out))
}

// Delete takes a message of ours away.
func (a *Adapter) Delete(ctx context.Context, in bot.Place, m bot.MessageID) error {
	if err := a.ready(in); err != nil {
		return err
	}
	if !sound(string(m)) {
		return &bot.SendError{Reason: bot.Invalid, Err: errors.New("the message's id cannot be used")}
	}
	out := a.addressed(in, schema.Activity{})
	out.ID = string(m)
	return asSendError(a.respond.DeleteActivity(ctx, out))
}

// addressed fills in where an activity goes and that it is ours.
func (a *Adapter) addressed(to bot.Place, out schema.Activity) schema.Activity {
	out.ServiceURL = a.route(to)
	out.Conversation = schema.ConversationAccount{ID: conversationID(to)}
	out.From = schema.ChannelAccount{ID: botID(a.o.AppID), Name: a.o.Name}
	return out
}

// botID is an application as Teams names it among the members of a chat.
func botID(appID string) string { return "28:" + appID }

// route is the service URL that reaches a place: its own, else the one that
// its tenant was last heard from.
func (a *Adapter) route(p bot.Place) string {
	if p.Route != "" {
		return p.Route
	}
	return a.routes.of(p.Tenant)
}

// ready checks a place and keeps to the pace that Teams allows in it.
func (a *Adapter) ready(to bot.Place) error {
	if !sound(conversationID(to)) {
		return &bot.SendError{Reason: bot.Unreachable, Err: errors.New("the conversation's id cannot be used")}
	}
	return a.paced(to.Tenant, string(to.ID))
}

func (a *Adapter) paced(t bot.TenantID, conversation string) error {
	now := a.o.Clock.Now()
	wait := a.pace.take(conversation, now)
	if wait == 0 {
		wait = a.tenants.take(string(t), now)
	}
	if wait > 0 {
		return &bot.SendError{Reason: bot.RateLimited, After: wait, Err: errors.New("as fast as Teams allows")}
	}
	return nil
}

// asSendError is the connector's own error out of the library's wrapping.
func asSendError(err error) error {
	if err == nil {
		return nil
	}
	var failed *bot.SendError
	if errors.As(err, &failed) {
		return failed
	}
	return &bot.SendError{Reason: bot.Invalid, Err: errors.New("the call could not be made")}
}

// Open begins the direct chat with somebody; where they know the bot already
// Teams gives the chat there is.
func (a *Adapter) Open(ctx context.Context, u bot.User) (bot.Place, error) {
	if u.ID == "" {
		return bot.Place{}, &bot.SendError{Reason: bot.Unreachable, Err: bot.ErrUnreachable}
	}
	if err := a.paced(u.Tenant, "new\x00"+string(u.ID)); err != nil {
		return bot.Place{}, err
	}
	base := a.routes.of(u.Tenant)
	body, err := a.out.call(ctx, http.MethodPost, at(base, "v3/conversations"), node{
		"isGroup": false, "bot": node{"id": botID(a.o.AppID), "name": a.o.Name},
		"members": []node{{"id": u.ID}}, "tenantId": u.Tenant,
		"channelData": node{"tenant": node{"id": u.Tenant}},
	})
	if err != nil {
		return bot.Place{}, strange(err)
	}
	var made struct {
		ID      text `json:"id"`
		Service text `json:"serviceUrl"`
	}
	if json.Unmarshal(body, &made) != nil || !sound(string(made.ID)) {
		return bot.Place{}, &bot.SendError{Reason: bot.ServerFault, Err: errors.New("no conversation came back")}
	}
	if a.hosts.allow(string(made.Service)) {
		base = string(made.Service)
	}
	return bot.Place{Platform: Platform, Tenant: u.Tenant, ID: bot.PlaceID(made.ID), Kind: bot.DirectChat, Route: base}, nil
}

// strange is what it means when a chat cannot be opened because of who it is
// with: a guest, or somebody who does not have the app.
func strange(err error) error {
	var failed *bot.SendError
	if errors.As(err, &failed) && failed.Reason == bot.Invalid {
		return &bot.SendError{Reason: bot.Unreachable, Err: failed.Err}
	}
	return err
}

// at is a path below a service URL, its parts escaped already.
func at(base, path string) string { return strings.TrimSuffix(base, "/") + "/" + path }

// People is who is in a place. Teams gives them in pages.
func (a *Adapter) People(ctx context.Context, in bot.Place) ([]bot.Person, error) {
	var out []bot.Person
	for next := ""; ; {
		if err := a.ready(in); err != nil {
			return nil, err
		}
		path := "v3/conversations/" + url.PathEscape(string(in.ID)) + "/pagedmembers?pageSize=500"
		if next != "" {
			path += "&continuationToken=" + url.QueryEscape(next)
		}
		body, err := a.out.call(ctx, http.MethodGet, at(a.route(in), path), nil)
		if err != nil {
			return nil, err
		}
		var page struct {
			Members list[account] `json:"members"`
			Next    text          `json:"continuationToken"`
		}
		if err := json.Unmarshal(body, &page); err != nil {
			return nil, &bot.SendError{Reason: bot.ServerFault, Err: errors.New("the members cannot be read")}
		}
		for _, m := range page.Members {
			out = append(out, bot.Person{User: m.user(in.Tenant), Name: string(m.Name)})
		}
		if next = string(page.Next); next == "" || len(page.Members) == 0 {
			return out, nil
		}
	}
}

// lookTime is for finding out who was mentioned, inside Teams' own request.
const lookTime = 3 * time.Second

// objectOf finds the Entra object id behind the id that Teams gives somebody
// for this bot. It is asked for once; where it cannot be had the other id
// serves.
func (a *Adapter) objectOf(ctx context.Context, in bot.Place, id string) string {
	if object, ok := a.objects.find(id); ok || !sound(id) {
		return object
	}
	if a.ready(in) != nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	path := "v3/conversations/" + url.PathEscape(string(in.ID)) + "/members/" + url.PathEscape(id)
	body, err := a.out.call(ctx, http.MethodGet, at(a.route(in), path), nil)
	var m account
	if err != nil || json.Unmarshal(body, &m) != nil {
		return ""
	}
	a.objects.keep(id, string(m.Object))
	return string(m.Object)
}
