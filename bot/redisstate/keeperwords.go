package redisstate

import (
	"strconv"

	"cymar/bot"
)

// heldWords is how the Keeper says in one language what is held.
type heldWords struct {
	lang, chosen       string
	greeted, discreet  string
	yes                string
	direct, directKept string
	seen, role         string
	contact            string
	queued             string
	roles              map[bot.Role]string
}

func wordsFor(lang bot.Lang) heldWords {
	if lang == bot.Welsh {
		return welshWords
	}
	return englishWords
}

var englishWords = heldWords{
	lang: "Your language", chosen: "English", greeted: "First greeted on", discreet: "Discreet notifications", yes: "yes",
	direct: "Your chat with me", directKept: "its address, so that I can write to you",
	seen: "Your space", role: "Your role", contact: "Safeguarding contact of", queued: "Messages on their way to you",
	roles: map[bot.Role]string{bot.Participant: "participant", bot.PSW: "peer support worker", bot.Curator: "curator",
		bot.Facilitator: "facilitator", bot.Administrator: "administrator"},
}

var welshWords = heldWords{
	lang: "Eich iaith", chosen: "Cymraeg", greeted: "Cyfarchwyd gyntaf ar", discreet: "Hysbysiadau cynnil", yes: "ydyn",
	direct: "Eich sgwrs â mi", directKept: "ei chyfeiriad, er mwyn i mi allu ysgrifennu atoch",
	seen: "Eich gofod", role: "Eich rôl", contact: "Cyswllt diogelu ar gyfer", queued: "Negeseuon ar eu ffordd atoch",
	roles: map[bot.Role]string{bot.Participant: "cyfranogwr", bot.PSW: "gweithiwr cymorth cymheiriaid", bot.Curator: "curadur",
		bot.Facilitator: "hwylusydd", bot.Administrator: "gweinyddwr"},
}

// profile says what a profile holds.
func (w heldWords) profile(p bot.Profile) []bot.Fact {
	var held []bot.Fact
	if p.Lang != "" {
		held = append(held, bot.Fact{Label: w.lang, Value: wordsFor(p.Lang).chosen})
	}
	if !p.Greeted.IsZero() {
		held = append(held, bot.Fact{Label: w.greeted, Value: p.Greeted.Format("02/01/2006")})
	}
	if p.Discreet {
		held = append(held, bot.Fact{Label: w.discreet, Value: w.yes})
	}
	return held
}

// waiting says how many messages are on their way, if any.
func (w heldWords) waiting(n int) []bot.Fact {
	if n == 0 {
		return nil
	}
	return []bot.Fact{{Label: w.queued, Value: strconv.Itoa(n)}}
}
