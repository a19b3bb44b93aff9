package themes

import (
	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/safeguarding"
	"fmt"
	"os"
	"testing"
)

func TestDbg(t *testing.T) {
	dir := os.Getenv("CHAT")
	if dir == "" {
		t.Skip("none")
	}
	tr := readChat(t, dir)
	d := read(tr, Options{Guard: dbgGuard})
	of := map[int]int{}
	for k, g := range grouping.Group(d.chat, grouping.DefaultTuning) {
		for _, i := range g.Lines {
			of[i] = k + 1
		}
	}
	for i, l := range d.chat.Lines {
		tops := ""
		for _, x := range l.Topics {
			tops += fmt.Sprintf("%s:%.1f ", d.chat.Lexicon.Topics[x.Topic].Key, x.Weight)
		}
		fmt.Printf("%s T%d small=%v closed=%s lvl=%s wary=%v host=%v par=%d cues=%v [%s] | %.110s\n", l.ID, of[i], l.Small, l.Closed, l.Level, l.Wary, l.Host, l.Parent, l.Cues, tops, l.Raw)
	}
}

func dbgGuard(text string) string {
	g, _ := safeguarding.NewGuard()
	l := string(g.Read(text).Level)
	if l == "T" {
		return "S"
	}
	return l
}

func TestDbgGuard(t *testing.T) {
	if os.Getenv("CHAT") == "" {
		t.Skip("none")
	}
	tr := readChat(t, os.Getenv("CHAT"))
	for _, m := range tr.Messages {
		if l := dbgGuard(m.Text); l != "N" && l != "" {
			fmt.Printf("%s %s | %.200q\n", m.ID, l, m.Text)
		}
	}
}

func TestDbgReport(t *testing.T) {
	if os.Getenv("CHAT") == "" {
		t.Skip("none")
	}
	tr := readChat(t, os.Getenv("CHAT"))
	d := read(tr, Options{Guard: dbgGuard})
	for _, l := range d.chat.Lines {
		if l.Small || l.Gone || l.Level != "" {
			continue
		}
		for _, s := range l.Sentences {
			if s.End == '?' {
				q, ok := d.rules.Ask(s.Text)
				fmt.Printf("%s ?%v %.150s\n      -> %s\n", l.ID, ok, s.Text, q)
				continue
			}
			st, ok := d.rules.Report(s.Text)
			fmt.Printf("%s %s%v wary=%v %.150s\n      -> f%v s%v neg%v %s\n", l.ID, l.Closed, ok, l.Wary, s.Text, st.Form, st.Stance, st.Negative, st.Text)
		}
	}
}
