package meetings

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/transcript"
	"cymar/handlers/meetings/transcript/stamp"
)

// known is what the facilitator said of a meeting, for the reading of its chat.
func (m Meeting) known() transcript.Transcript {
	zone := m.zone()
	t := transcript.Transcript{Title: m.Facts.Title, Zone: zone.String(), Platform: transcript.Platform(m.Facts.Platform), Facilitators: m.Facts.Facilitators}
	if m.Facts.Platform != string(transcript.Teams) && m.Facts.Platform != string(transcript.Slack) {
		t.Platform = ""
	}
	if d, err := time.ParseInLocation(time.DateOnly, m.Facts.Date, zone); err == nil {
		t.Date = d
		t.Start, t.End = clock(d, m.Facts.Start), clock(d, m.Facts.End)
	}
	return t
}

// clock is a time of day on a day; zero where it is not given.
func clock(day time.Time, hm string) time.Time {
	c, err := time.Parse("15:04", hm)
	if err != nil {
		return time.Time{}
	}
	y, mo, d := day.Date()
	return time.Date(y, mo, d, c.Hour(), c.Minute(), 0, 0, day.Location())
}

// setting changes a particular and says what is known now.
func (h *Handler) setting(ctx context.Context, a asked, set func(*Meeting)) (bot.Reply, error) {
	m, err := h.mine(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	m, err = h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error { set(m); return nil })
	if err != nil {
		return bot.Reply{}, err
	}
	if m.State != Gathering {
		return only(a.say("fill.saved")), nil
	}
	card, more, err := h.gathered(ctx, a, m, nil)
	return only(card).And(more), err
}

const mostTitle = 200

func (h *Handler) setName(ctx context.Context, a asked) (bot.Reply, error) {
	name := strings.Trim(a.args, " :")
	if name == "" || len([]rune(name)) > mostTitle {
		return bot.Reply{}, refuse(a.word("name.how"))
	}
	return h.setting(ctx, a, func(m *Meeting) { m.Facts.Title = name })
}

// readDate reads a day as people write it, the day before the month; a year
// that is not given is the one nearest to now, and not ahead.
func readDate(s string, now time.Time) (string, bool) {
	s = strings.Trim(strings.TrimSpace(s), ".:")
	st, ok := stamp.Parse(s)
	if !ok || st.Clock || !st.HasDay() {
		return "", false
	}
	st = st.Decide(true)
	if st.Year == 0 {
		st.Year = now.Year()
		if time.Date(st.Year, time.Month(st.Month), st.Day, 0, 0, 0, 0, now.Location()).After(now.AddDate(0, 0, 1)) {
			st.Year--
		}
	}
	d := time.Date(st.Year, time.Month(st.Month), st.Day, 0, 0, 0, 0, time.UTC)
	if d.Day() != st.Day || st.Year < 2000 || d.After(now.AddDate(1, 0, 0)) {
		return "", false
	}
	return d.Format(time.DateOnly), true
}

func (h *Handler) setDate(ctx context.Context, a asked) (bot.Reply, error) {
	d, ok := readDate(a.args, h.o.Clock.Now())
	if !ok {
		return bot.Reply{}, refuse(a.word("date.how"))
	}
	return h.setting(ctx, a, func(m *Meeting) { m.Facts.Date = d })
}

var timeRE = regexp.MustCompile(`(?i)\b([01]?\d|2[0-3])(?:[:.]([0-5]\d))?\s*(am|pm|yb|yh)?\b`)

// readTimes reads “14:00 to 16:00”, “2pm – 4pm”, “2.30 pm”.
func readTimes(s string) (start, end string, ok bool) {
	var all []string
	for _, m := range timeRE.FindAllStringSubmatch(s, -1) {
		if m[2] == "" && m[3] == "" {
			continue // a number alone is no time
		}
		c, err := time.Parse("15:04", pad(m[1])+":"+pad(m[2]))
		if err != nil {
			return "", "", false
		}
		half := strings.ToLower(m[3])
		switch {
		case (half == "pm" || half == "yh") && c.Hour() < 12:
			c = c.Add(12 * time.Hour)
		case (half == "am" || half == "yb") && c.Hour() == 12:
			c = c.Add(-12 * time.Hour)
		}
		all = append(all, c.Format("15:04"))
	}
	switch len(all) {
	case 1:
		return all[0], "", true
	case 2:
		return all[0], all[1], all[0] < all[1]
	}
	return "", "", false
}

func pad(s string) string {
	for len(s) < 2 {
		s = "0" + s
	}
	return s
}

func (h *Handler) setTimes(ctx context.Context, a asked) (bot.Reply, error) {
	start, end, ok := readTimes(a.args)
	if !ok {
		return bot.Reply{}, refuse(a.word("times.how"))
	}
	return h.setting(ctx, a, func(m *Meeting) { m.Facts.Start, m.Facts.End = start, end })
}

func (h *Handler) setFacilitator(ctx context.Context, a asked) (bot.Reply, error) {
	names := nameList(a.args)
	if len(names) == 0 {
		return bot.Reply{}, refuse(a.word("facilitator.how"))
	}
	return h.setting(ctx, a, func(m *Meeting) { m.Facts.Facilitators = names })
}

func (h *Handler) setNames(ctx context.Context, a asked) (bot.Reply, error) {
	names := nameList(a.args)
	return h.setting(ctx, a, func(m *Meeting) {
		m.Names = names
		if m.Draft != nil {
			m.Stale = true
		}
	})
}

// nameList reads names that stand between semicolons.
func nameList(s string) []string {
	var out []string
	for n := range strings.SplitSeq(s, ";") {
		if n = strings.Trim(n, " :."); n != "" && len(out) < 100 && len(n) <= mostTitle {
			out = append(out, n)
		}
	}
	return out
}

func (h *Handler) setTold(ctx context.Context, a asked) (bot.Reply, error) {
	yes, ok := a.onOff()
	if !ok {
		return bot.Reply{}, refuse(a.word("told.how"))
	}
	said := "no"
	if yes {
		said = "yes"
	}
	return h.setting(ctx, a, func(m *Meeting) { m.Told = said })
}

// fill is the form for what the chat did not tell.
func (h *Handler) fill(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.mine(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if !a.Caps.Forms {
		return bot.Reply{}, refuse(a.word("fill.type"))
	}
	t, _, err := h.read(ctx, m)
	if err != nil {
		return bot.Reply{}, err
	}
	date, from, to := moments(t)
	f := bot.Form{ID: "meetings.facts", State: m.ID, Lang: a.lang, Title: a.word("fill.title"), Submit: a.word("fill.save"), Fields: []bot.Field{
		{Name: "name", Label: a.word("fact.title"), Kind: bot.TextField, Value: t.Title, Optional: true, Max: mostTitle},
		{Name: "date", Label: a.word("fact.date"), Kind: bot.DateField, Value: date, Optional: true},
		{Name: "start", Label: a.word("fact.start"), Kind: bot.TimeField, Value: from, Optional: true},
		{Name: "end", Label: a.word("fact.end"), Kind: bot.TimeField, Value: to, Optional: true},
		{Name: "facilitator", Label: a.word("fact.facilitator"), Hint: a.word("fill.names"), Kind: bot.TextField, Value: strings.Join(t.Facilitators, "; "), Optional: true},
		{Name: "without", Label: a.word("fill.without"), Hint: a.word("fill.names"), Kind: bot.TextField, Value: strings.Join(m.Names, "; "), Optional: true},
		{Name: "told", Label: a.word("told.ask"), Kind: bot.ChoiceField, Value: orElse(m.Told, "no"), Options: []bot.Option{{Value: "yes", Label: a.word("yes")}, {Value: "no", Label: a.word("no")}}},
	}}
	return bot.Reply{Now: &bot.Now{Form: &f}}, nil
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// moments are a meeting's day and times as forms and cards write them.
func moments(t transcript.Transcript) (date, start, end string) {
	if !t.Date.IsZero() {
		date = t.Date.Format(time.DateOnly)
	}
	if !t.Start.IsZero() {
		start = t.Start.Format("15:04")
	}
	if !t.End.IsZero() {
		end = t.End.Format("15:04")
	}
	return date, start, end
}

// filled takes that form.
func (h *Handler) filled(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, _ := ev.What.(bot.Submitted)
	a := h.ask(ev, "")
	a.on = w.State // the one for which the form was opened
	f := map[string]string{}
	for k, v := range w.Fields {
		f[k] = strings.TrimSpace(v)
	}
	faults := map[string]string{}
	if f["date"] != "" {
		d, ok := readDate(f["date"], h.o.Clock.Now())
		if !ok {
			faults["date"] = a.word("date.how")
		}
		f["date"] = d
	}
	for _, k := range []string{"start", "end"} {
		if f[k] == "" {
			continue
		}
		at, _, ok := readTimes(f[k])
		if !ok {
			faults[k] = a.word("times.how")
		}
		f[k] = at
	}
	if f["start"] != "" && f["end"] != "" && f["start"] >= f["end"] {
		faults["end"] = a.word("times.order")
	}
	if len(faults) > 0 {
		return bot.Reply{Now: &bot.Now{FieldErrors: faults}}, nil
	}
	return h.setting(ctx, a, func(m *Meeting) {
		m.Facts.Title, m.Facts.Date, m.Facts.Start, m.Facts.End = f["name"], f["date"], f["start"], f["end"]
		m.Facts.Facilitators, m.Names = nameList(f["facilitator"]), nameList(f["without"])
		if f["told"] == "yes" || f["told"] == "no" {
			m.Told = f["told"]
		}
	})
}

// whyNot says why a file could not be read, and what to do instead.
func (s speaker) whyNot(err error) string {
	why := transcript.Because(err)
	if why == "" || !s.words.Has("why."+string(why)) {
		why = transcript.Unreadable
	}
	return s.word("why."+string(why)) + " " + s.word("read.kept")
}

// readCard says what was read, what was not, and asks for what is missing.
func (a asked) readCard(m Meeting, t transcript.Transcript, r transcript.Report, last *transcript.Report) bot.Card {
	lead := a.word("read.lead", words.Data{"Form": a.form(last), "Messages": a.count("messages", r.Messages), "People": a.count("people", r.People)})
	card := bot.Card{Summary: lead, Lang: a.lang, Blocks: []bot.Block{bot.Heading{Text: a.word("read.title")}, bot.Para(lead)}}
	if span := a.span(r); span != "" {
		card.Blocks = append(card.Blocks, bot.Para(span))
	}
	if lines := a.notRead(r, last); lines != "" {
		card.Blocks = append(card.Blocks, bot.Para(a.word("read.not")), bot.Points(lines))
	}
	date, start, end := moments(t)
	facts := bot.Facts{}
	for _, f := range [][2]string{{"title", t.Title}, {"date", date}, {"start", orElse(start, m.Facts.Start)}, {"end", orElse(end, m.Facts.End)}, {"facilitator", strings.Join(t.Facilitators, "; ")},
		{"without", strings.Join(m.Names, "; ")}} {
		facts.Rows = append(facts.Rows, bot.Fact{Label: a.word("fact." + f[0]), Value: orElse(f[1], a.word("fact.unknown"))})
	}
	card.Blocks = append(card.Blocks, facts)
	if slices.Contains(r.Guessed, transcript.MissingDate) {
		card.Blocks = append(card.Blocks, bot.Para(a.word("read.guessed")))
	}
	row := bot.Buttons{Buttons: []bot.Button{a.button("fill", "", bot.Plain)}}
	row.Buttons[0].Command = a.word("fill.type_short")
	if m.Told == "" {
		card.Blocks = append(card.Blocks, bot.Para(a.word("told.ask")))
		for _, v := range []string{"yes", "no"} {
			b := a.button("told", a.word(v), bot.Plain)
			b.Label = a.word("told." + v)
			row.Buttons = append(row.Buttons, b)
		}
	} else {
		card.Blocks = append(card.Blocks, bot.Para(a.word("told.was_"+m.Told)))
	}
	row.Buttons = append(row.Buttons, a.button("draw", "", bot.Primary))
	return withBlocks(card, row, bot.Small(a.word("read.more")))
}

func withBlocks(c bot.Card, more ...bot.Block) bot.Card {
	c.Blocks = append(c.Blocks, more...)
	return c
}

// form is what kind of chat was read last; "" where nothing was.
func (s speaker) form(last *transcript.Report) string {
	if last == nil || len(last.Pieces) == 0 || last.Pieces[0].Form == "" {
		return s.word("form.any")
	}
	return s.word("form." + string(last.Pieces[0].Form))
}

// span is from when to when the messages are.
func (s speaker) span(r transcript.Report) string {
	switch {
	case r.First.IsZero() || r.Last.IsZero():
		return ""
	case r.First.Year() < 1970:
		return s.word("read.times", words.Data{"From": r.First.Format("15:04"), "To": r.Last.Format("15:04")})
	}
	return s.word("read.span", words.Data{"From": r.First.Format("02/01/2006 15:04"), "To": r.Last.Format("02/01/2006 15:04")})
}

// mostFaults is how many lines that could not be read are named.
const mostFaults = 12

// notRead is what could not be read, line by line, and what was left out.
func (s speaker) notRead(r transcript.Report, last *transcript.Report) string {
	var lines []string
	add := func(id string, n int) {
		if n > 0 {
			lines = append(lines, s.count("read."+id, n))
		}
	}
	add("repeated", r.Repeated)
	add("private", r.Private)
	add("gaps", r.Gaps)
	if r.Foreign {
		lines = append(lines, s.word("read.foreign"))
	}
	if last == nil {
		return strings.Join(lines, "\n")
	}
	add("deleted", last.Deleted)
	for i, f := range last.Faults {
		if i == mostFaults {
			add("more_lines", len(last.Faults)-i+last.More)
			break
		}
		line := s.word("fault." + string(f.Why))
		if !s.words.Has("fault." + string(f.Why)) {
			line = s.word("fault.bad_line")
		}
		if f.Line > 0 {
			line = s.word("read.line", words.Data{"Line": f.Line, "Why": line})
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
