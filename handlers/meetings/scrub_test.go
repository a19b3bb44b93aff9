package meetings

import (
	"strings"
	"testing"

	"cymar/bot/bottest"
)

func TestSecretWordsAreTakenOutWhereverTheyStandInALine(t *testing.T) {
	t.Parallel()
	s := secretText{"I keep thinking about that night on the old bridge\nand I cannot sleep", heldBack}
	for line, want := range map[string]string{
		"I keep thinking about that night on the old bridge":                                heldBack,
		"    and I cannot sleep":                                                            "    " + heldBack,
		"14:02:00 From Ben to Everyone: I keep thinking about that night on the old bridge": "14:02:00 From Ben to Everyone: " + heldBack,
		"Replying to \"I keep thinking about that ni...\"":                                  "Replying to \"" + heldBack + " ni...\"",
		"begin: THINKING ABOUT THAT NIGHT ON, end":                                          "begin: " + heldBack + ", end",
		"we keep thinking of supervision":                                                   "we keep thinking of supervision",
		"the old bridge team meets monthly":                                                 "the old bridge team meets monthly",
		"":                                                                                  "",
	} {
		if got := s.hide(line); got != want {
			t.Errorf("%q became %q, not %q", line, got, want)
		}
	}
}

func FuzzHidingLeavesNoLineOfTheSecret(f *testing.F) {
	for _, text := range bottest.Hostile() {
		f.Add(text, "before "+text+" after")
	}
	f.Fuzz(func(t *testing.T, secret, line string) {
		if len(secret) > 2000 || len(line) > 2000 || strings.Contains(heldBack, strings.TrimSpace(secret)) {
			return
		}
		got := secretText{secret, heldBack}.hide(line)
		if got == line {
			for own := range strings.SplitSeq(secret, "\n") {
				if own = strings.TrimSpace(own); own != "" && strings.Contains(line, own) && !strings.Contains(own, heldBack) {
					t.Errorf("%q still holds %q", line, own)
				}
			}
		}
	})
}

func TestADraftsNumbersStayWithTheirThemes(t *testing.T) {
	t.Parallel()
	d := Draft{}
	for _, title := range []string{"one", "two", "three"} {
		d.add(title, []string{"m-" + title})
	}
	if err := d.merge("1", "3"); err != nil {
		t.Fatal(err)
	}
	for part, want := range map[string]string{"2": "two", "3": "three"} {
		if v, err := d.view(part); err != nil || v.Title != want {
			t.Errorf("%s is %q (%v)", part, v.Title, err)
		}
	}
	if _, err := d.view("1"); err == nil {
		t.Error("what was merged is still there")
	}
	if n := d.add("four", nil); n != "4" {
		t.Errorf("the next is %s", n)
	}
	for _, pair := range [][2]string{{"2", "2"}, {"9", "2"}, {"2", "9"}, {"opening", "2"}} {
		if err := d.merge(pair[0], pair[1]); err == nil {
			t.Errorf("merged %v", pair)
		}
	}
	if err := d.move("m-two", "4"); err != nil {
		t.Fatal(err)
	}
	if v, _ := d.view("4"); len(v.Messages) != 1 {
		t.Errorf("moved: %v", v.Messages)
	}
	if v, _ := d.view("2"); len(v.Messages) != 0 {
		t.Errorf("left behind: %v", v.Messages)
	}
}
