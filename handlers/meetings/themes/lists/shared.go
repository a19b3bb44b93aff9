package lists

import (
	"slices"
	"strings"
	"time"

	"cymar/handlers/meetings/themes/reading"
)

// shared finds what was posted, linked or pasted. It also settles which
// requests were met.
func (d *drawer) shared(requests []Item) []Item {
	var items []Item
	for i := range d.c.Lines {
		l := &d.c.Lines[i]
		if !usable(l) || !d.posts(i) {
			continue
		}
		item := Item{Lines: []int{i}}
		req := d.answered(i, requests)
		r := d.resource(i)
		switch {
		case r.head != "" && (req < 0 || r.text != "pages" && r.text != "the page"):
			item.What, item.Head = r.text, r.head
		case req >= 0:
			item.What, item.Head = requests[req].What, requests[req].Head
			item.From = append(append([]int{}, requests[req].Lines...), requests[req].From...)
		default:
			if r = d.thingBefore(i); r.head != "" {
				item.What, item.Head, item.From = r.text, r.head, r.from
			} else {
				item.What = "a link"
			}
		}
		if req >= 0 {
			requests[req].Status = Posted
		}
		d.file(&items, item, i)
	}
	return items
}

// file adds an item, or joins it to one that names the same thing just before.
func (d *drawer) file(items *[]Item, item Item, i int) {
	if k := d.same(*items, item.Head, item.What, i); k >= 0 && item.Head != "" {
		(*items)[k].Lines = append((*items)[k].Lines, i)
		return
	}
	*items = append(*items, item)
}

// posts tells whether a line hands something over.
func (d *drawer) posts(i int) bool {
	l := &d.c.Lines[i]
	if l.Question && !l.Link {
		return false
	}
	switch {
	case joinLink(l.Raw), l.Link && slices.ContainsFunc(d.c.Transcript.Messages[i].Links, joinLink):
		return false
	case l.Link:
		return true
	case l.File, l.Pasted && len(l.Words) > 15 && !minutes(l):
		return true
	case l.Cues["deliver"] > 0 && d.resource(i).head != "":
		return !toCome(l)
	case handsOver(l):
		return true
	}
	return !toCome(l) && (l.Cues["unsure"] == 0 || strings.Contains(l.Raw, ":")) && d.quotesOnRequest(i)
}

// minutes tells whether a paste is somebody else's business.
func minutes(l *reading.Line) bool {
	low := strings.ToLower(l.Raw)
	return strings.Contains(low, "minutes of") || strings.Contains(low, "aob") || strings.Contains(low, "matters arising")
}

// joinLink tells whether a link only leads into a meeting.
func joinLink(s string) bool {
	for _, w := range []string{"teams.microsoft.com/l/meetup", "zoom.us/j/", "meet.google.com"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// quotesOnRequest tells whether a line gives the wording that was asked for:
// it answers the request, or follows it at once, and quotes at length.
func (d *drawer) quotesOnRequest(i int) bool {
	l := &d.c.Lines[i]
	if len(l.Words) < 14 || strings.Count(l.Raw, `"`)+strings.Count(l.Raw, "“") == 0 {
		return false
	}
	if _, ok := d.asked[l.Parent]; ok && l.Linked {
		return true
	}
	_, ok := d.asked[i-1]
	return ok && d.c.Lines[i-1].Author != l.Author && l.At.Sub(d.c.Lines[i-1].At) < 4*time.Minute
}

// answered gives the request that a line meets, or -1.
func (d *drawer) answered(i int, requests []Item) int {
	l := &d.c.Lines[i]
	if l.Parent >= 0 {
		if k, ok := d.asked[l.Parent]; ok {
			return k
		}
	}
	for k := i - 1; k >= 0 && k >= i-6; k-- {
		if q, ok := d.asked[k]; ok && d.c.Lines[k].Author != l.Author && l.At.Sub(d.c.Lines[k].At) < 6*time.Minute {
			return q
		}
	}
	if r := d.resource(i); r.head != "" {
		for k := range requests {
			if requests[k].Head == r.head && requests[k].Lines[0] < i {
				return k
			}
		}
	}
	return -1
}
