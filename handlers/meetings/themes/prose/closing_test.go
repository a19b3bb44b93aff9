package prose

import (
	"strings"
	"testing"

	"cymar/handlers/meetings/themes/grammar"
)

func TestACloseSaysWhatTheChatShowsAndNoMore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		of   closer
		want string
	}{
		{"hard things, sharing and open questions", closer{subject: "carer peer support", hard: []string{"pay", "cover"}, shared: true, open: true},
			"highlighted strong commitment to carer peer support and to sharing resources, alongside shared concerns around pay and cover, with several questions still open"},
		{"a shared view", closer{subject: "rotas", hard: []string{"pay"}, view: "peers should have keys"},
			"highlighted strong commitment to peer support, alongside shared concerns around pay, and a shared view that peers should have keys"},
		{"good things only", closer{good: []string{"dogs", "gardens", "soup"}, shared: true},
			"highlighted strong interest in dogs, gardens and sharing resources"},
		{"two hard things outweigh the good", closer{good: []string{"dogs"}, hard: []string{"pay", "cover"}},
			"highlighted strong commitment to peer support, alongside shared concerns around pay and cover"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := c.of.sentences()
			if len(got) == 0 || got[0] != c.want {
				t.Errorf("closes with %q, want %q", got, c.want)
			}
		})
	}
	if got := (closer{}).sentences(); len(got) > 0 {
		t.Errorf("of nothing it says %q", got)
	}
}

func TestEveryOtherCloseSaysLess(t *testing.T) {
	t.Parallel()
	c := closer{subject: "peer support", hard: []string{"pay", "cover", "keys"}, view: "peers should have keys", shared: true, open: true}
	all := c.sentences()
	if last := all[len(all)-1]; !strings.HasSuffix(last, "keys") || strings.Contains(last, "sharing") {
		t.Errorf("the last resort is %q", last)
	}
	for _, s := range all[:3] {
		if !strings.Contains(s, "pay, cover and keys") {
			t.Errorf("an early close leaves out a concern: %q", s)
		}
	}
}

func TestAViewIsSharedOnlyWhereMostApprovedOfIt(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: peers should have keys
10:06 Ben Rees: rooms should be quiet`)
	view := func(stance grammar.Stance, text string) []theme {
		return []theme{{points: []point{{text: text, stance: stance, lines: []int{0}}}}}
	}
	w.c.Lines[0].Likes = leastBacked - 3
	if p := w.sharedView(view(grammar.Should, "peers should have keys")); p.text != "" {
		t.Errorf("five people share %q", p.text)
	}
	w.c.Lines[0].Likes = leastBacked
	for _, c := range []struct {
		stance grammar.Stance
		text   string
		want   bool
	}{
		{grammar.Should, "peers should have keys", true},
		{grammar.Plain, "peers have keys", false},
		{grammar.Should, "peers should have keys: all of them", false},
		{grammar.Should, "peers should have keys to every room and gate on every ward of each site by spring", false},
	} {
		if p := w.sharedView(view(c.stance, c.text)); (p.text != "") != c.want {
			t.Errorf("%q: shared %v", c.text, p.text != "")
		}
	}
}

func TestAThemeIsHardByWhatWasSaidInIt(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: peers have keys
10:06 Ben Rees: rooms are quiet`)
	ts := []Paragraph{
		{About: "keys", positive: 2, Voices: 9},
		{About: "pay", negative: 1, Voices: 2},
		{About: "cover", negative: 3, Voices: 2},
		{About: "rooms", negative: 2, Voices: 2},
		{About: "travel", negative: 1, Voices: 5},
	}
	good, hard := w.sides(ts, []string{"cover"})
	if strings.Join(good, "|") != "keys" || strings.Join(hard, "|") != "rooms|travel|pay" {
		t.Errorf("good %q, hard %q", good, hard)
	}
}
