package traits_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/safeguarding/signs/internal/traits"
	"cymar/text/linear"
)

func reader(tb testing.TB) *traits.Reader {
	tb.Helper()
	r, err := traits.New()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// words are those of each piece; an asterisk marks the one that is the whole.
func words(m traits.Message) []string {
	var out []string
	for _, p := range m.Pieces {
		var ws []string
		for _, w := range p.Words {
			ws = append(ws, w.Text)
		}
		s := strings.Join(ws, " ")
		if p.Whole {
			s += " *"
		}
		out = append(out, s)
	}
	return out
}

func TestAMessageIsReadInSentencesNeighboursAndWhole(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for raw, want := range map[string][]string{
		"":                     nil,
		"one two":              {"one two *"},
		"one. two":             {"one", "two", "one two *"},
		"one. two. three":      {"one", "two", "one two", "three", "two three", "one two three *"},
		"one two\nthree":       {"one two", "three", "one two three *"},
		"!!!":                  nil,
		"\u200b\u200b":         nil,
		"I'm off. She isn't? ": {"i am off", "she is not", "i am off she is not *"},
	} {
		if diff := cmp.Diff(want, words(r.Read(raw))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", raw, diff)
		}
	}
}

func TestEveryWordOfALongSentenceIsInAPiece(t *testing.T) {
	t.Parallel()
	var raw []string
	for i := range 200 {
		raw = append(raw, "w"+strings.Repeat("x", 1+i%7)+string(rune('a'+i%26))+string(rune('a'+i/26)))
	}
	m := reader(t).Read(strings.Join(raw, " "))
	seen := make(map[string]bool)
	for _, p := range m.Pieces {
		if len(p.Words) > 33 {
			t.Errorf("a piece of %d words", len(p.Words))
		}
		for _, w := range p.Words {
			seen[w.Text] = true
		}
	}
	for i, w := range raw {
		if !seen[w] && !seen[strings.ReplaceAll(w, "xxx", "x")] && i%7 < 2 {
			t.Errorf("word %d is in no piece", i)
		}
	}
}

func TestFeaturesAreOfLengthOneAndEachOnce(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, raw := range []string{"ok", "I want to die", "dwi isio marw heno", "the the the the the", strings.Repeat("minutes of the meeting ", 20)} {
		for _, p := range r.Read(raw).Pieces {
			var sum float64
			last := int64(-1)
			for _, f := range p.Features {
				sum += float64(f.Value) * float64(f.Value)
				if int64(f.ID) <= last {
					t.Errorf("%q: feature %d comes after %d", raw, f.ID, last)
				}
				last = int64(f.ID)
			}
			if math.Abs(sum-1) > 1e-4 {
				t.Errorf("%q: length %v", raw, math.Sqrt(sum))
			}
		}
	}
}

// alike is how near two messages are to each other, from 0 to 1.
func alike(r *traits.Reader, a, b string) float64 {
	of := make(map[uint32]float32)
	for _, f := range r.Read(a).Pieces[0].Features {
		of[f.ID] = f.Value
	}
	var sum float64
	for _, f := range r.Read(b).Pieces[0].Features {
		sum += float64(f.Value) * float64(of[f.ID])
	}
	return sum
}

func TestMessagesThatMeanTheSameAreNearerThanThoseThatDoNot(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, c := range [][3]string{
		{"I want to kill myself", "im gonna kill miself", "I want to book the room"},
		{"she swallowed some tablets", "she took some capsules", "she read some papers"},
		{"dwi isio lladd fy hun", "dwi am ladd fy hun", "dwi isio archebu ystafell"},
		{"I want to die", "Ｉ ｗａｎｔ ｔｏ ｄｉｅ", "I want a die-cut card"},
		{"dw i eisiau marw", "I want to die", "I want to eat"},
	} {
		if near, far := alike(r, c[0], c[1]), alike(r, c[0], c[2]); near <= far {
			t.Errorf("%q is %.2f like %q and %.2f like %q", c[0], near, c[1], far, c[2])
		}
	}
}

func TestWordsInQuotationMarksAreOthersThanOnesOwn(t *testing.T) {
	t.Parallel()
	r := reader(t)
	if got := alike(r, `"want to die"`, "want to die"); got > 0.9 {
		t.Errorf("quoted and own words are %.2f alike", got)
	}
}

func TestWhatStandsAroundASentenceIsAmongItsFeatures(t *testing.T) {
	t.Parallel()
	r := reader(t)
	alone := r.Read("I wanted to die").Pieces[0].Features
	among := r.Read("I wanted to die. That was years ago and now I am well.").Pieces[0].Features
	same := cmp.Equal(ids(alone), ids(among))
	if same {
		t.Error("a sentence has the same features whatever stands around it")
	}
}

func ids(x []linear.Feature) []uint32 {
	var out []uint32
	for _, f := range x {
		out = append(out, f.ID)
	}
	return out
}

func TestTheLanguageIsHandedOn(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for raw, want := range map[string]string{"mae hi'n braf iawn yma heddiw": "cy", "it is a lovely day here today": "en"} {
		if got := r.Read(raw).Lang; got != want {
			t.Errorf("%q: %q", raw, got)
		}
	}
}

func TestAVeryLongMessageHasABoundedNumberOfPieces(t *testing.T) {
	t.Parallel()
	if n := len(reader(t).Read(strings.Repeat("a. ", 40_000)).Pieces); n > 4100 {
		t.Errorf("%d pieces", n)
	}
}

func FuzzTraits(f *testing.F) {
	r := reader(f)
	for _, s := range []string{"", "I want to die.", "\"a\" 'b c d' ?", "\xff", "dwi isio", strings.Repeat("ab ", 300), "k m s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range r.Read(s).Pieces {
			for _, x := range p.Features {
				if x.Value != x.Value || x.Value < 0 || x.Value > 1.001 {
					t.Errorf("%q: feature %d is %v", s, x.ID, x.Value)
				}
			}
		}
	})
}
