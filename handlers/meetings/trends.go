package meetings

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/themes"
)

// usualSpan is over how many meetings themes are counted unless said otherwise.
const usualSpan = 6

var numberWords = map[string]int{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
	"dau": 2, "tri": 3, "pedwar": 4, "pump": 5, "chwe": 6, "chwech": 6, "saith": 7, "wyth": 8, "naw": 9, "deg": 10,
}

var spanRE = regexp.MustCompile(`^(?:in|over|for|from|yn|dros)?\s*(?:the|our|ein|y|yr)?\s*(?:last|past)?\s*(\S+)?\s*(?:meetings?|cyfarfod(?:ydd)?)?\s*(?:diwethaf)?$`)

// span reads “in the last six meetings”, “over the past 3 meetings”, “yn y
// chwe chyfarfod diwethaf”; nothing is the usual span.
func span(args string) (int, bool) {
	said := strings.ToLower(strings.Trim(args, " ?.!"))
	said = strings.ReplaceAll(said, "chyfarfod", "cyfarfod")
	said = strings.ReplaceAll(said, "gyfarfod", "cyfarfod")
	m := spanRE.FindStringSubmatch(said)
	switch {
	case m == nil:
		return 0, false
	case m[1] == "" || m[1] == "meetings" || m[1] == "meeting":
		return usualSpan, true
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		n = numberWords[m[1]]
	}
	return n, n >= 1 && n <= trendOf
}

func isSpan(args string) bool { _, ok := span(args); return ok }

// trends says what came up again over the last meetings: in how many of them
// and by how many people, and nothing that anybody wrote.
func (h *Handler) trends(ctx context.Context, a asked) (bot.Reply, error) {
	n, _ := span(a.args)
	if a.Space.Zero() {
		return bot.Reply{}, refuse(a.word("trends.where"))
	}
	all, err := h.o.Store.Counts(ctx, homeOf(a.From), a.Space.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	all = all[max(0, len(all)-n):]
	if len(all) == 0 {
		return only(a.say("trends.none")), nil
	}
	var meetings [][]themes.Mark
	for _, c := range all {
		meetings = append(meetings, c.Marks)
	}
	lead := a.count("trends.lead", len(all), words.Data{"From": day(all[0].Date), "To": day(all[len(all)-1].Date)})
	table := bot.Table{Header: []string{a.word("trends.theme"), a.word("trends.meetings"), a.word("trends.people")}}
	for i, t := range themes.Recurring(meetings) {
		if i == mostTrends {
			break
		}
		people := fmt.Sprint(t.Contributors)
		if t.Contributors < fewPeople {
			people = a.word("trends.few")
		}
		table.Rows = append(table.Rows, []string{t.Title, a.word("trends.of", words.Data{"N": t.Meetings, "Of": t.Of}), people})
	}
	card := bot.Card{Summary: lead, Lang: a.lang, Blocks: []bot.Block{bot.Para(lead), table, bot.Small(a.word("trends.note"))}}
	return bot.Reply{Sends: []bot.Send{{To: bot.Here(), Card: card}}}, nil
}

// mostTrends is how many themes are listed; of fewPeople and fewer no number
// is given.
const (
	mostTrends = 12
	fewPeople  = 3
)

// day is 2026-01-08 as people write it.
func day(iso string) string {
	p := strings.Split(iso, "-")
	if len(p) != 3 {
		return iso
	}
	return p[2] + "/" + p[1] + "/" + p[0]
}
