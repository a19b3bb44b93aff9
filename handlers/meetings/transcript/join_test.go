package transcript

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/handlers/meetings/transcript/stamp"
)

// line makes items of "14:01 Ann: words", one a line; "?: words" is text whose
// head was not copied, and "Ann: -" a deleted message.
func itemsOf(tb testing.TB, text string) []item {
	tb.Helper()
	var all []item
	for l := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		head, words, found := strings.Cut(strings.TrimSpace(l), ": ")
		if !found {
			tb.Fatalf("no colon in %q", l)
		}
		it := item{text: words, key: keyOf(words)}
		clock, name, timed := strings.Cut(head, " ")
		if !timed {
			name = head
		} else if st, ok := stamp.Parse(clock); ok {
			it.when = st
		}
		it.author = name
		if name == "?" {
			it.author, it.orphan = "", true
		}
		if words == "-" {
			it.text, it.key, it.deleted = "", "", true
		}
		all = append(all, it)
	}
	return all
}

func itemWords(items []item) string {
	var all []string
	for _, it := range items {
		s := it.author + " " + it.text
		if it.deleted {
			s = it.author + " -"
		}
		all = append(all, strings.TrimSpace(s))
	}
	return strings.Join(all, "|")
}

const firstHalf = `
	14:01 Ann: the first of all the messages
	14:02 Bob: the second of the messages
	14:03 Cat: the third of the messages
	14:04 Ann: the fourth of the messages`

func TestAPieceIsPutWhereItSharesMessages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		next     string
		want     string
		repeated int
	}{
		"it goes on": {`
			14:03 Cat: the third of the messages
			14:04 Ann: the fourth of the messages
			14:05 Bob: the fifth of the messages`,
			"Ann the first of all the messages|Bob the second of the messages|Cat the third of the messages|Ann the fourth of the messages|Bob the fifth of the messages", 2},
		"it comes before": {`
			13:59 Dee: even before the first one
			14:01 Ann: the first of all the messages
			14:02 Bob: the second of the messages`,
			"Dee even before the first one|Ann the first of all the messages|Bob the second of the messages|Cat the third of the messages|Ann the fourth of the messages", 2},
		"it lies inside": {`
			14:02 Bob: the second of the messages
			14:03 Cat: the third of the messages`,
			"Ann the first of all the messages|Bob the second of the messages|Cat the third of the messages|Ann the fourth of the messages", 2},
		"it fills a hole": {`
			14:02 Bob: the second of the messages
			14:02 Dee: one that was missing
			14:03 Cat: the third of the messages`,
			"Ann the first of all the messages|Bob the second of the messages|Dee one that was missing|Cat the third of the messages|Ann the fourth of the messages", 2},
		"one was deleted since": {`
			14:02 Bob: -
			14:03 Cat: the third of the messages
			14:04 Ann: the fourth of the messages`,
			"Ann the first of all the messages|Bob -|Cat the third of the messages|Ann the fourth of the messages", 3},
		"it begins without a head": {`
			?: of the messages
			14:03 Cat: the third of the messages
			14:04 Ann: the fourth of the messages`,
			"Ann the first of all the messages|Bob the second of the messages|Cat the third of the messages|Ann the fourth of the messages", 3},
		"it ends in the middle": {`
			14:03 Cat: the third of the messages
			14:04 Ann: the fourth of`,
			"Ann the first of all the messages|Bob the second of the messages|Cat the third of the messages|Ann the fourth of the messages", 2},
		"its clock is a minute off": {`
			14:04 Cat: the third of the messages
			14:05 Ann: the fourth of the messages
			14:06 Bob: the fifth of the messages`,
			"Ann the first of all the messages|Bob the second of the messages|Cat the third of the messages|Ann the fourth of the messages|Bob the fifth of the messages", 2},
	} {
		have, next := itemsOf(t, firstHalf), itemsOf(t, c.next)
		got, repeated := merge(have, next, indexOf(have).matches(have, next))
		if s := itemWords(got); s != c.want || repeated != c.repeated {
			t.Errorf("%s: %d repeated\n got %s\nwant %s", name, repeated, s, c.want)
		}
	}
}

func TestWhatOnlyLooksTheSameIsKeptTwice(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]string{
		"another person":   "14:01 Bob: the first of all the messages\n14:09 Bob: and more of it",
		"another time":     "14:31 Ann: the first of all the messages\n14:39 Bob: and more of it",
		"one short word":   "14:04 Ann: the fourth of the mess\n14:09 Bob: yes",
		"other words":      "14:01 Ann: the first of another meeting\n14:09 Bob: and more of it",
		"nothing the same": "15:01 Dee: something else\n15:09 Eve: and more of it",
	} {
		have, items := itemsOf(t, firstHalf), itemsOf(t, next)
		if m := indexOf(have).matches(have, items); len(m) > 0 {
			t.Errorf("%s: %v", name, m)
		}
	}
}

func TestALaterMessageIsNeverMatchedWithAnEarlierOne(t *testing.T) {
	t.Parallel()
	have := itemsOf(t, "14:01 Ann: one thing that was said\n14:02 Bob: another thing that was said\n14:02 Ann: one thing that was said")
	next := itemsOf(t, "14:02 Bob: another thing that was said\n14:02 Ann: one thing that was said")
	got := indexOf(have).matches(have, next)
	if fmt.Sprint(got) != "[{0 1} {1 2}]" {
		t.Errorf("%v", got)
	}
}

func TestPiecesThatShareNothingAreOrderedByTheirDays(t *testing.T) {
	t.Parallel()
	early, late := itemsOf(t, "14:01 Ann: a"), itemsOf(t, "09:01 Bob: b")
	for i := range early {
		early[i].day.n = 100
	}
	for i := range late {
		late[i].day.n = 101
	}
	for _, c := range [][2][]item{{early, late}, {late, early}} {
		got, n := mergeApart(c[0], c[1])
		if itemWords(got) != "Ann a|Bob b" || n != 0 {
			t.Errorf("%s, %d repeated", itemWords(got), n)
		}
	}
	undated := itemsOf(t, "13:00 Cat: c")
	if got, _ := mergeApart(early, undated); itemWords(got) != "Ann a|Cat c" {
		t.Errorf("without a day: %s", itemWords(got))
	}
}

func TestTheEndOfAMessageAloneIsFoundInThePieceBefore(t *testing.T) {
	t.Parallel()
	have := itemsOf(t, firstHalf)
	next := itemsOf(t, "?: fourth of the messages\n14:09 Bob: something new that was said")
	got, repeated := mergeApart(have, next)
	if repeated != 1 || !strings.HasSuffix(itemWords(got), "Ann the fourth of the messages|Bob something new that was said") {
		t.Errorf("%d %s", repeated, itemWords(got))
	}
}

func TestOfTwoCopiesTheFullerIsKept(t *testing.T) {
	t.Parallel()
	a := item{text: "short", key: "short", follows: true, reactions: map[string]int{"like": 2, "sad": 1}}
	b := item{text: "short and more", key: "shortandmore", when: stamp.Stamp{Clock: true, Hour: 14}, day: day{n: 5}, edited: time.Unix(9, 0),
		quoted: quote{author: "x", prefix: "y"}, reactions: map[string]int{"like": 4, "heart": 1}}
	got := both(a, b)
	if got.text != "short and more" || got.day.n != 5 || got.follows || got.when.Hour != 14 || got.edited.IsZero() || got.quoted.author != "x" {
		t.Errorf("%+v", got)
	}
	if fmt.Sprint(got.reactions) != "map[heart:1 like:4 sad:1]" {
		t.Errorf("%v", got.reactions)
	}
	b.deleted = true
	if got := both(a, b); !got.deleted || got.text != "" {
		t.Errorf("%+v", got)
	}
}

func TestJoiningChoosesThePieceThatSharesMost(t *testing.T) {
	t.Parallel()
	mk := func(text string) *piece { return &piece{items: itemsOf(t, text)} }
	middle := mk("14:03 Cat: the third of the messages\n14:04 Ann: the fourth of the messages\n14:05 Bob: the fifth of the messages\n14:06 Cat: the sixth of the messages")
	last := mk("14:05 Bob: the fifth of the messages\n14:06 Cat: the sixth of the messages\n14:07 Dee: the seventh of the messages")
	got, repeated, gaps := join([]*piece{mk(firstHalf), last, middle})
	if len(got) != 7 || repeated != 4 || gaps != 0 || !strings.HasSuffix(itemWords(got), "Cat the sixth of the messages|Dee the seventh of the messages") {
		t.Errorf("%d repeated, %d gaps: %s", repeated, gaps, itemWords(got))
	}
}

func TestATextPastedTwiceIsDividedWhereItStartsAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want int
	}{
		"two pieces": {firstHalf + `
			14:03 Cat: the third of the messages
			14:04 Ann: the fourth of the messages
			14:05 Bob: the fifth of the messages`, 2},
		"text without a head at the start of the second": {firstHalf + `
			?: of the messages
			14:03 Cat: the third of the messages
			14:04 Ann: the fourth of the messages`, 2},
		"one piece":               {firstHalf, 1},
		"out of order, once":      {firstHalf + "\n14:02 Dee: a late one\n14:05 Ann: and on", 1},
		"the same words, later":   {firstHalf + "\n14:20 Cat: the third of the messages\n14:21 Ann: the fourth of the messages", 1},
		"another day, no repeats": {firstHalf + "\n09:01 Dee: good morning to all\n09:02 Ann: good morning", 1},
	} {
		p := &piece{items: itemsOf(t, c.text)}
		n := len(p.items)
		parts := p.divideRepeats()
		sum := 0
		for _, part := range parts {
			sum += len(part.items)
		}
		if len(parts) != c.want || sum != n {
			t.Errorf("%s: %d parts with %d of %d", name, len(parts), sum, n)
		}
	}
}
