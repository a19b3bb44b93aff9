package lexicon

import (
	"regexp"
	"strings"
	"testing"

	"cymar/handlers/meetings/themes/text"
)

func TestEveryTopicCanStandBesideAnotherAndHasASide(t *testing.T) {
	t.Parallel()
	for _, topic := range Default().Topics {
		if topic.Short == "" || len(topic.Sides) == 0 {
			t.Errorf("%s has the short form %q and %d sides", topic.Key, topic.Short, len(topic.Sides))
		}
	}
}

var slot = regexp.MustCompile(`\{[^{}]*\}`)

// TestWhatATopicIsCalledIsFitForATitle holds for every way to fill the slots:
// no more than eight words, no doubled words, nothing but words.
func TestWhatATopicIsCalledIsFitForATitle(t *testing.T) {
	t.Parallel()
	for _, topic := range Default().Topics {
		phrases := []string{topic.Short, topic.Where}
		for _, s := range topic.Sides {
			phrases = append(phrases, s.Text)
		}
		for _, p := range phrases {
			for _, full := range filled(p) {
				ws := strings.Fields(full)
				if len(ws) > 8 {
					t.Errorf("%s: %q has %d words", topic.Key, full, len(ws))
				}
				for k, w := range ws {
					if k > 0 && strings.EqualFold(w, ws[k-1]) {
						t.Errorf("%s: %q says %q twice", topic.Key, full, w)
					}
				}
				if strings.ContainsAny(full, "{}|.?!;:\"") {
					t.Errorf("%s: %q", topic.Key, full)
				}
			}
		}
	}
}

// filled gives a text with each slot filled in each way, the others by their
// longest.
func filled(s string) []string {
	slots := slot.FindAllString(s, -1)
	if len(slots) == 0 {
		return []string{s}
	}
	var out []string
	for k := range slots {
		n := -1
		whole := slot.ReplaceAllStringFunc(s, func(x string) string {
			n++
			if n == k {
				return "\x00"
			}
			longest := ""
			for o := range strings.SplitSeq(strings.Trim(x, "{}"), "|") {
				if len(o) > len(longest) {
					longest = o
				}
			}
			return longest
		})
		for o := range strings.SplitSeq(strings.Trim(slots[k], "{}"), "|") {
			out = append(out, strings.Replace(whole, "\x00", o, 1))
		}
	}
	return out
}

func TestASideIsSeenByItsWordsInARow(t *testing.T) {
	t.Parallel()
	l, err := parse(topicsFile)
	if err != nil {
		t.Fatal(err)
	}
	var topic Topic
	st := text.NewStemmer()
	if err := topic.side('~', "waiting for checks | wait slow_reply peer-led", st); err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]bool{
		"we waited for ever":           true, // another form of the word
		"a slow reply from the office": true,
		"slow to reply":                false, // not in a row
		"peer led and proud":           true,
		"led by a peer":                false,
		"slow":                         false,
		"":                             false,
	} {
		var stems []string
		for _, w := range SplitWords(text.Fold(said)) {
			stems = append(stems, st.Stem(w))
		}
		if got := topic.Sides[0].Seen(stems); got != want {
			t.Errorf("%q shows the side: %v", said, got)
		}
	}
	if len(l.Topics) == 0 {
		t.Error("no topics")
	}
}

func TestAFaultInTheFileOfSidesIsSaidWithItsLine(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"& short":                              "line 1",
		"= no-such-topic":                      "no topic",
		"= pay\n& pay\n= pay":                  "stands twice",
		"= pay\n~ pay without words":           "no words that show it",
		"# a comment\n\n= pay\n? what is this": "line 4",
	} {
		l := &Lexicon{byKey: map[string]int{"pay": 0}, Topics: []Topic{{Key: "pay"}}}
		if err := l.sides(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %q", file, err, want)
		}
	}
}
