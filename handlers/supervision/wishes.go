package supervision

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/when"
	"cymar/text"
)

// wish changes how the person is written to and says so.
func (h *Handler) wish(ctx context.Context, a asked, id string, data map[string]any, do func(*Record)) (bot.Reply, error) {
	_, err := h.change(ctx, a, true, func(r *Record) error {
		if r.empty() {
			return errNothing
		}
		do(r)
		return nil
	})
	if errors.Is(err, errNothing) {
		return only(h.start(a)), nil
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return only(a.withUndo(a.word("done."+id, data))), nil
}

// plain is the words of what was written, folded.
func plain(s string) []string { return text.Words(text.Fold(s)) }

// readDays reads a set of days: "Mon Tue Thu", "Monday to Friday", "weekends".
func readDays(s string) (calendar.Week, bool) {
	var w calendar.Week
	last, through := time.Weekday(-1), false
	for _, word := range plain(s) {
		switch word {
		case "to", "i", "until", "hyd":
			through = last >= 0
			continue
		case "and", "a", "on", "ar", "dydd", "ddydd":
			continue
		case "weekends", "weekend", "penwythnos":
			w |= calendar.Days(time.Saturday, time.Sunday)
			continue
		}
		d, ok := when.Weekday(word)
		if !ok {
			return 0, false
		}
		for through && last != d {
			last = (last + 1) % 7
			w |= calendar.Days(last)
		}
		w |= calendar.Days(d)
		last, through = d, false
	}
	return w, w != 0
}

func isDays(args string) bool { _, ok := readDays(args); return args == "" || ok }

func (h *Handler) setDays(ctx context.Context, a asked) (bot.Reply, error) {
	w, ok := readDays(a.args)
	if !ok {
		return bot.Reply{}, refuse(a.word("days.how"))
	}
	var names []string
	for i := range 7 {
		if d := time.Weekday((i + 1) % 7); w.Has(d) {
			names = append(names, a.weekday(d))
		}
	}
	return h.wish(ctx, a, "days", map[string]any{"Days": strings.Join(names, ", ")}, func(r *Record) { r.Wishes.Days = w })
}

var clockTimes = regexp.MustCompile(`(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|yb|yh)?`)

// readHours reads when a working day begins and ends, in minutes after
// midnight: "9 to 5", "8:30-16:00", "10". The end is 0 where it is not said.
func readHours(s string) (from, until int, ok bool) {
	var at []int
	for _, m := range clockTimes.FindAllStringSubmatch(text.Fold(s), 3) {
		hour, _ := strconv.Atoi(m[1])
		minute := 0
		if m[2] != "" {
			minute, _ = strconv.Atoi(m[2])
		}
		if (m[3] == "pm" || m[3] == "yh") && hour < 12 || m[3] == "" && len(at) == 1 && hour < 12 && hour*60 <= at[0] {
			hour += 12
		}
		at = append(at, hour*60+minute)
	}
	if len(at) == 0 || len(at) > 2 || at[0] < calendar.Earliest || at[0] > calendar.Latest-60 {
		return 0, 0, false
	}
	if len(at) == 1 {
		return at[0], 0, true
	}
	return at[0], at[1], at[1] >= at[0]+60 && at[1] <= 24*60
}

// isHours takes times that cannot be as well, to be told what to write.
func isHours(args string) bool { return args == "" || short(args, 6) && clockTimes.MatchString(args) }

func (h *Handler) setHours(ctx context.Context, a asked) (bot.Reply, error) {
	from, until, ok := readHours(a.args)
	if !ok {
		return bot.Reply{}, refuse(a.word("hours.how"))
	}
	at := time.Date(2000, 1, 1, 0, from, 0, 0, time.UTC).Format("15:04")
	return h.wish(ctx, a, "hours", map[string]any{"From": at}, func(r *Record) { r.Wishes.From, r.Wishes.Until = from, min(until, calendar.Latest) })
}

func isZone(args string) bool {
	_, err := time.LoadLocation(args)
	return args == "" || err == nil && args != "Local"
}

// asksZone takes what looks like a zone as well, to be told what to write.
func asksZone(args string) bool { return isZone(args) || short(args, 2) && strings.Contains(args, "/") }

func (h *Handler) setZone(ctx context.Context, a asked) (bot.Reply, error) {
	if a.args == "" || !isZone(a.args) {
		return bot.Reply{}, refuse(a.word("zone.how"))
	}
	return h.wish(ctx, a, "zone", map[string]any{"Zone": a.args}, func(r *Record) { r.Wishes.Zone = a.args })
}

// readHolidays reads whose bank holidays count: a nation's, or none's for
// those who work on them.
func readHolidays(s string) (n calendar.Nation, work, ok bool) {
	for _, w := range plain(s) {
		switch w {
		case "england", "wales", "lloegr", "cymru", "nghymru":
			n, ok = calendar.EnglandAndWales, true
		case "scotland", "alban":
			n, ok = calendar.Scotland, true
		case "ireland", "ni", "iwerddon":
			n, ok = calendar.NorthernIreland, true
		case "work", "working", "gweithio":
			work, ok = true, true
		}
	}
	return n, work, ok
}

func isHolidays(args string) bool {
	_, _, ok := readHolidays(args)
	return args == "" || ok && short(args, 5)
}

func (h *Handler) setHolidays(ctx context.Context, a asked) (bot.Reply, error) {
	n, work, ok := readHolidays(a.args)
	if !ok {
		return bot.Reply{}, refuse(a.word("holidays.how"))
	}
	id := "holidays"
	if work {
		id = "holidays_work"
	}
	return h.wish(ctx, a, id, map[string]any{"Nation": a.word("nation." + string(n))}, func(r *Record) {
		r.Wishes.Holidays = work
		if n != "" {
			r.Wishes.Nation = n
		}
	})
}

// setInPost records since when the person is in post: defaults are halved in
// the first twelve weeks.
func (h *Handler) setInPost(ctx context.Context, a asked) (bot.Reply, error) {
	d, err := a.day(when.Past, 0)
	if err != nil {
		return bot.Reply{}, err
	}
	return h.wish(ctx, a, "inpost", map[string]any{"Date": a.date(d, a.today)}, func(r *Record) { r.Wishes.InPost = d })
}

// isOn reads on or off.
func isOn(s string) (on, ok bool) {
	switch strings.Join(plain(s), " ") {
	case "on", "yes", "ymlaen", "ie", "":
		return true, true
	case "off", "no", "i ffwrdd", "na":
		return false, true
	}
	return false, false
}

func onOff(args string) bool { _, ok := isOn(args); return ok }

// setDiscreet lets notifications say nothing.
func (h *Handler) setDiscreet(ctx context.Context, a asked) (bot.Reply, error) {
	on, _ := isOn(a.args)
	p, err := h.o.Profiles.Profile(ctx, a.From)
	if err != nil {
		return bot.Reply{}, err
	}
	p.Discreet = on
	if err := h.o.Profiles.SaveProfile(ctx, a.From, p); err != nil {
		return bot.Reply{}, err
	}
	card := bot.Say(a.Lang, a.word("discreet."+onWord(on)))
	back := a.word("word." + onWord(!on))
	return only(with(card, bot.Buttons{Buttons: []bot.Button{a.button("discreet", back, a.word("button.undo"), back)}})), nil
}

func onWord(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// setNamed lets the lead know by name that the person could not be reached.
func (h *Handler) setNamed(ctx context.Context, a asked) (bot.Reply, error) {
	on, _ := isOn(a.args)
	return h.wish(ctx, a, "named_"+onWord(on), nil, func(r *Record) { r.Wishes.Named = on })
}
