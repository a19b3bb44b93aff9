package safeguarding

import (
	"cymar/bot"
	"cymar/bot/words"
)

// Cards makes what is said when the guard found something. It holds no
// person's words: nothing that somebody wrote is ever shown again.
type Cards struct {
	words *words.Catalogue
	lines []Helpline
}

// For is the card for a level, in the nation's numbers.
func (c Cards) For(level bot.Level, nation bot.Nation, lang bot.Lang) bot.Card {
	switch level {
	case bot.Crisis:
		return c.support("crisis", nation, lang)
	case bot.OtherInDanger:
		return c.other(nation, lang)
	case bot.Safeguarding:
		return c.route("concern", nation, lang)
	case bot.PersonalData:
		return c.route("data", nation, lang)
	}
	return c.Quiet(nation, lang)
}

// support is for the person: thanks, numbers, people, and what the bot is.
func (c Cards) support(kind string, nation bot.Nation, lang bot.Lang) bot.Card {
	return bot.Card{
		Summary: c.say(lang, kind+".summary"), Lang: lang,
		Blocks: []bot.Block{
			bot.Para(c.say(lang, kind+".lead")),
			c.list(nation, lang),
			bot.Para(c.say(lang, kind+".people")),
			bot.Small(c.say(lang, "bot")),
		},
	}
}

// Everybody is the card for a chat in which nobody can be reached alone: it
// names nobody and answers nobody.
func (c Cards) Everybody(nation bot.Nation, lang bot.Lang) bot.Card {
	return c.support("everybody", nation, lang)
}

// Pointer stands where only the person sees it and points to the direct chat.
func (c Cards) Pointer(lang bot.Lang) bot.Card { return bot.Say(lang, c.say(lang, "pointer")) }

func (c Cards) other(nation bot.Nation, lang bot.Lang) bot.Card {
	return bot.Card{
		Summary: c.say(lang, "other.summary"), Lang: lang,
		Blocks: []bot.Block{
			bot.Para(c.say(lang, "other.lead")),
			c.list(nation, lang),
			bot.Para(c.say(lang, "other.then")),
			bot.Points(c.say(lang, "other.steps")),
			bot.Small(c.say(lang, "bot")),
		},
	}
}

// route is for a safeguarding concern or personal data: where it belongs.
func (c Cards) route(kind string, nation bot.Nation, lang bot.Lang) bot.Card {
	blocks := []bot.Block{bot.Para(c.say(lang, kind+".lead")), bot.Points(c.say(lang, kind+".steps"))}
	if law := kind + ".law." + string(nation); c.words.Has(law) {
		blocks = append(blocks, bot.Small(c.say(lang, law)))
	}
	return bot.Card{Summary: c.say(lang, kind+".summary"), Lang: lang, Blocks: blocks}
}

// Quiet is the one line beside an ordinary answer.
func (c Cards) Quiet(nation bot.Nation, lang bot.Lang) bot.Card {
	key := "quiet.both"
	if nation == bot.England || nation == bot.Wales {
		key = "quiet." + string(nation)
	}
	text := c.say(lang, key)
	return bot.Card{Summary: text, Lang: lang, Blocks: []bot.Block{bot.Small(text)}}
}

func (c Cards) list(nation bot.Nation, lang bot.Lang) bot.List {
	var l bot.List
	for _, line := range linesFor(c.lines, nation) {
		l.Items = append(l.Items, bot.Plainly(c.say(lang, "line."+line.ID)))
	}
	return l
}

// look asks the safeguarding contact to look at a place; no name, no words.
func (c Cards) look(p bot.Place, lang bot.Lang) bot.Card {
	text := c.say(lang, "contact.lead")
	return bot.Card{Summary: c.say(lang, "contact.summary"), Lang: lang, Blocks: []bot.Block{
		bot.Text{Spans: []bot.Span{{Text: text + " "}, {Text: c.say(lang, "contact.place"), At: p}}},
		bot.Small(c.say(lang, "contact.note")),
	}}
}

func (c Cards) say(lang bot.Lang, id string) string { return c.words.Say(lang, id) }
