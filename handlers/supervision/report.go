package supervision

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/coverage"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/roster"
	"cymar/handlers/supervision/when"
)

// report is the coverage of a space, and what could not be delivered.
type report struct {
	coverage.Report
	space       bot.Space
	trend       map[string]coverage.Report
	unreachable int
	named       []bot.User // of those, who agreed to be named
}

// manyMissed is how many messages in a row have to fail before a lead is told.
const manyMissed = 3

// reports counts the people of every space of an installation that is asked
// for.
func (h *Handler) reports(ctx context.Context, home Home, spaces ...bot.Space) (map[bot.SpaceID]*report, error) {
	out, people := map[bot.SpaceID]*report{}, map[bot.SpaceID][]coverage.Person{}
	for _, s := range spaces {
		out[s.ID] = &report{space: s}
	}
	now := h.o.Clock.Now()
	err := h.o.Store.Each(ctx, home, func(all []Record) error {
		for _, r := range all {
			rep := out[r.Space]
			if rep == nil || r.Invited.Zero() && r.Accepted.Zero() {
				continue
			}
			people[r.Space] = append(people[r.Space], counted(r, calendar.On(now, h.zone(rep.space.Zone))))
			rep.missed(r)
		}
		return nil
	})
	for id, rep := range out {
		rep.Report = coverage.Make(people[id])
	}
	return out, err
}

func (rep *report) missed(r Record) {
	if r.Missed < manyMissed {
		return
	}
	rep.unreachable++
	if r.Wishes.Named {
		rep.named = append(rep.named, r.User)
	}
}

// counted is how somebody counts.
func counted(r Record, today calendar.Date) coverage.Person {
	p := coverage.Person{Team: r.Team, Accepted: !r.Accepted.Zero() && r.Stopped.Zero(),
		Standing: map[when.Kind]ladder.Standing{}, Off: map[when.Kind]bool{}}
	for _, c := range r.Clocks {
		p.Standing[c.Kind] = c.Standing(r.Pause, today)
		p.Off[c.Kind] = !c.LastOff.Zero() && today < c.LastOff.Add(lately)
	}
	return p
}

// lately is for how many days a cancellation counts in the figures, whether or
// not there is a new date by then.
const lately = 91

// coverage shows a lead the figures of their space.
func (h *Handler) coverage(ctx context.Context, a asked) (bot.Reply, error) {
	rep, err := h.reportOf(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	card, err := h.reportCard(a.speaker, rep)
	return only(card), err
}

func (h *Handler) reportOf(ctx context.Context, a asked) (*report, error) {
	if a.Space.Zero() {
		return nil, refuse(a.word("coverage.where"))
	}
	home := homeOf(a.From)
	all, err := h.reports(ctx, home, a.Space)
	if err != nil {
		return nil, err
	}
	rep := all[a.Space.ID]
	rep.trend, err = h.o.Store.Trend(ctx, home, a.Space.ID)
	return rep, err
}

// reportCard is the figures as a picture and, the same, as a table.
func (h *Handler) reportCard(s speaker, rep *report) (bot.Card, error) {
	title := s.word("coverage.title")
	card := bot.Card{Summary: title, Lang: s.lang, Blocks: []bot.Block{bot.Heading{Text: title}}}
	if rep.Hidden {
		card = with(card, bot.Para(s.word("coverage.hidden")))
		if rep.unreachable > 0 { // that says nothing about anybody's supervision
			card = with(card, s.unreached(rep))
		}
		return with(card, note(s.word("coverage.rule"))), nil
	}
	card = with(card, bot.Para(s.word("coverage.people", words.Data{"Invited": s.figure(rep.Invited), "Accepted": s.figure(rep.Accepted)})))
	picture, err := s.picture(rep.Report)
	if err != nil {
		return card, err
	}
	card = with(card, picture, s.kindTable(rep.Report))
	if len(rep.Teams) > 0 {
		card = with(card, s.teamTable(rep.Report))
	}
	if t := s.trendTable(rep, h.o.Clock.Now()); len(t.Rows) > 0 {
		card = with(card, bot.Para(s.word("coverage.trend")), t)
	}
	if rep.unreachable > 0 {
		card = with(card, s.unreached(rep))
	}
	csv := s.button("coveragefile", "", s.word("button.file"))
	return with(card, bot.Buttons{Buttons: []bot.Button{csv}}, note(s.word("coverage.columns"), s.word("coverage.rule"))), nil
}

// figure is a number as far as it may be told.
func (s speaker) figure(f coverage.Figure) string {
	switch f.Band {
	case coverage.Few:
		return s.word("figure.small")
	case coverage.Nearly:
		return s.word("figure.nearly")
	}
	return s.word("figure.about", words.Data{"N": f.N})
}

// share is a figure with its share of the whole where that may be told.
func (s speaker) share(f, of coverage.Figure) string {
	if p, ok := coverage.Share(f, of); ok {
		return fmt.Sprintf("%s (%d%%)", s.figure(f), p)
	}
	return s.figure(f)
}

// shownKinds is the kinds that there is something to tell of, and peer-led
// supervision always.
func shownKinds(r coverage.Report) []coverage.Kind {
	var out []coverage.Kind
	for _, k := range r.Kinds {
		few := k.Held.Band == coverage.Few && k.Nobody.Band == coverage.Few && k.Paused.Band == coverage.Few && k.Cancelled.Band == coverage.Few
		if k.Kind == when.Peer || !few {
			out = append(out, k)
		}
	}
	return out
}

// picture is a bar for each kind, and the words that stand for it.
func (s speaker) picture(r coverage.Report) (bot.Picture, error) {
	var bars []coverage.Bar
	alt := s.word("coverage.alt")
	for i, k := range shownKinds(r) {
		p, ok := coverage.Share(k.Held, r.Base())
		bars = append(bars, coverage.Bar{Percent: p, Known: ok, Nearly: k.Held.Band == coverage.Nearly})
		alt += fmt.Sprintf(" %d. %s: %s.", i+1, s.kind(k.Kind), s.share(k.Held, r.Base()))
	}
	data, err := coverage.Picture(bars)
	return bot.Picture{Alt: alt, PNG: data}, err
}

func (s speaker) kindTable(r coverage.Report) bot.Table {
	t := bot.Table{Header: []string{"", s.word("column.kind"), s.word("column.held"), s.word("column.nobody"), s.word("column.paused"), s.word("column.cancelled")}}
	for i, k := range shownKinds(r) {
		t.Rows = append(t.Rows, []string{fmt.Sprint(i + 1), s.kind(k.Kind), s.share(k.Held, r.Base()), s.figure(k.Nobody), s.figure(k.Paused), s.figure(k.Cancelled)})
	}
	return t
}

func (s speaker) teamTable(r coverage.Report) bot.Table {
	t := bot.Table{Header: []string{s.word("column.team"), s.word("column.people"), s.word("column.held_peer")}}
	for _, team := range r.Teams {
		name := team.Name
		if name == "" {
			name = s.word("team.small")
		}
		t.Rows = append(t.Rows, []string{name, s.figure(team.People), s.share(team.Held, team.People)})
	}
	return t
}

// trendMonths is how many months a trend shows.
const trendMonths = 6

// trendTable is peer-led supervision in the last months, as it was shown then.
func (s speaker) trendTable(rep *report, now time.Time) bot.Table {
	t := bot.Table{Header: []string{s.word("column.month"), s.word("column.people"), s.word("column.held_peer")}}
	first := calendar.On(now, rep.space.Location())
	for i := trendMonths; i > 0; i-- {
		y, m, _ := first.AddMonths(-i + 1).YMD()
		r, ok := rep.trend[fmt.Sprintf("%04d-%02d", y, m)]
		if i == 1 { // this month, as it stands today
			r, ok = rep.Report, true
		}
		if !ok || r.Hidden || len(r.Kinds) == 0 {
			continue
		}
		month := fmt.Sprintf("%s %d", m, y)
		if s.lang == bot.Welsh {
			month = fmt.Sprintf("%s %d", welshMonths[m-1], y)
		}
		t.Rows = append(t.Rows, []string{month, s.figure(r.Base()), s.share(r.Kinds[0].Held, r.Base())})
	}
	return t
}

// unreached is how many could not be reached, and who of them agreed to be
// named.
func (s speaker) unreached(rep *report) bot.Text {
	t := bot.Text{Spans: bot.Plainly(s.count("coverage.unreachable", rep.unreachable))}
	for i, u := range rep.named {
		if i == 0 {
			t.Spans = append(t.Spans, bot.Span{Text: " " + s.word("coverage.named") + " "})
		} else {
			t.Spans = append(t.Spans, bot.Span{Text: ", "})
		}
		t.Spans = append(t.Spans, bot.Span{Text: s.word("coverage.somebody"), Mention: u})
	}
	return t
}

// coverageFile sends the same figures as CSV to the lead's direct chat.
func (h *Handler) coverageFile(ctx context.Context, a asked) (bot.Reply, error) {
	rep, err := h.reportOf(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if rep.Hidden {
		return bot.Reply{}, refuse(a.word("coverage.hidden"))
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	tables := []bot.Table{a.kindTable(rep.Report), a.teamTable(rep.Report), a.trendTable(rep, h.o.Clock.Now())}
	for _, t := range tables {
		if len(t.Rows) == 0 {
			continue
		}
		for _, row := range append([][]string{t.Header}, t.Rows...) {
			safe := make([]string, len(row))
			for i, c := range row {
				safe[i] = roster.Safe(c)
			}
			if err := w.Write(safe); err != nil {
				return bot.Reply{}, err
			}
		}
	}
	w.Flush()
	data := append([]byte("\uFEFF"), out.Bytes()...) // so that spreadsheets read it as UTF-8
	return bot.Reply{Sends: []bot.Send{{To: bot.DM(a.From), Card: bot.Say(a.Lang, a.word("coverage.file")),
		File: &bot.FileRef{Name: "coverage.csv", Type: "text/csv", Size: int64(len(data)), Data: data}}}}, w.Error()
}
