package themes

import (
	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/meetings/themes/lists"
	"cymar/handlers/meetings/themes/prose"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/transcript"
)

// Options say what the transcript cannot.
type Options struct {
	// Guard gives the safeguarding level of a text: "R" (own danger), "A"
	// (distress), "S" (safeguarding), "P" (identifies somebody), "" or "N" for
	// nothing. Nil: only this package's own few rules.
	Guard func(text string) string
	// LeaveOut holds the display names of people who asked to be left out.
	// Requests made in the chat itself are found without it.
	LeaveOut []string
	// Omit holds the IDs of messages to leave out.
	Omit []string
}

// Draw makes the draft of an overview. It never fails: a chat that holds
// nothing to report gives an overview without themes.
func Draw(t transcript.Transcript, opt Options) Overview {
	d := read(t, opt)
	found := lists.Draw(d.chat, d.rules)
	groups := grouping.Group(d.chat, grouping.DefaultTuning)
	grouping.Attach(d.chat, groups, found.Lines())
	draft := prose.New(d.chat, d.rules, found, groups).Write(groups)
	return d.overview(draft, found)
}

// drawing is one run over a transcript.
type drawing struct {
	chat  *reading.Chat
	rules grammar.Rules
}

func read(t transcript.Transcript, opt Options) drawing {
	omit := map[string]bool{}
	for _, id := range opt.Omit {
		omit[id] = true
	}
	chat := reading.Read(&t, reading.Options{Guard: opt.Guard, LeaveOut: opt.LeaveOut, Omit: omit})
	return drawing{chat: chat, rules: grammar.Rules{Name: chat.People.IsName, Known: chat.Familiar}}
}

func (d drawing) overview(draft prose.Draft, found lists.Lists) Overview {
	o := Overview{Title: draft.Title, DateLine: draft.DateLine, Opening: d.part(draft.Opening), Material: d.part(draft.Material), Closing: d.part(draft.Closing)}
	for _, p := range draft.Themes {
		o.Themes = append(o.Themes, d.theme(p))
	}
	o.Requested, o.Shared = d.items(found.Requested), d.items(found.Shared)
	o.Questions, o.Actions = d.items(found.Questions), d.items(found.Actions)
	people := map[string]bool{}
	for i := range d.chat.Lines {
		l := &d.chat.Lines[i]
		if !l.Bot {
			people[l.Author] = true
		}
		if l.Closed != "" {
			o.Sensitive = append(o.Sensitive, Sensitive{Message: l.ID, Reason: l.Closed, Level: danger(l.Level), At: l.At})
		}
		if l.Small && l.Closed == "" {
			o.Noise = append(o.Noise, l.ID)
		}
	}
	o.Messages, o.People = len(d.chat.Lines), len(people)
	return o
}

// danger keeps the levels at which somebody may need to check in.
func danger(level string) string {
	if level == "R" || level == "A" || level == "S" {
		return level
	}
	return ""
}

func (d drawing) theme(p prose.Paragraph) Theme {
	t := Theme{Keys: p.Keys, Title: p.Title, Part: d.part(p), Messages: d.ids(p.Lines), Contributors: p.Voices}
	if len(p.Keys) > 0 {
		t.Key = p.Keys[0]
	}
	if n := len(p.Lines); n > 0 {
		t.From, t.To = d.chat.Lines[p.Lines[0]].At, d.chat.Lines[p.Lines[n-1]].At
	}
	return t
}

func (d drawing) part(p prose.Paragraph) Part {
	var out Part
	for _, s := range p.Sentences {
		out.Sentences = append(out.Sentences, Sentence{Text: s.Text, Messages: d.ids(s.Lines)})
	}
	return out
}

func (d drawing) items(items []lists.Item) []Item {
	var out []Item
	for _, it := range items {
		out = append(out, Item{What: it.What, Messages: d.ids(it.Lines), Status: string(it.Status), Done: it.Done})
	}
	return out
}

// ids gives the IDs of some lines, each once, in order of first mention.
func (d drawing) ids(lines []int) []string {
	out := make([]string, 0, len(lines))
	seen := map[int]bool{}
	for _, i := range lines {
		if !seen[i] {
			seen[i] = true
			out = append(out, d.chat.Lines[i].ID)
		}
	}
	return out
}
