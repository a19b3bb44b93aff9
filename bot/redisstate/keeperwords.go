package redisstate

import (
	"embed"
	"strconv"

	"cymar/bot"
	"cymar/bot/words"
)

//go:embed words
var wordFiles embed.FS

// heldWords says in one language what is held.
type heldWords struct {
	say  *words.Catalogue
	lang bot.Lang
}

func wordsFor(lang bot.Lang) (heldWords, error) {
	c, err := words.In(wordFiles, "words")
	return heldWords{c, lang}, err
}

// fact is a labelled value; the label is a string's id.
func (w heldWords) fact(label, value string) bot.Fact {
	return bot.Fact{Label: w.say.Say(w.lang, label), Value: value}
}

// profile says what a profile holds.
func (w heldWords) profile(p bot.Profile) []bot.Fact {
	var held []bot.Fact
	if p.Lang != "" {
		name := map[bot.Lang]string{bot.English: "english", bot.Welsh: "welsh"}[p.Lang]
		held = append(held, w.fact("lang", w.say.Say(w.lang, name)))
	}
	if !p.Greeted.IsZero() {
		held = append(held, w.fact("greeted", p.Greeted.Format("02/01/2006")))
	}
	if p.Discreet {
		held = append(held, w.fact("discreet", w.say.Say(w.lang, "is_on")))
	}
	return held
}

// waiting says how many messages are on their way, if any.
func (w heldWords) waiting(n int) []bot.Fact {
	if n == 0 {
		return nil
	}
	return []bot.Fact{w.fact("queued", strconv.Itoa(n))}
}
