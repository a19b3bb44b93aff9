package coverage_test

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "cymar/handlers/supervision/coverage"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// crowd is any people: of several teams, with several kinds, of whom some were
// cancelled on, whatever else is so.
func crowd(r *rand.Rand) []Person {
	standings := []ladder.Standing{ladder.UpToDate, ladder.NotYet, ladder.Behind, ladder.Paused, ladder.NoOne, ladder.CalledOff, ""}
	teams := []string{"", "North", "South", "East", "West"}
	var all []Person
	for range r.IntN(80) {
		p := Person{Team: teams[r.IntN(len(teams))], Accepted: r.IntN(5) > 0, Standing: map[when.Kind]ladder.Standing{}, Off: map[when.Kind]bool{}}
		for _, k := range when.Kinds {
			p.Standing[k] = standings[r.IntN(len(standings))]
			p.Off[k] = r.IntN(4) == 0
		}
		all = append(all, p)
	}
	return all
}

// figures is every figure of a report, by what it is of, with its whole.
func figures(r Report) map[string][2]Figure {
	out := map[string][2]Figure{"invited": {r.Invited, r.Invited}, "accepted": {r.Accepted, r.Invited}}
	for _, k := range r.Kinds {
		out["held "+string(k.Kind)] = [2]Figure{k.Held, r.Base()}
		out["nobody "+string(k.Kind)] = [2]Figure{k.Nobody, r.Base()}
		out["paused "+string(k.Kind)] = [2]Figure{k.Paused, r.Base()}
		out["cancelled "+string(k.Kind)] = [2]Figure{k.Cancelled, r.Base()}
	}
	for i, t := range r.Teams {
		out[fmt.Sprint("people of ", i, t.Name)] = [2]Figure{t.People, t.People}
		out[fmt.Sprint("held of ", i, t.Name)] = [2]Figure{t.Held, t.People}
	}
	return out
}

// TestEveryFigureThatIsToldIsAtLeastFiveAndRounded tries any people: a number
// is a multiple of five, and none stands for fewer than five.
func TestEveryFigureThatIsToldIsAtLeastFiveAndRounded(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3000) {
		all := crowd(rand.New(rand.NewPCG(seed, 11)))
		r := Make(all)
		for name, f := range figures(r) {
			if f[0].Band == About && (f[0].N < Smallest && !(r.Hidden && name == "invited") || f[0].N%5 != 0) {
				t.Fatalf("seed %d: %s is told as %d", seed, name, f[0].N)
			}
			if f[0].Band != About && f[0].N != 0 {
				t.Fatalf("seed %d: %s hides a number: %+v", seed, name, f[0])
			}
			if p, ok := Share(f[0], f[1]); ok && (p%10 != 0 || p < 0 || p > 100) {
				t.Fatalf("seed %d: %s is told as %d%%", seed, name, p)
			}
		}
	}
}

// TestOnePersonMoreOrLessIsAlmostNeverSeen takes one person out of any people:
// whoever compares the two reports cannot tell that person's state, for each
// figure is the same or is one rounding step away.
func TestOnePersonMoreOrLessIsAlmostNeverSeen(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1500) {
		all := crowd(rand.New(rand.NewPCG(seed, 12)))
		if len(all) < 12 {
			continue
		}
		before, after := figures(Make(all)), figures(Make(all[1:]))
		for name, f := range before {
			g, ok := after[name]
			if !ok || f[0].Band != About || g[0].Band != About {
				continue
			}
			if d := f[0].N - g[0].N; d != 0 && d != 5 && !strings.Contains(name, " of ") { // teams may be pooled otherwise
				t.Fatalf("seed %d: %s went from %d to %d", seed, name, f[0].N, g[0].N)
			}
		}
	}
}

func TestTheFewAreHiddenInEveryKindAndEveryTeam(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2000) {
		all := crowd(rand.New(rand.NewPCG(seed, 13)))
		r, accepted := Make(all), 0
		count := map[string]int{}
		for _, k := range when.Kinds {
			count["held "+string(k)], count["nobody "+string(k)], count["paused "+string(k)], count["cancelled "+string(k)] = 0, 0, 0, 0
		}
		for _, p := range all {
			if !p.Accepted {
				continue
			}
			accepted++
			for k, s := range p.Standing {
				switch s {
				case ladder.UpToDate:
					count["held "+string(k)]++
				case ladder.Paused:
					count["paused "+string(k)]++
				case ladder.NoOne:
					count["nobody "+string(k)]++
				}
				if p.Off[k] {
					count["cancelled "+string(k)]++
				}
			}
		}
		if r.Hidden != (accepted < Smallest) {
			t.Fatalf("seed %d: %d accepted, hidden %v", seed, accepted, r.Hidden)
		}
		if r.Hidden {
			continue
		}
		told := figures(r)
		for name, n := range count {
			f := told[name][0]
			switch {
			case n < Smallest && f.Band != Few:
				t.Fatalf("seed %d: %s is %d and told as %+v", seed, name, n, f)
			case n >= Smallest && accepted-n < Smallest && f.Band != Nearly:
				t.Fatalf("seed %d: the %d without %s can be told: %+v", seed, accepted-n, name, f)
			case n >= Smallest && accepted-n >= Smallest && (f.Band != About || f.N < n-2 || f.N > n+2):
				t.Fatalf("seed %d: %s is %d and told as %+v", seed, name, n, f)
			}
		}
	}
}

func TestTheOrderOfPeopleMakesNoDifference(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 14))
		all := crowd(rnd)
		want := Make(all)
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if diff := cmp.Diff(want, Make(all)); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

func TestPeerLedSupervisionComesFirst(t *testing.T) {
	t.Parallel()
	r := Make(people("", 20, 8, 6, 0))
	for i, k := range r.Kinds {
		if k.Kind != when.Kinds[i] {
			t.Errorf("%d is %s", i, k.Kind)
		}
	}
	if r.Kinds[0].Kind != when.Peer {
		t.Error(r.Kinds[0].Kind)
	}
}

func TestACancellationCountsWhateverElseIsSo(t *testing.T) {
	t.Parallel()
	all := people("", 20, 10, 0, 0)
	for i := range 8 { // five of them had it all the same
		all[5+i].Off = map[when.Kind]bool{when.Peer: true}
	}
	k := Make(all).Kinds[0]
	if k.Cancelled != (Figure{N: 10}) || k.Held != (Figure{N: 10}) {
		t.Errorf("%+v", k)
	}
}

// pixel is a colour of the picture in a few words.
func pixel(c color.Color) string {
	r, g, b, _ := c.RGBA()
	switch [3]uint32{r >> 8, g >> 8, b >> 8} {
	case [3]uint32{0x00, 0x5e, 0xb8}:
		return "bar"
	case [3]uint32{0xe8, 0xed, 0xee}:
		return "ground"
	case [3]uint32{0xff, 0xff, 0xff}:
		return "paper"
	}
	return "ink"
}

func TestABarIsAsLongAsItsShare(t *testing.T) {
	t.Parallel()
	for percent := 0; percent <= 100; percent += 10 {
		data, err := Picture([]Bar{{Percent: percent, Known: true}})
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		filled, whole := 0, 0
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			switch pixel(img.At(x, img.Bounds().Dy()/2)) {
			case "bar":
				filled++
				whole++
			case "ground":
				whole++
			}
		}
		if whole == 0 || filled*100 < (percent-1)*whole || filled*100 > (percent+1)*whole {
			t.Errorf("%d%%: %d of %d", percent, filled, whole)
		}
	}
}

func TestABarThatMayNotBeToldHasNoLength(t *testing.T) {
	t.Parallel()
	draw := func(b Bar) []byte {
		data, err := Picture([]Bar{b})
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for percent := 0; percent <= 100; percent += 5 {
		if !bytes.Equal(draw(Bar{Percent: percent}), draw(Bar{})) {
			t.Errorf("%d%% can be seen although it is hidden", percent)
		}
		if !bytes.Equal(draw(Bar{Percent: percent, Nearly: true}), draw(Bar{Percent: 100, Nearly: true})) {
			t.Errorf("%d%% can be seen although it is nearly all", percent)
		}
	}
	if bytes.Equal(draw(Bar{Nearly: true}), draw(Bar{Percent: 100, Known: true})) {
		t.Error("nearly all looks like exactly all")
	}
}
