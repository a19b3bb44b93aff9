package slack

import (
	"embed"
	"errors"
	"net/url"
	"strings"
)

//go:embed manifest
var manifests embed.FS

// Permission is a scope that the app asks for, with what an administrator
// wants to know of it.
type Permission struct {
	Scope string
	For   string // what it is needed for
	Not   string // what is not done with it
}

// Permissions is every scope of the manifest, in its order.
var Permissions = []Permission{
	{"app_mentions:read", "To be asked in a channel by “@Cymar”.", "Other messages do not come by this."},
	{"channels:history", "To collect what is said in a public channel while a meeting is announced there.", "Outside an announced meeting, messages are dropped unread, and nothing older is fetched."},
	{"channels:read", "To know who comes into a public channel that Cymar was invited to, and to match a roster's names there.", "Names are not kept."},
	{"chat:write", "To answer.", "Only in channels that Cymar was invited to, and in direct chats."},
	{"commands", "For /peer, /supervision, /overview and the shortcuts.", ""},
	{"files:read", "To read a meeting's chat that a facilitator drops into the direct chat with Cymar, and a roster.", "No other file is opened."},
	{"files:write", "To put the overview of a meeting, or a calendar entry, where it was asked for.", ""},
	{"groups:history", "The same as channels:history, in a private channel that Cymar was invited to.", "As there."},
	{"groups:read", "The same as channels:read, in a private channel.", "As there."},
	{"im:history", "To be written to in the direct chat.", ""},
	{"im:write", "To open the direct chat with somebody who is to be reminded.", "Nobody is written to who did not ask for it or was not invited."},
	{"reactions:read", "To count a reaction as agreement in the overview of an announced meeting.", "Outside an announced meeting they are dropped."},
	{"users:read", "To match the names of a roster with the people in the space.", "Names are not kept, and e-mail addresses are not asked for."},
}

// Manifest is what Slack makes the app from. For HTTP the address where the
// bot can be reached is needed; Socket Mode needs none.
func Manifest(socket bool, address string) (string, error) {
	if socket {
		b, err := manifests.ReadFile("manifest/socket.yaml")
		return string(b), err
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || strings.ContainsAny(address, " \"'{}\n") {
		return "", errors.New("the address must begin with https://, for example https://cymar.example.nhs.uk")
	}
	b, err := manifests.ReadFile("manifest/http.yaml")
	return strings.ReplaceAll(string(b), "https://cymar.example", strings.TrimRight(address, "/")), err
}
