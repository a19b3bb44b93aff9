package traits

import (
	"math/bits"

	"cymar/text/linear"
)

var (
	idFrame  = linear.ID("f:")
	idAround = linear.ID("a:")
	idLength = linear.ID("len:")
)

// ofFrames: the kinds of talk that the piece shows, those of the sentences
// around it, and its length.
func (d *describer) ofFrames() {
	f := d.piece.frames
	d.add(linear.Extend(idLength, lengthOf(len(d.piece.words))), lengthWeight)
	for rest := f; rest != 0; rest &= rest - 1 {
		d.add(bit(idFrame, rest), frameWeight)
	}
	for rest := d.around &^ f; rest != 0; rest &= rest - 1 {
		d.add(bit(idAround, rest), aroundWeight)
	}
}

func bit(base uint32, f frames) uint32 {
	return linear.Extend(base, string(rune('A'+bits.TrailingZeros32(uint32(f)))))
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
