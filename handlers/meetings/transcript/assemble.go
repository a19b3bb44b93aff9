package transcript

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// assemble makes a transcript of the pieces and completes the report.
func assemble(pieces []*piece, r Report, o Options) (Transcript, Report, error) {
	pieces = apart(pieces, &r)
	for _, p := range pieces {
		p.settle(o)
		p.forwards()
		r.add(p)
	}
	var parts []*piece
	for _, p := range pieces {
		parts = append(parts, p.divideRepeats()...)
	}
	items, repeated, gaps := join(parts)
	r.Repeated, r.Gaps = repeated, gaps
	items = dropOrphans(items, &r)
	if len(items) == 0 {
		return Transcript{}, r, &Error{Piece: pieces[0].name, Why: NoMessages}
	}
	t := particulars(pieces, o)
	zone := o.zone()
	if pieces[0].spoken {
		placeSpeech(items, o.Known.Start)
	}
	place(items, zone, o.Known.Date, &r)
	items = sortItems(items)
	items = aroundMeeting(items, o.Known.Date, &r)
	t.Messages = number(items)
	t.finish(zone)
	r.complete(&t)
	return t, r, nil
}

// apart puts transcripts of speech aside where there is a chat as well.
func apart(pieces []*piece, r *Report) []*piece {
	spoken := 0
	for _, p := range pieces {
		if p.spoken {
			spoken++
		}
	}
	if spoken == 0 || spoken == len(pieces) {
		return pieces
	}
	return slices.DeleteFunc(pieces, func(p *piece) bool {
		if p.spoken {
			r.fault(p.name, 0, Spoken)
		}
		return p.spoken
	})
}

// particulars is the transcript without its messages.
func particulars(pieces []*piece, o Options) Transcript {
	t := o.Known
	t.Messages = nil
	for i, p := range pieces {
		if i == 0 || p.form == FormGraph || p.form == FormSlack { // above a later piece stands somebody's text
			t.Title = cmp.Or(t.Title, p.title)
		}
		t.Channel = cmp.Or(t.Channel, p.channel)
		t.Platform = cmp.Or(t.Platform, p.platform)
	}
	return t
}

// divideRepeats divides a text into which several overlapping pieces were
// pasted one after another: where the clock goes back and what follows stands
// above already.
func (p *piece) divideRepeats() []*piece {
	parts := []*piece{p}
	begin := 0
	seen := map[string]int{}
	items := p.items
	for i := range items {
		k := saidKey(items[i].author, items[i].key)
		if i > begin+1 && goesBack(items, i) && p.repeats(seen, i, begin) {
			cut := i
			for cut > begin+1 && items[cut-1].orphan {
				cut--
			}
			last := parts[len(parts)-1]
			next := *last
			next.items = items[cut:]
			last.items = items[begin:cut]
			begin = cut
			parts = append(parts, &next)
		}
		if !items[i].orphan && items[i].key != "" {
			seen[k] = i + 1
		}
	}
	return parts
}

func goesBack(items []item, i int) bool {
	prev := i - 1
	for prev > 0 && items[prev].orphan {
		prev--
	}
	return !items[i].orphan && compareWhen(&items[prev], &items[i]) > 0
}

// repeats reports that two of the next three items, or one long one, stand
// above.
func (p *piece) repeats(seen map[string]int, i, begin int) bool {
	n := 0
	for j := i; j < min(i+3, len(p.items)); j++ {
		it := &p.items[j]
		if at := seen[saidKey(it.author, it.key)]; at > 0 && p.items[at-1].key == it.key && sameClock(&p.items[at-1], it) {
			n++
			if len(it.key) > 25 {
				n++
			}
		}
	}
	return n >= 2
}

// dropOrphans leaves out text that nobody's name stands above, and says so.
func dropOrphans(items []item, r *Report) []item {
	return slices.DeleteFunc(items, func(it item) bool {
		if it.orphan {
			r.fault(it.piece, it.line, NoName)
		}
		return it.orphan
	})
}

// placeSpeech counts the times of speech from the start of the meeting.
func placeSpeech(items []item, start time.Time) {
	base := time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC)
	if !start.IsZero() {
		base = start
	}
	for i := range items {
		items[i].at = base.Add(items[i].at.Sub(time.Time{}))
	}
}

// place gives every item its point in time.
func place(items []item, zone *time.Location, known time.Time, r *Report) {
	open := false
	for i := range items {
		open = open || items[i].at.IsZero()
	}
	if open {
		fillDays(items, known)
	}
	for i := range items {
		items[i].at = items[i].moment(zone)
	}
	for i := range items {
		it := &items[i]
		switch {
		case it.at.IsZero() && i > 0:
			it.at = items[i-1].at
			r.Untimed++
		case it.follows:
			it.at = nextMinute(items, i)
			r.Untimed++
		}
	}
}

// nextMinute is when a message was sent that stands under the head of another:
// within the next minute, and not after the one that follows.
func nextMinute(items []item, i int) time.Time {
	at := items[i-1].at
	if i > 1 && items[i-1].follows {
		return at
	}
	later := at.Add(time.Minute)
	for j := i + 1; j < len(items); j++ {
		if !items[j].follows {
			if items[j].at.After(at) && items[j].at.Before(later) {
				return items[j].at
			}
			if !items[j].at.After(at) {
				return at
			}
			break
		}
	}
	return later
}

// aroundMeeting keeps, of an export that goes on for weeks, the days around
// the meeting.
func aroundMeeting(items []item, known time.Time, r *Report) []item {
	const before, after, long = 7, 14, 28
	if known.IsZero() || items[len(items)-1].at.Sub(items[0].at) < long*24*time.Hour {
		return items
	}
	from, to := known.AddDate(0, 0, -before), known.AddDate(0, 0, after)
	kept := slices.DeleteFunc(slices.Clone(items), func(it item) bool { return it.at.Before(from) || it.at.After(to) })
	if len(kept) == 0 {
		return items
	}
	if len(kept) < len(items) {
		r.fault("", 0, OtherDays)
	}
	return kept
}

// number gives the messages their ids and the replies what they answer.
func number(items []item) []Message {
	ids := map[string]string{}
	said := map[string][]int{}
	out := make([]Message, len(items))
	keep := named(items)
	for i := range items {
		it := &items[i]
		id := fmt.Sprintf("m%03d", i+1)
		if keep {
			id = it.id
		}
		reply := ids[it.replyID]
		if reply == "" && it.quoted.prefix != "" {
			if j := quotedIndex(items[:i], said, it.quoted); j >= 0 {
				reply = out[j].ID
			}
		}
		if it.id != "" {
			ids[it.id] = id
		}
		for _, k := range []string{saidKey(it.author, it.key), saidKey("", it.key)} {
			said[k] = append(said[k], i)
		}
		out[i] = it.message(id, reply)
	}
	return out
}

// named reports that the messages have ids already, as our own form does:
// words, each once. Numbers and times are other programs' and are replaced.
func named(items []item) bool {
	seen := map[string]bool{}
	for i := range items {
		id := items[i].id
		if id == "" || seen[id] || len(id) > 100 || strings.Trim(id, "0123456789.") == "" {
			return false
		}
		seen[id] = true
	}
	return true
}

func quotedIndex(items []item, said map[string][]int, q quote) int {
	all := said[saidKey(q.author, q.prefix)]
	for i := len(all) - 1; i >= max(0, len(all)-200); i-- {
		if strings.HasPrefix(items[all[i]].key, q.prefix) {
			return all[i]
		}
	}
	return -1
}

// finish fills in what the messages tell about the whole.
func (t *Transcript) finish(zone *time.Location) {
	if t.Zone == "" {
		t.Zone = zone.String()
	}
	if t.Date.IsZero() {
		t.Date = busiestDay(t.Messages, zone)
	}
	if len(t.Langs) == 0 {
		t.Langs = languages(t.Messages)
	}
}

func busiestDay(all []Message, zone *time.Location) time.Time {
	count := map[time.Time]int{}
	var best time.Time
	for _, m := range all {
		if m.At.Year() < 1970 {
			continue
		}
		y, mon, d := m.At.In(zone).Date()
		day := time.Date(y, mon, d, 0, 0, 0, 0, zone)
		count[day]++
		if count[day] > count[best] || count[day] == count[best] && day.Before(best) {
			best = day
		}
	}
	return best
}
