package themes_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/internal/score"
	"cymar/handlers/meetings/themes/text"
	"cymar/handlers/meetings/transcript"
)

// all gives the annotated chats.
func all(tb testing.TB) []score.Chat {
	tb.Helper()
	var out []score.Chat
	for _, dir := range []string{"../testdata/chats", "../testdata/chats-kept"} {
		chats, err := score.Load(dir)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, chats...)
	}
	return out
}

// parts gives every paragraph of an overview.
func parts(o themes.Overview) []themes.Part {
	out := []themes.Part{o.Opening, o.Material, o.Closing}
	for _, t := range o.Themes {
		out = append(out, t.Part)
	}
	return out
}

func TestEverySentenceRestsOnMessagesThatMayBeUsed(t *testing.T) {
	t.Parallel()
	for _, c := range all(t) {
		o := themes.Draw(c.Transcript, themes.Options{})
		known := map[string]*transcript.Message{}
		for i := range c.Transcript.Messages {
			known[c.Transcript.Messages[i].ID] = &c.Transcript.Messages[i]
		}
		for _, p := range parts(o) {
			for _, s := range p.Sentences {
				if len(s.Messages) == 0 {
					t.Errorf("%s: nothing bears out %q", c.Name, s.Text)
				}
				for _, id := range s.Messages {
					if m := known[id]; m == nil || m.Deleted || m.Bot {
						t.Errorf("%s: %q rests on %s", c.Name, s.Text, id)
					}
				}
			}
		}
	}
}

// TestTheWordsOfASentenceStandInItsMessages holds that nothing is written that
// nobody said: most content words of a sentence stand in the messages behind it.
func TestTheWordsOfASentenceStandInItsMessages(t *testing.T) {
	t.Parallel()
	st := text.NewStemmer()
	for _, c := range all(t) {
		o := themes.Draw(c.Transcript, themes.Options{})
		have := map[string]map[string]bool{}
		for _, m := range c.Transcript.Messages {
			have[m.ID] = stems(st, m.Text)
		}
		for _, th := range o.Themes {
			for _, s := range th.Sentences {
				said, n := 0, 0
				for w := range stems(st, s.Text) {
					if frame[w] {
						continue
					}
					n++
					for _, id := range append(slices.Clone(s.Messages), th.Messages...) {
						if have[id][w] {
							said++
							break
						}
					}
				}
				if n > 2 && 2*said < n {
					t.Errorf("%s: of %d words %d were said: %q", c.Name, n, said, s.Text)
				}
			}
		}
	}
}

// frame are the stems of the words that an overview uses of itself.
var frame = stems(text.NewStemmer(), `a key theme in particular the conversation explored and especially attention was also given to several contributors discussed
	including many participants reflected further points on emerged as another issue with comments there discussion about finally noted described covered other
	mentioned spoke touched concerned links made felt view suggested response responses examples concern expressed asked question open`)

func stems(st *text.Stemmer, s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range st.Content(text.Clean(s)) {
		m[w] = true
	}
	return m
}

func TestAMessageBelongsToOneThemeAndAThemeToSeveralPeople(t *testing.T) {
	t.Parallel()
	for _, c := range all(t) {
		o := themes.Draw(c.Transcript, themes.Options{})
		seen := map[string]string{}
		for _, th := range o.Themes {
			if th.Contributors < 2 {
				t.Errorf("%s: %q rests on %d person", c.Name, th.Title, th.Contributors)
			}
			for _, id := range th.Messages {
				if seen[id] != "" {
					t.Errorf("%s: %s is in %q and in %q", c.Name, id, seen[id], th.Title)
				}
				seen[id] = th.Title
			}
		}
	}
}

func TestTheSameChatGivesTheSameOverview(t *testing.T) {
	t.Parallel()
	for _, c := range all(t) {
		a, b := themes.Draw(c.Transcript, themes.Options{}), themes.Draw(c.Transcript, themes.Options{})
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s: %s", c.Name, diff)
		}
	}
}

func TestTextReadsLikeAnOverview(t *testing.T) {
	t.Parallel()
	for _, c := range all(t) {
		o := themes.Draw(c.Transcript, themes.Options{})
		paras := strings.Split(o.Text(), "\n\n")
		if !strings.Contains(paras[0], "Meeting Chat Overview") || !strings.Contains(paras[1], c.Transcript.Date.Format("2 January 2006")) {
			t.Errorf("%s begins with %q and %q", c.Name, paras[0], paras[1])
		}
		if !strings.HasPrefix(paras[2], "The meeting") || !strings.HasPrefix(paras[len(paras)-1], "Overall, ") {
			t.Errorf("%s opens with %q and closes with %q", c.Name, paras[2], paras[len(paras)-1])
		}
		for _, p := range parts(o) {
			for _, s := range p.Sentences {
				if !plain(s.Text) {
					t.Errorf("%s: not a plain sentence: %q", c.Name, s.Text)
				}
			}
		}
		for _, th := range o.Themes {
			if n := len(strings.Fields(th.Title)); n == 0 || n > 9 || strings.ContainsAny(th.Title, "{|}") {
				t.Errorf("%s: title %q", c.Name, th.Title)
			}
		}
	}
}

// plain tells whether a text is one clean sentence: a capital, an end, no
// leftover of a template, no word twice in a row, no first or second person.
func plain(s string) bool {
	ws := text.Words(s)
	for i, w := range ws {
		switch w {
		case "i", "we", "you", "my", "our", "your", "me", "us", "i'm", "we're", "you're":
			return false
		}
		if i > 0 && ws[i-1] == w {
			return false
		}
	}
	return s == text.UpperFirst(s) && strings.HasSuffix(s, ".") && !strings.ContainsAny(s, "{|}@\n") && !strings.Contains(s, "  ") && !strings.Contains(s, " ,") && !strings.Contains(s, "..")
}

func TestNothingIsSaidTwice(t *testing.T) {
	t.Parallel()
	st := text.NewStemmer()
	for _, c := range all(t) {
		o := themes.Draw(c.Transcript, themes.Options{})
		var said []map[string]bool
		var texts []string
		for _, p := range parts(o) {
			for _, s := range p.Sentences {
				m := stems(st, s.Text)
				for k, old := range said {
					if n := len(m); n > 4 && 10*shared(m, old) > 8*(n+len(old)-shared(m, old)) {
						t.Errorf("%s: %q after %q", c.Name, s.Text, texts[k])
					}
				}
				said, texts = append(said, m), append(texts, s.Text)
			}
		}
	}
}

func shared(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

func TestWhoIsLeftOutLeavesNoTrace(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for _, c := range all(t) {
		who := c.Transcript.Messages[rng.IntN(len(c.Transcript.Messages))].Author
		o := themes.Draw(c.Transcript, themes.Options{LeaveOut: []string{who}})
		own := map[string]bool{}
		for _, m := range c.Transcript.Messages {
			if m.Author == who {
				own[m.ID] = true
			}
		}
		for _, p := range parts(o) {
			for _, id := range p.Evidence() {
				if own[id] {
					t.Errorf("%s: a paragraph rests on %s", c.Name, id)
				}
			}
		}
		for _, items := range [][]themes.Item{o.Requested, o.Shared, o.Questions, o.Actions} {
			for _, it := range items {
				if slices.ContainsFunc(it.Messages, func(id string) bool { return own[id] }) {
					t.Errorf("%s: %q rests on who was left out", c.Name, it.What)
				}
			}
		}
	}
}

func TestAnyoneMayAskToBeLeftOutAtTheVeryEnd(t *testing.T) {
	t.Parallel()
	for _, c := range all(t) {
		tr := c.Transcript
		last := tr.Messages[len(tr.Messages)-1]
		talker := tr.Messages[len(tr.Messages)/2].Author
		last.ID, last.Author, last.Text, last.ReplyTo = "end", talker, "please leave me out of the overview", ""
		tr.Messages = append(slices.Clone(tr.Messages), last)
		o := themes.Draw(tr, themes.Options{})
		for _, s := range o.Sensitive {
			if s.Message == "end" && s.Reason != "left-out" {
				t.Errorf("%s: the request is %q", c.Name, s.Reason)
			}
		}
		for _, th := range o.Themes {
			for _, m := range tr.Messages {
				if m.Author == talker && slices.Contains(th.Messages, m.ID) {
					t.Errorf("%s: %s of a person who left stands in %q", c.Name, m.ID, th.Title)
				}
			}
		}
	}
}

func TestAChatWithNothingToReportGivesNoTheme(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string]string{
		"empty":          "",
		"greetings only": "10:00 Ann Lee: hello all\n10:01 Ben Rees: hiya\n10:02 Cat Moss: morning 👋\n10:03 Ann Lee: bye",
		"one person":     "10:00 Ann Lee: supervision should be monthly\n10:05 Ann Lee: supervision of peers matters\n10:09 Ann Lee: peers need supervision",
		"all withdrawn":  "10:00 Ann Lee -: supervision matters\n10:01 Ben Rees -: pay matters",
		"a machine":      "10:00 Minutes Bot *: supervision was discussed\n10:01 Minutes Bot *: pay was discussed",
	} {
		o := themes.Draw(*chattest.Chat(t, lines), themes.Options{})
		if len(o.Themes) > 0 {
			t.Errorf("%s: a theme %q", name, o.Themes[0].Title)
		}
		if strings.TrimSpace(o.Text()) == "" {
			t.Errorf("%s: no title", name)
		}
	}
}

func TestJSONHasWhatAScorerReads(t *testing.T) {
	t.Parallel()
	o := themes.Draw(all(t)[0].Transcript, themes.Options{})
	o.Themes[0].Hidden = true
	b, err := o.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Title, Text string
		Themes      []struct {
			Title      string
			MessageIDs []string `json:"message_ids"`
		}
		Requested []struct{ What string } `json:"resources_requested"`
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got.Title != o.Title || got.Text != o.Text() || len(got.Themes) != len(o.Themes)-1 || len(got.Requested) != len(o.Requested) {
		t.Errorf("%d themes of %d, %d requests of %d", len(got.Themes), len(o.Themes), len(got.Requested), len(o.Requested))
	}
	for _, th := range got.Themes {
		if th.Title == o.Themes[0].Title {
			t.Error("a hidden theme is in the file")
		}
	}
}
