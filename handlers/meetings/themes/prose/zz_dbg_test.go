package prose

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/meetings/themes/lists"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/transcript"
)

func TestDbgPoints(t *testing.T) {
	if os.Getenv("CHAT") == "" {
		t.Skip("none")
	}
	f, _ := os.Open(filepath.Join(os.Getenv("CHAT"), "chat.jsonl"))
	tr, _ := transcript.ReadJSONL(f)
	m, _ := os.Open(filepath.Join(os.Getenv("CHAT"), "meta.json"))
	tr.ReadMeta(m)
	c := reading.Read(&tr, reading.Options{})
	rules := grammar.Rules{Name: c.People.IsName, Known: c.Familiar}
	gs := grouping.Group(c, grouping.DefaultTuning)
	w := New(c, rules, lists.Draw(c, rules), gs)
	for _, g := range gs {
		n := w.study(g.Lines)
		lb, ok := w.announced(g.Lines)
		fmt.Println("==", n.name.title, len(g.Lines), "LABEL", lb.text, lb.score, ok)
		for _, i := range append(w.leadIn(g.Lines[0]), g.Lines...) {
			for _, s := range w.labels(&c.Lines[i]) {
				x, ok := w.label(s, i, g.Lines)
				fmt.Printf("      label %v %q %.60q %.1f\n", ok, x.text, s, x.score)
			}
		}
		centre := w.centre(g.Lines)
		for _, i := range g.Lines {
			l := &c.Lines[i]
			for _, s := range l.Sentences {
				p, ok := w.point(l, s)
				if !ok {
					continue
				}
				p.stems = stemSet(c.Stemmer.Content(p.text))
				fmt.Printf("  %.1f retell=%v safe=%v traced=%v | %s\n", w.rate(l, &p, centre), w.retellable(l), w.safe(p.text, runSaid), w.traced(p.text, g.Lines), p.text)
			}
		}
		for k, x := range w.things(g.Lines) {
			if k < 8 {
				fmt.Printf("     thing %.2f %s\n", x.score, x.text)
			}
		}
		for k, x := range n.phrases {
			if k < 8 {
				fmt.Printf("     phrase %.2f %s (%d) tit=%v sound=%v\n", x.score, x.text, len(x.authors), w.titular(x), w.sound(x))
			}
		}
	}
}
