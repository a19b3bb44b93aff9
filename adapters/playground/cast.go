package playground

import (
	"slices"
	"strings"

	"cymar/bot"
)

// actor is somebody to be on the page. The people are invented.
type actor struct {
	ID    bot.UserID `json:"id"`
	Name  string     `json:"name"`
	Is    string     `json:"is"`
	Short string     `json:"short"` // letters in the picture's place
	role  bot.Role
}

var cast = []actor{
	{"amara", "Amara Bell", "peer support worker on an acute ward, nights", "AB", bot.PSW},
	{"jon", "Jon Hale", "peer support worker in a community team", "JH", bot.PSW},
	{"ruth", "Ruth Marsh", "peer lead, facilitates this space", "RM", bot.Facilitator},
	{"eleri", "Eleri Wyn", "cyfranogwr, gofalwr; writes Welsh", "EW", bot.Participant},
}

const (
	botID   = bot.UserID("cymar")
	mention = "@Cymar"
)

// room is a place that everybody is in.
type room struct {
	ID   bot.PlaceID   `json:"id"`
	Name string        `json:"name"`
	Kind bot.PlaceKind `json:"kind"`
}

var rooms = []room{
	{"community", "Peer support community", bot.Channel},
	{"meeting", "Monthly meeting chat", bot.MeetingChat},
}

const directPrefix = "direct-"

// Space is the demonstration's space: both rooms, its people's roles.
func Space() bot.Space {
	s := bot.Space{
		ID: "playground", Platform: Platform, Tenant: Tenant, Name: "Peer support implementation space",
		Nation: bot.Both, Lang: bot.English, Roles: map[bot.UserID]bot.Role{},
	}
	for _, r := range rooms {
		s.Places = append(s.Places, r.ID)
	}
	for _, c := range cast {
		s.Roles[c.ID] = c.role
	}
	return s
}

func isCast(id bot.UserID) bool {
	return slices.ContainsFunc(cast, func(a actor) bool { return a.ID == id })
}

func userOf(id bot.UserID) bot.User { return bot.User{Platform: Platform, Tenant: Tenant, ID: id} }

func directOf(id bot.UserID) bot.Place {
	return bot.Place{Platform: Platform, Tenant: Tenant, ID: bot.PlaceID(directPrefix + string(id)), Kind: bot.DirectChat}
}

// placeFor is the place with this id as the person may enter it; a direct
// chat is its owner's alone.
func placeFor(id bot.PlaceID, who bot.UserID) (bot.Place, bool) {
	for _, r := range rooms {
		if r.ID == id {
			return bot.Place{Platform: Platform, Tenant: Tenant, ID: id, Kind: r.Kind}, true
		}
	}
	own := directOf(who)
	return own, own.ID == id
}

func known(id bot.PlaceID) bool {
	owner := bot.UserID(strings.TrimPrefix(string(id), directPrefix))
	_, ok := placeFor(id, owner)
	return ok && (isCast(owner) || !strings.HasPrefix(string(id), directPrefix))
}

// mentions finds the people that a text points to by “@First name”, and
// whether it points to the bot; the bot's mention is taken out.
func mentions(text string) (rest string, toBot bool, people []bot.User) {
	lower := strings.ToLower(text)
	if i := strings.Index(lower, strings.ToLower(mention)); i >= 0 && len(lower) == len(text) {
		text = strings.TrimSpace(text[:i] + text[i+len(mention):])
		toBot = true
	}
	for _, c := range cast {
		first, _, _ := strings.Cut(c.Name, " ")
		if strings.Contains(strings.ToLower(text), "@"+strings.ToLower(first)) {
			people = append(people, userOf(c.ID))
		}
	}
	return text, toBot, people
}
