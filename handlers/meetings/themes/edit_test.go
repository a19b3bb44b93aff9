package themes_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/transcript"
)

const meeting = `
10:00 Jo Hill: welcome, supervision first and then pay
10:04 Ann Lee: peer workers need supervision every month
10:05 Ben Rees: group supervision works well for new peer workers
10:06 Cat Moss: supervision gets cancelled when the ward is short
10:08 Dev Rao: supervisors should have done the peer role
10:09 Ann Lee: reflective practice is part of supervision too
10:30 Jo Hill: moving on to pay and banding, please use the chat
10:31 Cat Moss: pay bands differ between trusts for the same job
10:32 Ben Rees: the banding is too low for the skill that the job takes
10:33 Dev Rao: pay should be the same across services
10:35 Ann Lee: sick pay is missing from most bank contracts
10:36 Ben Rees: does anyone have a job description with a band 5 in it?
10:37 Cat Moss: I'll send ours round tomorrow`

func drawn(t *testing.T) (transcript.Transcript, themes.Overview) {
	t.Helper()
	tr := *chattest.Chat(t, meeting)
	o := themes.Draw(tr, themes.Options{})
	if len(o.Themes) != 2 {
		t.Fatalf("%d themes", len(o.Themes))
	}
	return tr, o
}

func TestEditsChangeACopyAndKeepTheDraft(t *testing.T) {
	t.Parallel()
	_, before := drawn(t)
	_, same := drawn(t)
	first := before.Themes[0].Messages[0]
	for name, edit := range map[string]func(themes.Overview) (themes.Overview, error){
		"rename":  func(o themes.Overview) (themes.Overview, error) { return o.Rename(0, " Better ") },
		"rewrite": func(o themes.Overview) (themes.Overview, error) { return o.Rewrite(1, "In other words.") },
		"hide":    func(o themes.Overview) (themes.Overview, error) { return o.Hide(0, true) },
		"merge":   func(o themes.Overview) (themes.Overview, error) { return o.Merge(0, 1) },
		"move":    func(o themes.Overview) (themes.Overview, error) { return o.Move(first, 0, 1) },
		"add": func(o themes.Overview) (themes.Overview, error) {
			return o.Add("New", []string{"m3", "m2"}), nil
		},
	} {
		after, err := edit(before)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if cmp.Equal(after, before) {
			t.Errorf("%s changes nothing", name)
		}
		if diff := cmp.Diff(same, before); diff != "" {
			t.Errorf("%s changes the draft: %s", name, diff)
		}
	}
}

func TestEditsDoWhatTheySay(t *testing.T) {
	t.Parallel()
	_, o := drawn(t)
	id, title, other := o.Themes[0].Messages[0], o.Themes[0].Title, o.Themes[1].Messages
	if x, _ := o.Rename(0, " Supervision that holds "); x.Themes[0].Title != "Supervision that holds" || !x.Themes[0].Edited {
		t.Errorf("renamed to %q", x.Themes[0].Title)
	}
	if x, _ := o.Rewrite(1, "Pay was discussed."); x.Themes[1].Text() != "Pay was discussed." || !slices.Equal(x.Themes[1].Evidence(), other) {
		t.Errorf("rewritten to %q on %v", x.Themes[1].Text(), x.Themes[1].Evidence())
	}
	if x, _ := o.Rewrite(1, "  "); len(x.Themes[1].Sentences) != 0 {
		t.Error("an empty paragraph has a sentence")
	}
	if x, _ := o.Hide(0, true); strings.Contains(x.Text(), o.Themes[0].Text()) {
		t.Error("a hidden theme is in the text")
	}
	x, _ := o.Merge(0, 1)
	if len(x.Themes) != 1 || x.Themes[0].Title != title || len(x.Themes[0].Messages) != len(o.Themes[0].Messages)+len(other) || x.Themes[0].To != o.Themes[1].To {
		t.Errorf("merged into %+v", x.Themes)
	}
	if y, err := o.Merge(1, 1); err != nil || len(y.Themes) != 2 {
		t.Error("a theme is merged with itself")
	}
	if x, _ = o.Move(id, 0, 1); slices.Contains(x.Themes[0].Messages, id) || !slices.Contains(x.Themes[1].Messages, id) {
		t.Error("the message is not moved")
	}
	if x = o.Add(" My own ", []string{"m4", "m2", "m4"}); x.Themes[2].Title != "My own" || !slices.Equal(x.Themes[2].Messages, []string{"m2", "m4"}) {
		t.Errorf("added %+v", x.Themes[2])
	}
}

func TestAThemeThatIsNotThereIsAnError(t *testing.T) {
	t.Parallel()
	tr, o := drawn(t)
	for name, try := range map[string]func(int) error{
		"rename":  func(i int) error { _, err := o.Rename(i, "x"); return err },
		"rewrite": func(i int) error { _, err := o.Rewrite(i, "x"); return err },
		"hide":    func(i int) error { _, err := o.Hide(i, true); return err },
		"merge":   func(i int) error { _, err := o.Merge(0, i); return err },
		"move":    func(i int) error { _, err := o.Move("m2", i, 0); return err },
		"redraw":  func(i int) error { _, err := themes.Redraw(tr, themes.Options{}, o, i); return err },
	} {
		for _, i := range []int{-1, 2, 99} {
			if err := try(i); !errors.Is(err, themes.ErrNoTheme) {
				t.Errorf("%s %d: %v", name, i, err)
			}
		}
	}
	if _, err := o.Move("m99", 0, 1); !errors.Is(err, themes.ErrNoTheme) {
		t.Errorf("an unknown message is moved: %v", err)
	}
}

func TestOneThemeIsDrawnAgainFromTheMessagesItHasNow(t *testing.T) {
	t.Parallel()
	tr, o := drawn(t)
	o, _ = o.Rename(1, "Fair pay")
	o, _ = o.Move(o.Themes[1].Messages[0], 1, 0)
	again, err := themes.Redraw(tr, themes.Options{}, o, 1)
	if err != nil {
		t.Fatal(err)
	}
	if again.Themes[1].Title != "Fair pay" {
		t.Errorf("the facilitator's title is lost: %q", again.Themes[1].Title)
	}
	if !slices.Equal(again.Themes[1].Messages, o.Themes[1].Messages) || again.Themes[1].Contributors < 2 {
		t.Errorf("drawn from %v by %d", again.Themes[1].Messages, again.Themes[1].Contributors)
	}
	if diff := cmp.Diff(o.Themes[0], again.Themes[0]); diff != "" {
		t.Errorf("the other theme changed: %s", diff)
	}
	for i := range tr.Messages {
		tr.Messages[i].Deleted = tr.Messages[i].Deleted || slices.Contains(o.Themes[1].Messages, tr.Messages[i].ID)
	}
	if gone, _ := themes.Redraw(tr, themes.Options{}, o, 1); len(gone.Themes[1].Sentences) != 0 || gone.Themes[1].Contributors != 0 {
		t.Errorf("drawn from withdrawn messages: %q", gone.Themes[1].Text())
	}
}
