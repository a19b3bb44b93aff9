package meetings_test

import (
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

// hideButton is the value of the button that hides the first theme, on the
// card that stands in the chat.
func hideButton(t *testing.T, sent []bottest.Sent) string {
	t.Helper()
	for _, s := range sent {
		for _, b := range s.Card.Blocks {
			row, _ := b.(bot.Buttons)
			for _, one := range row.Buttons {
				if one.Action == "meetings.hide" && strings.HasSuffix(" "+one.Value, " 1") {
					return one.Value
				}
			}
		}
	}
	t.Fatal("no card hides the first theme")
	return ""
}

// draws drops a chat, answers what is asked, and draws it.
func (sc *scene) draws(name, body string) []bottest.Sent {
	sc.t.Helper()
	sc.drops(lead, name, body)
	for _, s := range []string{"name " + name, "date 8 January 2026", "times 14:00 to 16:00", "told yes"} {
		sc.says(lead, "overview "+s)
	}
	return sc.Say(lead, bottest.Direct(lead), "overview draw")
}

// hidden is how many themes of the overview of that name are hidden.
func (sc *scene) hidden(title string) int {
	sc.t.Helper()
	all, err := sc.store.All(sc.t.Context(), meetings.Home{Platform: "fake", Tenant: bottest.Tenant})
	if err != nil {
		sc.t.Fatal(err)
	}
	n := -1
	for _, m := range all {
		if m.Draft == nil || !strings.Contains(m.Draft.Overview.Title, title) {
			continue
		}
		n = 0
		for _, theme := range m.Draft.Overview.Themes {
			if theme.Hidden {
				n++
			}
		}
	}
	return n
}

func TestAButtonActsOnTheOverviewThatItsCardShows(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	older := hideButton(t, sc.draws("spring", chat(t, "supervision-role-drift/raw/zoom-chat.txt")))
	newer := hideButton(t, sc.draws("autumn", chat(t, "digital-gdpr-boundaries/chat.jsonl")))
	if older == newer {
		t.Fatalf("two overviews have the same button %q", older)
	}
	sc.presses(lead, "hide", older)
	if n := sc.hidden("spring"); n != 1 {
		t.Errorf("the older overview hides %d themes", n)
	}
	if n := sc.hidden("autumn"); n != 0 {
		t.Errorf("the newer overview hides %d themes", n)
	}
	has(t, sc.says(lead, "overview"), "spring") // what was pressed is what is worked on
	sc.presses(ann, "hide", newer)
	if n := sc.hidden("autumn"); n != 0 {
		t.Errorf("a button hides %d themes for somebody whose overview it is not", n)
	}
}

func TestAButtonOfADeletedOverviewTouchesNoOther(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	older := hideButton(t, sc.draws("spring", chat(t, "supervision-role-drift/raw/zoom-chat.txt")))
	sc.says(lead, "overview delete yes")
	sc.draws("autumn", chat(t, "digital-gdpr-boundaries/chat.jsonl"))
	sc.presses(lead, "hide", older)
	if n := sc.hidden("autumn"); n != 0 {
		t.Errorf("the button of a deleted overview hides %d themes of another", n)
	}
}
