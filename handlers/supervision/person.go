package supervision

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// person is what decides what somebody is sent: their record and the space's
// settings.
func (h *Handler) person(r Record, space bot.Space) ladder.Person {
	p := ladder.Person{Pause: r.Pause, Told: r.Told, Tried: r.Tried, Hours: h.hours(r, space), Rungs: rungs(space)}
	if !r.Stopped.Zero() {
		return p
	}
	for _, c := range r.Clocks {
		p.Clocks = append(p.Clocks, c.Clock)
	}
	return p
}

// zone is a time zone by its name, kept once it was read from disk; London's
// where none is named.
func (h *Handler) zone(name string) *time.Location {
	if name == "" {
		name = "Europe/London"
	}
	if z, ok := h.zones.Load(name); ok {
		return z.(*time.Location)
	}
	z := bot.Space{Zone: name}.Location()
	h.zones.Store(name, z)
	return z
}

func (h *Handler) hours(r Record, space bot.Space) calendar.Hours {
	w := r.Wishes
	zone := h.zone(cmp.Or(w.Zone, space.Zone))
	nation := calendar.EnglandAndWales
	if w.Nation != "" {
		nation = w.Nation
	}
	return calendar.Hours{Days: w.Days, From: w.From, Until: w.Until, Zone: zone, Nation: nation,
		Holidays: w.Holidays, Spread: calendar.SpreadOf(userDigest(r.User))}
}

// rungsSetting is where a space keeps its own rungs: days before, comma
// between; then after, every and times, each after a slash: "7,1,0/3/7/4".
const rungsSetting = "supervision.rungs"

// rungs is the space's rungs, the usual ones where it says nothing sensible.
func rungs(space bot.Space) ladder.Rungs {
	r, ok := parseRungs(space.Settings[rungsSetting])
	if !ok {
		return ladder.Usual
	}
	return r
}

func parseRungs(s string) (ladder.Rungs, bool) {
	parts := strings.Split(s, "/")
	if len(parts) != 4 {
		return ladder.Rungs{}, false
	}
	var r ladder.Rungs
	for _, b := range strings.Split(parts[0], ",") {
		n, err := strconv.Atoi(strings.TrimSpace(b))
		if err != nil || n < 0 || n > 60 || len(r.Before) > 0 && n >= r.Before[len(r.Before)-1] {
			return r, false
		}
		r.Before = append(r.Before, n)
	}
	for i, to := range []*int{&r.After, &r.Every, &r.Times} {
		n, err := strconv.Atoi(strings.TrimSpace(parts[i+1]))
		if err != nil || n < 0 || n > 60 {
			return r, false
		}
		*to = n
	}
	return r, r.After > 0 && r.Every > 0 && r.Times <= 12
}

// before is what undo brings back.
func (r Record) before() Before {
	return Before{Clocks: append([]Clock(nil), r.Clocks...), Pause: r.Pause, Wishes: r.Wishes, Stopped: r.Stopped}
}

// find is where a kind stands among the clocks, -1 where it does not.
func (r Record) find(k when.Kind) int {
	for i, c := range r.Clocks {
		if c.Kind == k {
			return i
		}
	}
	return -1
}

// put adds a clock, in the place of one of its kind; in the order of the kinds.
func (r *Record) put(c Clock) {
	if i := r.find(c.Kind); i >= 0 {
		r.Clocks[i] = c
		return
	}
	var out []Clock
	for _, k := range when.Kinds {
		if k == c.Kind {
			out = append(out, c)
		} else if i := r.find(k); i >= 0 {
			out = append(out, r.Clocks[i])
		}
	}
	r.Clocks = out
}

// on changes the clock of a kind.
func (r *Record) on(k when.Kind, do func(Clock) Clock) {
	if i := r.find(k); i >= 0 {
		r.Clocks[i] = do(r.Clocks[i])
	}
}

// numbers is every number in a text, in order.
var numbers = regexp.MustCompile(`\d+`)

// readRungs reads "7 1 0 after 3 every 7 times 4": the last three numbers are
// of what is overdue.
func readRungs(s string) (string, bool) {
	all := numbers.FindAllString(s, -1)
	if len(all) < 4 {
		return "", false
	}
	n := len(all) - 3
	setting := strings.Join(all[:n], ",") + "/" + strings.Join(all[n:], "/")
	_, ok := parseRungs(setting)
	return setting, ok
}

func isRungs(args string) bool { return args == "" || numbers.MatchString(args) && short(args, 20) }

// setRungs lets a lead choose when their space's people are reminded.
func (h *Handler) setRungs(ctx context.Context, a asked) (bot.Reply, error) {
	setting, ok := readRungs(a.args)
	switch {
	case a.Space.Zero():
		return bot.Reply{}, refuse(a.word("coverage.where"))
	case !ok:
		return bot.Reply{}, refuse(a.word("rungs.how"))
	}
	space := a.Space
	space.Settings = maps.Clone(space.Settings)
	if space.Settings == nil {
		space.Settings = map[string]string{}
	}
	space.Settings[rungsSetting] = setting
	if err := h.o.Spaces.Save(ctx, space); err != nil {
		return bot.Reply{}, err
	}
	home := homeOf(a.From)
	err := h.o.Store.Each(ctx, home, func(all []Record) error {
		var these []Record
		for _, r := range all {
			if r.Space == space.ID {
				r.Look = h.next(r, space)
				these = append(these, r)
			}
		}
		return h.o.Store.Look(ctx, h.o.Store.Shard(home), these)
	})
	r := rungs(space)
	before := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(r.Before)), ", "), "[]")
	return only(bot.Say(a.Lang, a.word("rungs.done", map[string]any{"Before": before, "After": r.After, "Every": r.Every, "Times": r.Times}))), err
}
