package transcript

import (
	"fmt"
	"strings"
	"time"
)

// layout knobs of the renderers below, which write a chat as programs show it.
// They are written from what people copy, not from the readers.
type knobs struct {
	clock    string // Go layout of the time of day
	date     string // Go layout of a date beside the time; "" for none
	divider  func(time.Time) string
	marks    bool // left-to-right marks as some copies have
	colon    bool // a colon after the name
	quotes   bool // the quoted message above a reply
	reacts   string
	runs     bool // one head for messages in quick succession
	indent   string
	welsh    bool // the program's own words in Welsh
	dateLast bool // "14:03 12/03"
	wideSep  string
}

var emojiOf = map[string]string{"like": "👍", "heart": "❤️", "laugh": "😆", "surprised": "😮", "sad": "😢", "angry": "😡"}

func shown(name string) string {
	if e, ok := emojiOf[name]; ok {
		return e
	}
	return ":" + name + ":"
}

// reactions in one of the ways in which they are copied.
func (k knobs) reactions(m Message) string {
	var b strings.Builder
	for _, r := range m.Reactions {
		switch k.reacts {
		case "emoji":
			fmt.Fprintf(&b, "%s %d\n", shown(r.Name), r.Count)
		case "tight":
			fmt.Fprintf(&b, "%s%d\n", shown(r.Name), r.Count)
		case "words":
			if emojiOf[r.Name] == "" {
				continue
			}
			fmt.Fprintf(&b, "%s %d\n", strings.Trim(r.Name, ":"), r.Count)
		case "codes":
			fmt.Fprintf(&b, ":%s:\n%d\n", r.Name, r.Count)
		case "spoken":
			fmt.Fprintf(&b, "%s\n%d %s reactions.\n%d\n", shown(r.Name), r.Count, strings.Title(r.Name), r.Count) //nolint:staticcheck // names are ASCII
		}
	}
	return b.String()
}

func (k knobs) stamp(t time.Time, withDate bool) string {
	s := t.Format(k.clock)
	switch {
	case withDate && k.date != "" && k.dateLast:
		s += " " + t.Format(k.date)
	case withDate && k.date != "":
		s = t.Format(k.date) + " " + s
	}
	if k.marks {
		s = "\u200e" + strings.ReplaceAll(s, "/", "/\u200e")
	}
	return s
}

func byID(all []Message) map[string]Message {
	ids := map[string]Message{}
	for _, m := range all {
		ids[m.ID] = m
	}
	return ids
}

func clipped(s string, n int, mark string) string {
	r := []rune(strings.ReplaceAll(s, "\n", " "))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n]) + mark
}

// deletedText is what stands in place of a deleted message.
func (k knobs) text(m Message) string {
	switch {
	case m.Deleted && k.welsh:
		return "Mae'r neges hon wedi'i dileu."
	case m.Deleted:
		return "This message has been deleted."
	}
	return m.Text
}

func indented(s, indent string) string {
	if indent == "" {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = indent + l
		}
	}
	return strings.Join(lines, "\n")
}

// bracketed writes "[14:03] Name" and the text below.
func bracketed(all []Message, k knobs) string {
	var b strings.Builder
	for _, m := range all {
		colon := ""
		if k.colon {
			colon = ":"
		}
		fmt.Fprintf(&b, "[%s] %s%s\n%s\n\n", k.stamp(m.At, true), m.Author, colon, indented(k.text(m), k.indent))
		if r := k.reactions(m); r != "" {
			b.WriteString(r + "\n")
		}
	}
	return b.String()
}

// sameLine writes "[14:03] Name: text", as logs do.
func sameLine(all []Message, k knobs, form string) string {
	var b strings.Builder
	for _, m := range all {
		if m.Deleted {
			continue
		}
		fmt.Fprintf(&b, form+"\n", k.stamp(m.At, true), m.Author, m.Text)
	}
	return b.String()
}

// commaNamed writes "Name, 14:05" and the text below.
func commaNamed(all []Message, k knobs, title string) string {
	var b strings.Builder
	sep := k.wideSep
	if sep == "" {
		sep = ", "
	}
	if title != "" {
		fmt.Fprintf(&b, "%s\n%s\n\n", title, all[len(all)/2].At.Format("Monday 2 January 2006"))
	}
	for _, m := range all {
		if !m.Deleted {
			fmt.Fprintf(&b, "%s%s%s\n%s\n%s\n", m.Author, sep, k.stamp(m.At, k.date != ""), m.Text, k.reactions(m))
		}
	}
	return b.String()
}

// twoLines writes the new layout of Teams, and that of Slack: name, time, text.
func twoLines(all []Message, k knobs) string {
	var b strings.Builder
	ids := byID(all)
	var last Message
	day := ""
	for i, m := range all {
		if d := k.day(m.At); d != day && k.divider != nil {
			fmt.Fprintf(&b, "%s\n\n", d)
			day = d
			last = Message{}
		}
		if i == 3 {
			b.WriteString(k.started())
		}
		q, answers := ids[m.ReplyTo]
		follows := k.runs && last.Author == m.Author && m.At.Sub(last.At) < 100*time.Second && !(answers && k.quotes)
		last = m
		if !follows {
			edited := ""
			if !m.Edited.IsZero() && k.reacts == "emoji" {
				edited = "  Edited"
			}
			fmt.Fprintf(&b, "%s\n%s%s%s\n", m.Author, k.indent, k.stamp(m.At, true), edited)
		}
		if answers && k.quotes && !q.Deleted {
			fmt.Fprintf(&b, "%s\n%s\n%s\n", q.Author, q.At.Format("02/01/2006 "+k.clock), clipped(q.Text, 79, "…"))
		}
		fmt.Fprintf(&b, "%s\n%s\n", k.text(m), k.reactions(m))
	}
	return b.String()
}

func (k knobs) started() string {
	if k.welsh {
		return "Dechreuodd y cyfarfod\n\n"
	}
	return "Meeting started\n\n"
}

func (k knobs) day(t time.Time) string {
	if k.divider == nil {
		return ""
	}
	return k.divider(t)
}

// selected writes what selecting everything in Teams copies: a preview, the
// name, the time, a blank line, the text.
func selected(all []Message, k knobs) string {
	var b strings.Builder
	ids := byID(all)
	b.WriteString("Chat\nShared\nHas context menu\nMeet now\n\n")
	for _, m := range all {
		q, answers := ids[m.ReplyTo]
		answers = answers && k.quotes && !q.Deleted
		begin := ""
		if answers {
			begin = "Begin Reference, "
		}
		fmt.Fprintf(&b, "%s%s by %s\n%s\n%s\n\n", begin, clipped(k.text(m), 60, "..."), m.Author, m.Author, k.stamp(m.At, true))
		if answers {
			fmt.Fprintf(&b, "%s\n%s\n%s\n", q.Author, k.stamp(q.At, true), clipped(q.Text, 120, ""))
		}
		fmt.Fprintf(&b, "%s\n%s", k.text(m), k.reactions(m))
		if !m.Edited.IsZero() {
			b.WriteString("Edited\n")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// zoomed writes what Zoom saves today.
func zoomed(all []Message, k knobs, head string) string {
	var b strings.Builder
	ids := byID(all)
	for _, m := range all {
		if m.Deleted {
			continue
		}
		fmt.Fprintf(&b, head+"\n", m.At.Format("15:04:05"), m.Author)
		if q, ok := ids[m.ReplyTo]; ok && k.quotes {
			fmt.Fprintf(&b, "\tReplying to \"%s\"\n\t\n", clipped(q.Text, 20, "..."))
		}
		b.WriteString("\t" + strings.ReplaceAll(m.Text, "\n", "\n\t") + "\n")
		for _, r := range m.Reactions {
			for i := range r.Count {
				fmt.Fprintf(&b, head+"\n\tReacted to \"%s\" with %s\n", m.At.Add(time.Duration(i)*time.Second).Format("15:04:05"), "Somebody Else",
					clipped(m.Text, 20, "..."), shown(r.Name))
			}
		}
	}
	return b.String()
}

// above writes the time and then the name.
func above(all []Message, k knobs) string {
	var b strings.Builder
	for _, m := range all {
		fmt.Fprintf(&b, "%s\n%s\n%s\n\n", k.stamp(m.At, true), m.Author, k.text(m))
	}
	return b.String()
}
