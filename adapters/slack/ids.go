package slack

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"cymar/bot"
)

// Platform is the adapter's name.
const Platform bot.Platform = "slack"

// eventID names an event by what repeats when Slack sends it again.
func eventID(parts ...string) bot.EventID {
	return bot.EventID("slack:" + strings.Join(parts, ":"))
}

func userOf(team, id string) bot.User {
	return bot.User{Platform: Platform, Tenant: bot.TenantID(team), ID: bot.UserID(id)}
}

// placeOf is a channel or a direct chat; Slack's ids tell which by their first
// letter, and where the event says so, its kind does.
func placeOf(team, channel, kind, thread string) bot.Place {
	p := bot.Place{Platform: Platform, Tenant: bot.TenantID(team), ID: bot.PlaceID(channel), Kind: bot.Channel, Thread: bot.MessageID(thread)}
	if kind == "im" || kind == "" && strings.HasPrefix(channel, "D") {
		p.Kind = bot.DirectChat
	}
	return p
}

// A route says who alone sees what is sent to a place: the answer to a slash
// command, or to a button on a message that only one person saw.
const onlyRoute = "only:"

func only(p bot.Place, user string) bot.Place {
	if p.Kind != bot.DirectChat {
		p.Route = onlyRoute + user
	}
	return p
}

// onlyFor is who alone sees what is sent to the place, or "".
func onlyFor(p bot.Place) string {
	id, _ := strings.CutPrefix(p.Route, onlyRoute)
	return id
}

var (
	userID    = regexp.MustCompile(`^[UW][A-Z0-9]{1,30}$`)
	channelID = regexp.MustCompile(`^[CDG][A-Z0-9]{1,30}$`)
	stamp     = regexp.MustCompile(`^\d{1,11}\.\d{1,6}$`)
)

// whenOf reads a message's timestamp, which is also its id in its channel;
// where it is none, then is returned.
func whenOf(ts string, then int64) time.Time {
	if stamp.MatchString(ts) {
		whole, part, _ := strings.Cut(ts, ".")
		s, err1 := strconv.ParseInt(whole, 10, 64)
		us, err2 := strconv.ParseInt((part + "000000")[:6], 10, 64)
		if err1 == nil && err2 == nil {
			return time.Unix(s, us*1000).UTC()
		}
	}
	return time.Unix(then, 0).UTC()
}
