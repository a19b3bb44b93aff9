package traits

import (
	"math/bits"

	"cymar/text/linear"
)

var (
	idFrame   = linear.ID("f:")
	idCross   = linear.ID("x:")
	idAround  = linear.ID("a:")
	idSubject = linear.ID("subj:")
	idKind    = linear.ID("kind:")
	idLength  = linear.ID("len:")
)

// ofFrames: who is spoken of, which kind of talk it is, and both crossed with
// the core concepts: the same words mean one thing of oneself tonight and
// another in a question about practice.
func (d *describer) ofFrames() {
	f := d.piece.frames
	subject, kind := subjectOf(f), kindOf(f, d.piece.question)
	d.add(linear.Extend(idSubject, subject), frameWeight)
	d.add(linear.Extend(idKind, kind), frameWeight)
	d.add(linear.Extend(linear.Extend(linear.Extend(idSubject, subject), "|"), kind), frameWeight)
	d.add(linear.Extend(idLength, lengthOf(len(d.piece.words))), 0.5)
	for rest := f; rest != 0; rest &= rest - 1 {
		d.add(bit(idFrame, rest), frameWeight)
	}
	for rest := d.around &^ f; rest != 0; rest &= rest - 1 {
		d.add(bit(idAround, rest), aroundWeight)
	}
	d.cross(subject, kind)
	d.ofPatterns(subject, kind)
}

func bit(base uint32, f frames) uint32 {
	return linear.Extend(base, string(rune('A'+bits.TrailingZeros32(uint32(f)))))
}

func (d *describer) cross(subject, kind string) {
	for _, it := range d.piece.items {
		for _, c := range it.concepts {
			if !d.r.c.core[c] {
				continue
			}
			id := d.concept(idCross, c, it.quoted)
			d.add(linear.Extend(linear.Extend(id, "/"), subject), crossWeight)
			d.add(linear.Extend(linear.Extend(id, ":"), kind), crossWeight)
		}
	}
}

// subjectOf says whom a piece is about.
func subjectOf(f frames) string {
	other := f & (kin | patient | someone)
	switch {
	case f&self != 0 && other == 0 && f&people == 0:
		return "self"
	case f&self != 0 && other != 0:
		if f&said != 0 {
			return "self+other said"
		}
		return "self+other"
	case f&self != 0:
		return "self+people"
	case f&people != 0:
		return "people"
	case f&kin != 0, f&patient != 0:
		if f&said != 0 {
			return "other said"
		}
		return "other"
	case f&someone != 0:
		return "someone"
	}
	return "none"
}

// kindOf says which kind of talk a piece is, the most telling first.
func kindOf(f frames, question bool) string {
	q := ""
	if question {
		q = "?"
	}
	switch {
	case f&scenario != 0:
		return "scenario" + q
	case f&practice != 0:
		return "practice" + q
	case f&past != 0 && f&now == 0:
		return "past" + q
	case f&(training|policy) != 0:
		return "training" + q
	case f&(tech|meeting|leave|food|leisure) != 0:
		return "daily" + q
	case f&laugh != 0:
		return "laugh" + q
	case f&past != 0:
		return "past now" + q
	case f&now != 0:
		return "now" + q
	}
	return "plain" + q
}

func lengthOf(n int) string {
	switch {
	case n <= 2:
		return "2"
	case n <= 4:
		return "4"
	case n <= 8:
		return "8"
	case n <= 14:
		return "14"
	case n <= 22:
		return "22"
	}
	return "long"
}
