package transcript

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// pieceKnobs are the looks that the pieces of one chat may have.
func pieceKnobs() []knobs {
	return []knobs{
		{clock: "15:04", divider: english, quotes: true, reacts: "emoji", runs: true},
		{clock: "3:04 PM", quotes: true, reacts: "emoji", runs: true},
		{clock: "15:04", quotes: true, reacts: "emoji", runs: true},
		{clock: "15:04", divider: numeric, quotes: true, reacts: "emoji", runs: true},
	}
}

// pieces cuts a chat into overlapping copies. A piece may begin in the middle
// of what one person wrote, where the head is not copied.
func pieces(t Transcript, n int, rnd *rand.Rand, render func([]Message, knobs) string) []File {
	var files []File
	all := t.Messages
	size := len(all) / n
	looks := pieceKnobs()
	for i := range n {
		from, to := max(0, i*size-6-rnd.IntN(10)), min(len(all), (i+1)*size+rnd.IntN(4))
		if i == n-1 {
			to = len(all)
		}
		look := looks[0]
		if i > 0 {
			look = looks[rnd.IntN(len(looks))]
		}
		text := render(all[from:to], look)
		if i > 0 && rnd.IntN(2) == 0 {
			text = headless1(text, look)
		}
		if rnd.IntN(3) == 0 {
			text = crlf(text)
		}
		files = append(files, Bytes(fmt.Sprintf("%d.txt", i+1), []byte(text)))
	}
	return files
}

// headless1 cuts the name and the time of the first message off, as when the
// selection began below them; a date above stays.
func headless1(text string, k knobs) string {
	date := ""
	if k.divider != nil {
		date, text, _ = strings.Cut(text, "\n\n")
		date += "\n\n"
	}
	lines := strings.SplitN(text, "\n", 3)
	return date + lines[2]
}

func TestOverlappingPiecesBecomeOneChat(t *testing.T) {
	t.Parallel()
	for _, name := range chatNames(t) {
		for seed := range uint64(6) {
			t.Run(fmt.Sprint(name, "/", seed), func(t *testing.T) {
				t.Parallel()
				rnd := rand.New(rand.NewPCG(seed, 7))
				want := chat(t, name)
				files := pieces(want, 3+int(seed%3), rnd, twoLines)
				if seed%2 == 1 {
					rnd.Shuffle(len(files), func(i, j int) { files[i].Name, files[j].Name = files[j].Name, files[i].Name })
				}
				got, r, err := ReadAll(files, Options{Now: laterThatYear})
				if err != nil {
					t.Fatal(err)
				}
				mustAgree(t, compare(want.Messages, got.Messages), 0.98, 0.985, 0.98)
				if r.Gaps > 0 || r.Repeated < 5*(len(files)-1) {
					t.Errorf("%d gaps, %d repeated", r.Gaps, r.Repeated)
				}
				inOrder(t, got.Messages)
			})
		}
	}
}

func inOrder(t *testing.T, all []Message) {
	t.Helper()
	if !slices.IsSortedFunc(all, func(a, b Message) int { return a.At.Compare(b.At) }) {
		t.Error("the messages are not in order")
	}
}

func TestPiecesPastedOneAfterAnotherBecomeOneChat(t *testing.T) {
	t.Parallel()
	for _, name := range chatNames(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := chat(t, name)
			n := len(want.Messages)
			k := knobs{clock: "15:04", divider: english, quotes: true, reacts: "emoji", runs: true}
			text := twoLines(want.Messages[:n/2+6], k) + "\n" + twoLines(want.Messages[n/2-6:], k)
			got, r, err := Read("paste.txt", strings.NewReader(text), Options{Now: laterThatYear})
			if err != nil {
				t.Fatal(err)
			}
			mustAgree(t, compare(want.Messages, got.Messages), 0.98, 0.98, 0.98)
			if r.Repeated < 8 {
				t.Errorf("only %d repeated", r.Repeated)
			}
		})
	}
}

func TestPiecesThatShareNothingAreJoinedAndTheGapIsSaid(t *testing.T) {
	t.Parallel()
	want := chat(t, "supervision-role-drift")
	k := knobs{clock: "15:04", divider: english}
	files := []File{
		Bytes("b.txt", []byte(twoLines(want.Messages[100:140], k))),
		Bytes("a.txt", []byte(twoLines(want.Messages[:60], k))),
	}
	got, r, err := ReadAll(files, Options{Now: laterThatYear})
	if err != nil {
		t.Fatal(err)
	}
	if r.Gaps != 1 || len(got.Messages) != 100 {
		t.Errorf("%d gaps, %d messages", r.Gaps, len(got.Messages))
	}
	inOrder(t, got.Messages)
}

func TestTheSameFileTwiceIsOneChat(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"supervision-role-drift/raw/teams-select-all.txt", "supervision-role-drift/raw/zoom-chat.txt",
		"supervision-role-drift/raw/chat.csv", "digital-gdpr-boundaries/raw/slack-copy.txt", "supervision-role-drift/raw/graph/messages-2.json"} {
		t.Run(raw, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(filepath.Join(chats, raw))
			if err != nil {
				t.Fatal(err)
			}
			once, _, err := ReadAll([]File{Bytes("a", data)}, Options{Now: laterThatYear})
			if err != nil {
				t.Fatal(err)
			}
			twice, _, err := ReadAll([]File{Bytes("a", data), Bytes("b", data)}, Options{Now: laterThatYear})
			if err != nil {
				t.Fatal(err)
			}
			if len(once.Messages) != len(twice.Messages) {
				t.Errorf("%d messages once, %d twice", len(once.Messages), len(twice.Messages))
			}
		})
	}
}

func TestOneChatInTwoFormsIsReadOnce(t *testing.T) {
	t.Parallel()
	want := chat(t, "supervision-role-drift")
	n := len(want.Messages)
	files := []File{
		Bytes("1.txt", []byte(bracketed(want.Messages[:n/2+8], knobs{clock: "15:04", date: "02/01/2006"}))),
		Bytes("2.txt", []byte(twoLines(want.Messages[n/2-8:], knobs{clock: "3:04 PM", divider: english, runs: true}))),
	}
	got, r, err := ReadAll(files, Options{Now: laterThatYear})
	if err != nil {
		t.Fatal(err)
	}
	mustAgree(t, compare(want.Messages, got.Messages), 0.99, 0.99, 0.98)
	if r.Repeated < 10 {
		t.Errorf("%d repeated", r.Repeated)
	}
}

func TestTheLaterCopyOfAMessageBringsItsReactionsAndItsDeletion(t *testing.T) {
	t.Parallel()
	early := "Ann Lee\n14:01\nfirst thing that somebody said\n\nBob Ray\n14:02\nsomething to be deleted later\n\nCat Orr\n14:03\nthe third thing that was said here\n👍 1\n"
	late := "Ann Lee\n14:01\nfirst thing that somebody said\n👍 3\n\nBob Ray\n14:02\nThis message has been deleted.\n\nCat Orr\n14:03\nthe third thing that was said here\n👍 4\n❤️ 2\n\nDee Fox\n14:04\nand the last of it\n"
	for name, files := range map[string][]File{
		"early first": {Bytes("1", []byte(early)), Bytes("2", []byte(late))},
		"late first":  {Bytes("1", []byte(late)), Bytes("2", []byte(early))},
	} {
		got, r, err := ReadAll(files, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Messages) != 4 || r.Messages != 3 || r.Deleted != 1 {
			t.Fatalf("%s: %+v", name, got.Messages)
		}
		if m := got.Messages[1]; !m.Deleted || m.Text != "" {
			t.Errorf("%s: the deleted message is %+v", name, m)
		}
		if m := got.Messages[2]; len(m.Reactions) != 2 || m.Reactions[1].Count != 4 {
			t.Errorf("%s: %+v", name, m.Reactions)
		}
	}
}

func TestAMessageCutOffAtTheEndOfAPieceIsReadWhole(t *testing.T) {
	t.Parallel()
	a := "Ann Lee\n14:01\nfirst thing that somebody said\n\nBob Ray\n14:02\na long message of which only the beg"
	b := "Ann Lee\n14:01\nfirst thing that somebody said\n\nBob Ray\n14:02\na long message of which only the beginning was copied before\n\nCat Orr\n14:03\nlast\n"
	got, r, err := ReadAll([]File{Bytes("1", []byte(a)), Bytes("2", []byte(b))}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Messages) != 3 || !strings.HasSuffix(got.Messages[1].Text, "copied before") || r.Repeated != 2 {
		t.Errorf("%+v", got.Messages)
	}
}

func TestTextWithoutANameIsSaidAndNotGivenToAnybody(t *testing.T) {
	t.Parallel()
	text := "Wednesday 21 October\n\nthe end of somebody's message, whose head was not copied\n\nAnn Lee\n14:01\nhello there\n\nBob Ray\n14:02\nhello\n"
	got, r, err := Read("x.txt", strings.NewReader(text), Options{Now: laterThatYear})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Messages) != 2 || len(r.Faults) != 1 || r.Faults[0] != (Fault{Piece: "x.txt", Line: 3, Why: NoName}) {
		t.Errorf("%+v %+v", got.Messages, r.Faults)
	}
}

func TestAPieceMayBeginAnywhereInAMessage(t *testing.T) {
	t.Parallel()
	first := "Thursday 12 March\n\nAnn Lee\n14:01\nthe first thing that somebody said today\n\nBob Ray\n14:02\nAnn Lee\n12/03/2026 14:01\nthe first thing that some…\nan answer to that,\non two lines of its own\n👍 4\n❤️ 2\n\n" +
		"Cat Orr\n14:03\nsomething else that was said\n\nDee Fox\n14:04\nyes\n"
	second := first[strings.Index(first, "Bob Ray"):] + "\nAnn Lee\n14:05\nand then some more\n\nBob Ray\n14:06\nright\n\nCat Orr\n14:07\nthank you\n"
	for _, begin := range []string{"Bob Ray\n", "14:02\n", "Ann Lee\n12/03", "12/03/2026", "the first thing that some…", "an answer", "to that,", "on two lines", "👍 4", "❤️ 2", "Cat Orr"} {
		cut := second[strings.Index(second, begin):]
		for name, head := range map[string]string{"": "", " under a date": "Thursday 12 March\n\n"} {
			got, r, err := ReadAll([]File{Bytes("1", []byte(first)), Bytes("2", []byte(head+cut))}, Options{Now: laterThatYear})
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Messages) != 7 || r.Gaps != 0 {
				t.Errorf("beginning at %q%s: %d messages, %d gaps: %+v", begin, name, len(got.Messages), r.Gaps, got.Messages)
				continue
			}
			if m := got.Messages[1]; m.Author != "Bob Ray" || m.Text != "an answer to that,\non two lines of its own" {
				t.Errorf("beginning at %q%s: %+v", begin, name, m)
			}
		}
	}
}

func TestShortAgreementByTwoPeopleIsNotARepeat(t *testing.T) {
	t.Parallel()
	text := "Ann Lee\n14:01\n+1\n\nBob Ray\n14:01\n+1\n\nAnn Lee\n14:05\n+1\n\nBob Ray\n14:06\nyes\n"
	got, r, err := Read("x.txt", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 4 || r.Repeated != 0 {
		t.Errorf("%v %+v", err, got.Messages)
	}
	if got.Messages[0].At != time.Date(1, 1, 2, 14, 1, 0, 0, time.UTC) {
		t.Errorf("an undated message is at %v", got.Messages[0].At)
	}
}
