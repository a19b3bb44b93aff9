package supervision

import (
	"fmt"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/when"
)

// speaker puts dates and intervals into words of one language.
type speaker struct {
	words   *words.Catalogue
	lang    bot.Lang
	phrases map[string]map[bot.Lang]string // what can be typed for a verb
}

func (h *Handler) speak(lang bot.Lang) speaker { return speaker{h.words, lang, h.phrases} }

// phrasesOf is what can be typed for each verb.
func phrasesOf(all []verb) map[string]map[bot.Lang]string {
	out := map[string]map[bot.Lang]string{}
	for _, v := range all {
		if len(v.en) > 0 {
			out[v.id] = map[bot.Lang]string{bot.English: v.en[0], bot.Welsh: v.cy[0]}
		}
	}
	return out
}

// command is what can be typed for a verb, with what follows it.
func (s speaker) command(verb string, args ...string) string {
	return strings.TrimSpace(s.phrases[verb][s.lang] + " " + strings.Join(args, " "))
}

// button is something to press, and what can be typed instead.
func (s speaker) button(verb, value, label string, typed ...string) bot.Button {
	return bot.Button{Action: s.named(verb), Value: value, Label: label, Command: s.command(verb, typed...)}
}

// inWelsh ends the name of what a Welsh card or form leads to: a press has no
// words to tell a language by, and is answered in the card's.
const inWelsh = ".cy"

// named is what a verb's button, or a form, of this language is called.
func (s speaker) named(verb string) string {
	if s.lang == bot.Welsh {
		return "supervision." + verb + inWelsh
	}
	return "supervision." + verb
}

func (s speaker) word(id string, data ...words.Data) string { return s.words.Say(s.lang, id, data...) }

func (s speaker) count(id string, n int) string { return s.words.Count(s.lang, id, n) }

func (s speaker) kind(k when.Kind) string { return s.word("kind." + string(k)) }

var welshMonths = [...]string{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"}

var welshDays = [...]string{"Sul", "Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn"}

// date is "Saturday 12 December", with the year where it is another one.
func (s speaker) date(d, today calendar.Date) string {
	y, m, n := d.YMD()
	out := fmt.Sprintf("%s %d %s", s.weekday(d.Weekday()), n, m)
	if s.lang == bot.Welsh {
		out = fmt.Sprintf("%s %d %s", s.weekday(d.Weekday()), n, welshMonths[m-1])
	}
	if this, _, _ := today.YMD(); y != this {
		out += fmt.Sprintf(" %d", y)
	}
	return out
}

// example is a date as it may be typed: "12 December".
func (s speaker) example(d calendar.Date) string {
	_, m, n := d.YMD()
	if s.lang == bot.Welsh {
		return fmt.Sprintf("%d %s", n, welshMonths[m-1])
	}
	return fmt.Sprintf("%d %s", n, m)
}

func (s speaker) weekday(d time.Weekday) string {
	if s.lang == bot.Welsh {
		return "dydd " + welshDays[d]
	}
	return d.String()
}

// near is the date with how near it is: "tomorrow, Saturday 12 December".
func (s speaker) near(d, today calendar.Date) string {
	date := s.date(d, today)
	switch n := int(d - today); {
	case n == 0:
		return s.word("near.today", words.Data{"Date": date})
	case n == 1:
		return s.word("near.tomorrow", words.Data{"Date": date})
	case n > 1 && n < 15:
		return s.words.Count(s.lang, "near.ahead", n, words.Data{"Date": date})
	case n < 0 && n > -60:
		return s.words.Count(s.lang, "near.ago", -n, words.Data{"Date": date})
	}
	return date
}

// every is "every 4 weeks", "on the first Monday of the month".
func (s speaker) every(i when.Interval) string {
	switch {
	case i.Zero():
		return s.word("every.unsaid")
	case i.Nth != 0 && i.Months > 1:
		return s.count("every.months", i.Months) + ", " + s.nth(i)
	case i.Nth != 0:
		return s.word("every.nth", words.Data{"Nth": s.nth(i)})
	case i.Months > 0:
		return s.on(s.count("every.months", i.Months), i)
	case i.Days%7 == 0:
		return s.on(s.count("every.weeks", i.Days/7), i)
	}
	return s.count("every.days", i.Days)
}

func (s speaker) nth(i when.Interval) string {
	return s.word(fmt.Sprintf("nth.%d", i.Nth), words.Data{"Day": s.weekday(i.On)})
}

func (s speaker) on(every string, i when.Interval) string {
	if !i.Fixed {
		return every
	}
	return s.word("every.on", words.Data{"Every": every, "Day": s.weekday(i.On)})
}

// fault says what is wrong with what was written and what to write instead.
func (s speaker) fault(f *when.Fault, today calendar.Date) string {
	d := words.Data{"Said": f.Said, "Year": 0}
	if len(f.Dates) > 0 {
		d["Date"] = s.date(f.Dates[0], today)
	}
	return s.word("fault."+string(f.Why), d)
}

// instead is what stands for a fault in a reply of its own.
func (s speaker) instead(f *when.Fault, today calendar.Date) error {
	text := s.fault(f, today)
	for i, d := range f.Dates {
		switch {
		case f.Why != when.Ambiguous && f.Why != when.WrongWeekday:
		case i == 0:
			text += " " + s.word("fault.choose") + " " + s.date(d, today) + " (" + d.String() + ")"
		default:
			text += ", " + s.date(d, today) + " (" + d.String() + ")"
		}
	}
	return refuse(text)
}
