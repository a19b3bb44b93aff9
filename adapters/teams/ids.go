package teams

import (
	"net/url"
	"strings"

	"cymar/bot"
)

// A person is known by their Entra object id, which settings, Graph and a
// mention share; a guest without one by the id that Teams gives them for this
// bot. Teams takes either where we write to somebody.
func (a account) user(tenant bot.TenantID) bot.User {
	id := a.Object
	if id == "" {
		id = a.ID
	}
	if id == "" {
		return bot.User{}
	}
	return bot.User{Platform: Platform, Tenant: tenant, ID: bot.UserID(id)}
}

// threadMark stands in a conversation's id between a channel and the message
// that a thread began with.
const threadMark = ";messageid="

// place is where an activity happened. Its id is the conversation's without
// the thread, its route the service URL that reaches it.
func (a inbound) place(home bot.TenantID) bot.Place {
	id, thread, _ := strings.Cut(string(a.Conversation.ID), threadMark)
	p := bot.Place{
		Platform: Platform, Tenant: a.tenant(home), ID: bot.PlaceID(id), Thread: bot.MessageID(thread),
		Kind: bot.MeetingChat, Route: string(a.ServiceURL),
	}
	switch {
	case a.Conversation.Type == "personal":
		p.Kind = bot.DirectChat
	case a.Conversation.Type == "channel", a.Conversation.Type == "" && a.Channel.V.Channel.ID != "":
		p.Kind = bot.Channel
	}
	return p
}

// tenant is the installation: the Microsoft 365 tenant that the chat is in.
func (a inbound) tenant(home bot.TenantID) bot.TenantID {
	for _, t := range []text{a.Channel.V.Tenant.ID, a.Conversation.Tenant} {
		if t != "" {
			return bot.TenantID(t)
		}
	}
	return home
}

// conversationID is a place as the connector names it.
func conversationID(p bot.Place) string {
	if p.Thread == "" || p.Kind != bot.Channel {
		return string(p.ID)
	}
	return string(p.ID) + threadMark + string(p.Thread)
}

// sound reports whether an id can stand in an address as one part of it.
func sound(id string) bool {
	if id == "" || len(id) > 1024 || id == "." || id == ".." {
		return false
	}
	return !strings.ContainsFunc(id, func(r rune) bool {
		return r == '/' || r == '\\' || r == '?' || r == '#' || r == '%' || r <= ' ' || r == 0x7f
	})
}

// hosts is where a bearer token may be sent: a host, or "*.host" for all below
// it. Plain http is only for an address that was configured as it is.
type hosts struct {
	names []string
	exact []string // scheme and host, as configured
}

func newHosts(names []string, configured ...string) hosts {
	h := hosts{names: names}
	for _, c := range configured {
		if u, err := url.Parse(c); err == nil && u.Host != "" {
			h.exact = append(h.exact, u.Scheme+"://"+u.Host)
		}
	}
	return h
}

// allow reports whether the address is one of ours to call.
func (h hosts) allow(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	for _, e := range h.exact {
		if e == u.Scheme+"://"+u.Host {
			return true
		}
	}
	return u.Scheme == "https" && u.Port() == "" && h.named(strings.ToLower(u.Hostname()))
}

func (h hosts) named(host string) bool {
	for _, n := range h.names {
		below, all := strings.CutPrefix(n, "*")
		if host == n || all && strings.HasSuffix(host, below) {
			return true
		}
	}
	return false
}
