// Package coverage turns people's supervision into figures that name nobody.
//
// The rule is one, and it is applied before anything leaves this package: a
// group of fewer than five people is never shown, nor the few who are left when
// a group is taken from a larger one; every other number is rounded to the
// nearest five, so that nothing can be had by taking one number from another.
// Teams of fewer than five are pooled. It is pure.
package coverage

import (
	"cmp"
	"slices"

	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// Smallest is the smallest group that is shown.
const Smallest = 5

// Person is one person who was invited.
type Person struct {
	Team     string
	Accepted bool
	Standing map[when.Kind]ladder.Standing
	Off      map[when.Kind]bool // it was cancelled on them lately
}

// Band says how much of a number is told.
type Band string

// The bands.
const (
	About  Band = ""       // about N, rounded to five
	Few    Band = "few"    // fewer than five, or none
	Nearly Band = "nearly" // all, or all but fewer than five
)

// Figure is a number of people, as far as it may be told.
type Figure struct {
	Band Band `json:"b,omitempty"`
	N    int  `json:"n,omitempty"` // with About
}

// Kind is the figures of one kind of supervision, of all who accepted.
type Kind struct {
	Kind      when.Kind `json:"k"`
	Held      Figure    `json:"h"` // held within its interval
	Nobody    Figure    `json:"n"`
	Paused    Figure    `json:"p"` // on leave or off sick, and neither up to date nor behind
	Cancelled Figure    `json:"c"` // it was cancelled on them lately, once or more
}

// Team is the figures of peer-led supervision in a team; Name is empty for
// the small ones together.
type Team struct {
	Name   string `json:"n,omitempty"`
	People Figure `json:"p"`
	Held   Figure `json:"h"`
}

// Report is what a lead may see.
type Report struct {
	Hidden   bool   `json:"x,omitempty"` // fewer than five accepted
	Invited  Figure `json:"i"`
	Accepted Figure `json:"a"`
	Kinds    []Kind `json:"k,omitempty"`
	Teams    []Team `json:"t,omitempty"`
}

// figure is k people of n as far as it may be told.
func figure(k, n int) Figure {
	switch {
	case k < Smallest:
		return Figure{Band: Few}
	case n-k < Smallest:
		return Figure{Band: Nearly}
	}
	return Figure{N: rounded(k)}
}

// whole is the size of a group that stands for itself.
func whole(n int) Figure {
	if n < Smallest {
		return Figure{Band: Few}
	}
	return Figure{N: rounded(n)}
}

func rounded(n int) int { return (n + 2) / 5 * 5 }

// Make counts people, peer-led supervision first.
func Make(all []Person) Report {
	var accepted []Person
	for _, p := range all {
		if p.Accepted {
			accepted = append(accepted, p)
		}
	}
	r := Report{Invited: whole(len(all))}
	if len(accepted) < Smallest {
		r.Hidden, r.Accepted = true, Figure{Band: Few}
		return r
	}
	r.Accepted = figure(len(accepted), len(all))
	for _, k := range when.Kinds {
		r.Kinds = append(r.Kinds, kind(k, accepted))
	}
	r.Teams = teams(accepted)
	return r
}

func kind(k when.Kind, all []Person) Kind {
	count := func(is func(Person) bool) Figure {
		n := 0
		for _, p := range all {
			if is(p) {
				n++
			}
		}
		return figure(n, len(all))
	}
	standing := func(s ladder.Standing) func(Person) bool {
		return func(p Person) bool { return p.Standing[k] == s }
	}
	return Kind{Kind: k, Held: count(standing(ladder.UpToDate)), Nobody: count(standing(ladder.NoOne)), Paused: count(standing(ladder.Paused)),
		Cancelled: count(func(p Person) bool { return p.Off[k] })}
}

// teams is a line for each team; those that are too small share one, and
// where that would still be too small the smallest of the others joins it. A
// single line would only say again what stands above, so there is none.
func teams(all []Person) []Team {
	members := map[string][]Person{}
	for _, p := range all {
		members[p.Team] = append(members[p.Team], p)
	}
	pool := members[""]
	delete(members, "")
	names := sizes(members)
	for len(names) > 0 {
		smallest := names[0]
		if len(members[smallest]) >= Smallest && (len(pool) == 0 || len(pool) >= Smallest) {
			break
		}
		pool, names = append(pool, members[smallest]...), names[1:]
	}
	slices.Sort(names)
	var out []Team
	for _, n := range names {
		out = append(out, team(n, members[n]))
	}
	if len(pool) > 0 {
		out = append(out, team("", pool))
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// sizes is the teams' names, the smallest first.
func sizes(members map[string][]Person) []string {
	var names []string
	for n := range members {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(members[a]), len(members[b])), cmp.Compare(a, b))
	})
	return names
}

func team(name string, all []Person) Team {
	return Team{Name: name, People: whole(len(all)), Held: kind(when.Peer, all).Held}
}

// Base is what the shares of a report are of: those who accepted, or those who
// were invited where nearly all of them did.
func (r Report) Base() Figure {
	if r.Accepted.Band == Nearly {
		return r.Invited
	}
	return r.Accepted
}

// Share is how much of the whole a figure is, in steps of ten per cent, and
// false where that may not be told.
func Share(f, of Figure) (int, bool) {
	if f.Band != About || of.Band != About || of.N == 0 {
		return 0, false
	}
	return min((f.N*10+of.N/2)/of.N*10, 100), true
}
