package supervision

import (
	"context"
	"time"

	ics "github.com/arran4/golang-ical"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// mine shows how the person's supervision stands.
func (h *Handler) mine(ctx context.Context, a asked) (bot.Reply, error) {
	r, err := h.load(ctx, a.From)
	if err != nil {
		return bot.Reply{}, err
	}
	if r.Draft == nil || !h.o.Clock.Now().Before(r.Draft.Until) {
		return only(h.mineCard(a, r)), nil
	}
	waiting := h.confirm(a, r, nil)
	if len(r.Clocks) == 0 || !r.Stopped.Zero() {
		return only(waiting), nil
	}
	return only(with(h.mineCard(a, r), append([]bot.Block{bot.Divider{}}, waiting.Blocks...)...)), nil
}

// download sends the dates as a calendar file, into the person's direct chat:
// a file in a shared place would be everybody's.
func (h *Handler) download(ctx context.Context, a asked) (bot.Reply, error) {
	r, err := h.load(ctx, a.From)
	if err != nil {
		return bot.Reply{}, err
	}
	k := when.ReadKind(a.args)
	data, n := a.calendarFile(r, k, h.o.Clock.Now())
	if n == 0 {
		return bot.Reply{}, refuse(a.word("calendar.nothing"))
	}
	text := a.count("calendar.here", n)
	return bot.Reply{Sends: []bot.Send{{To: bot.DM(a.From), Card: bot.Say(a.Lang, text),
		File: &bot.FileRef{Name: "supervision.ics", Type: "text/calendar", Size: int64(len(data)), Data: data}}}}, nil
}

// calendarFile is the dates to come as iCalendar, whole days without anybody's
// name, and how many they are. The same supervision keeps its id, so that
// loading the file again moves it instead of doubling it.
func (a asked) calendarFile(r Record, k when.Kind, now time.Time) ([]byte, int) {
	cal := ics.NewCalendarFor("Cymar")
	cal.SetMethod(ics.MethodPublish)
	n := 0
	for _, c := range r.Clocks {
		if c.State != ladder.Running || c.Next < a.today || k != "" && c.Kind != k {
			continue
		}
		n++
		e := cal.AddEvent(bot.Digest(string(r.User.ID), string(c.Kind)) + "@cymar")
		e.SetDtStampTime(now)
		e.SetSequence(int(c.Since))
		e.SetSummary(a.kind(c.Kind))
		e.SetAllDayStartAt(dayOf(c.Next))
		e.SetAllDayEndAt(dayOf(c.Next.Add(1)))
		e.SetProperty(ics.ComponentPropertyTransp, "TRANSPARENT")
	}
	return []byte(cal.Serialize()), n
}

func dayOf(d calendar.Date) time.Time { return d.At(0, 0, time.UTC) }
