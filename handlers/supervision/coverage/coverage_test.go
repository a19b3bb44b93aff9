package coverage_test

import (
	"bytes"
	"fmt"
	"image/png"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "cymar/handlers/supervision/coverage"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// people is n who accepted, of a team, of whom held had peer-led supervision
// in time, nobody have nobody and off were cancelled on.
func people(team string, n, held, nobody, off int) []Person {
	var out []Person
	for i := range n {
		s := ladder.Behind
		switch {
		case i < held:
			s = ladder.UpToDate
		case i < held+nobody:
			s = ladder.NoOne
		case i < held+nobody+off:
			s = ladder.CalledOff
		}
		out = append(out, Person{Team: team, Accepted: true, Standing: map[when.Kind]ladder.Standing{when.Peer: s},
			Off: map[when.Kind]bool{when.Peer: s == ladder.CalledOff}})
	}
	return out
}

func TestFiguresAreRoundedAndSmallGroupsHidden(t *testing.T) {
	t.Parallel()
	all := append(people("", 23, 12, 6, 2), make([]Person, 7)...) // seven did not accept
	got := Make(all)
	want := Kind{Kind: when.Peer, Held: Figure{N: 10}, Nobody: Figure{N: 5}, Paused: Figure{Band: Few}, Cancelled: Figure{Band: Few}}
	if diff := cmp.Diff(want, got.Kinds[0]); diff != "" {
		t.Error(diff)
	}
	if got.Invited != (Figure{N: 30}) || got.Accepted != (Figure{N: 25}) || got.Hidden || len(got.Kinds) != len(when.Kinds) {
		t.Errorf("%+v", got)
	}
}

func TestFewerThanFiveAreNotShownAtAll(t *testing.T) {
	t.Parallel()
	for n := range 5 {
		got := Make(append(people("", n, n, 0, 0), make([]Person, 20)...))
		if !got.Hidden || len(got.Kinds)+len(got.Teams) > 0 || got.Accepted.Band != Few {
			t.Errorf("%d people: %+v", n, got)
		}
	}
}

func TestTheFewWhoAreLeftAreHiddenAsWell(t *testing.T) {
	t.Parallel()
	if got := Make(people("", 12, 10, 0, 0)); got.Kinds[0].Held.Band != Nearly {
		t.Errorf("two of twelve can be told: %+v", got.Kinds[0])
	}
	if got := Make(append(people("", 20, 10, 0, 0), make([]Person, 2)...)); got.Accepted.Band != Nearly {
		t.Errorf("two who did not accept can be told: %+v", got)
	}
}

func TestSmallTeamsArePooled(t *testing.T) {
	t.Parallel()
	names := func(all []Team) (out []string) {
		for _, t := range all {
			out = append(out, fmt.Sprintf("%s %d", t.Name, t.People.N))
		}
		return out
	}
	for _, c := range []struct {
		sizes map[string]int
		want  []string
	}{
		{map[string]int{"North": 10, "South": 8}, []string{"North 10", "South 10"}},
		{map[string]int{"North": 10, "South": 8, "East": 3, "West": 4}, []string{"North 10", "South 10", " 5"}},
		{map[string]int{"North": 10, "South": 8, "East": 3}, []string{"North 10", " 10"}}, // East would stand alone
		{map[string]int{"North": 10, "East": 3}, nil},
		{map[string]int{"East": 3, "West": 4}, nil},
		{map[string]int{"": 30}, nil},
		{map[string]int{"": 2, "North": 10, "South": 7}, []string{"North 10", " 10"}},
	} {
		var all []Person
		for name, n := range c.sizes {
			all = append(all, people(name, n, 0, 0, 0)...)
		}
		if diff := cmp.Diff(c.want, names(Make(all).Teams)); diff != "" {
			t.Errorf("%v: %s", c.sizes, diff)
		}
	}
}

// TestNoSmallGroupCanBeDerived tries every table of up to 22 people: whoever
// sees the report, and knows the rule, can never work out how many a group of
// fewer than five is, nor what is left of the whole without a group.
func TestNoSmallGroupCanBeDerived(t *testing.T) {
	t.Parallel()
	const most = 22 // all who are told as 20 are among them
	type hidden struct{ held, nobody, off, paused, rest int }
	seen := map[string][]hidden{}
	for n := Smallest; n <= most; n++ {
		for held := 0; held <= n; held++ {
			for nobody := 0; nobody <= n-held; nobody++ {
				for off := 0; off <= n-held-nobody; off++ {
					for paused := 0; paused <= n-held-nobody-off; paused++ {
						all := people("", n, held, nobody, off)
						for i := range paused {
							all[n-1-i].Standing[when.Peer] = ladder.Paused
						}
						r := Make(all)
						key := fmt.Sprintf("%v %v %v", r.Invited, r.Accepted, r.Kinds[0])
						seen[key] = append(seen[key], hidden{held, nobody, off, paused, n - held})
					}
				}
			}
		}
	}
	for key, tables := range seen {
		values := [5]map[int]bool{{}, {}, {}, {}, {}}
		small := [5]bool{}
		for _, h := range tables {
			for i, v := range [5]int{h.held, h.nobody, h.off, h.paused, h.rest} {
				values[i][v] = true
				small[i] = small[i] || v < Smallest
			}
		}
		for i, v := range values {
			if small[i] && len(v) < 2 {
				t.Errorf("%s gives away group %d: %v", key, i, v)
			}
		}
	}
}

// TestNoSmallTeamCanBeDerived does the same with the sizes of teams.
func TestNoSmallTeamCanBeDerived(t *testing.T) {
	t.Parallel()
	const most, judged = 24, 12 // whoever looks on does not know where the test stops
	seen := map[string]map[[3]int]bool{}
	for a := 0; a <= most; a++ {
		for b := 0; b <= most; b++ {
			for c := 0; c <= most; c++ {
				all := append(append(people("A", a, 0, 0, 0), people("B", b, 0, 0, 0)...), people("C", c, 0, 0, 0)...)
				r := Make(all)
				for _, team := range r.Teams {
					if team.People.Band == Few {
						t.Fatalf("%d, %d, %d: %+v", a, b, c, r.Teams)
					}
				}
				key := fmt.Sprintf("%v %v", r.Accepted, r.Teams)
				if seen[key] == nil {
					seen[key] = map[[3]int]bool{}
				}
				seen[key][[3]int{a, b, c}] = true
			}
		}
	}
	for key, sizes := range seen {
		for i := range 3 {
			values, small := map[int]bool{}, false
			for s := range sizes {
				values[s[i]] = true
				small = small || s[i] > 0 && s[i] < Smallest && max(s[0], s[1], s[2]) <= judged
			}
			if small && len(values) < 2 {
				t.Errorf("%s gives away team %d: %v", key, i, values)
			}
		}
	}
}

func TestAShareIsToldInTensAndOnlyWhereItMayBe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f, of Figure
		want  int
	}{
		{Figure{N: 10}, Figure{N: 25}, 40}, {Figure{N: 25}, Figure{N: 25}, 100}, {Figure{Band: Few}, Figure{N: 25}, -1},
		{Figure{Band: Nearly}, Figure{N: 25}, -1}, {Figure{N: 10}, Figure{Band: Nearly}, -1}, {Figure{N: 10}, Figure{Band: Few}, -1},
	} {
		got, ok := Share(c.f, c.of)
		if !ok {
			got = -1
		}
		if got != c.want {
			t.Errorf("%+v of %+v: %d", c.f, c.of, got)
		}
	}
}

func TestThePictureIsAPNGThatShowsTheBars(t *testing.T) {
	t.Parallel()
	b, err := Picture([]Bar{{Percent: 60, Known: true}, {}, {Nearly: true}, {Percent: 250, Known: true}, {Percent: -5, Known: true}})
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	filled := func(bar int) (n int) {
		for x := range img.Bounds().Dx() {
			if r, _, blue, _ := img.At(x, 14+bar*42+2).RGBA(); r == 0 && blue > 0xb000 {
				n++
			}
		}
		return n
	}
	full := filled(2)
	if got := filled(0); got != full*60/100 || full < 400 || filled(1) != 0 || filled(3) != full || filled(4) != 0 {
		t.Errorf("%d, %d, %d, %d, %d dots", filled(0), filled(1), full, filled(3), filled(4))
	}
	if len(b) > 4000 {
		t.Errorf("%d bytes", len(b))
	}
}

func TestAnyTeamsAtAllAddUp(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		var all []Person
		for i := range r.IntN(8) {
			all = append(all, people(fmt.Sprint("T", i), r.IntN(12), 0, 0, 0)...)
		}
		sum := 0
		rep := Make(all)
		for _, team := range rep.Teams {
			sum += team.People.N
		}
		if len(rep.Teams) > 0 && (sum < len(all)-2*len(rep.Teams)-2 || sum > len(all)+2*len(rep.Teams)+2) {
			t.Errorf("%d people in teams of %d", len(all), sum)
		}
	}
}
