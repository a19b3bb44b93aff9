package transcript

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// The encodings that are told apart.
const (
	encUTF8  = "utf-8"
	encUTF16 = "utf-16"
	enc1252  = "windows-1252"
)

// decode turns the bytes of a file into text with plain line ends and without
// invisible characters. It reports false where the bytes are no text.
func decode(b []byte) (text, encoding string, ok bool) {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		text, encoding = string(b[3:]), encUTF8
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		text, encoding = fromUTF16(b[2:], 0), encUTF16
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		text, encoding = fromUTF16(b[2:], 1), encUTF16
	default:
		text, encoding = withoutMark(b)
	}
	if binary(text) {
		return "", "", false
	}
	return clean(mend(text)), encoding, true
}

// withoutMark decides by what the bytes look like: every other byte zero is
// UTF-16, valid UTF-8 is UTF-8, anything else was written by old Windows
// programs. A UTF-8 file that was cut off in the middle of a character stays
// UTF-8.
func withoutMark(b []byte) (text, encoding string) {
	if low := zeroSide(b); low >= 0 {
		return fromUTF16(b, low), encUTF16
	}
	if utf8.Valid(b) || utf8.Valid(trimPartial(b)) {
		return strings.ToValidUTF8(string(b), ""), encUTF8
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), ""), encUTF8
	}
	return string(s), enc1252
}

// zeroSide tells where the low byte of each pair is, from the other being
// mostly zero: 0 or 1, and -1 where neither is.
func zeroSide(b []byte) int {
	n := min(len(b), 4096) &^ 1
	if n < 8 {
		return -1
	}
	var zeros [2]int
	for i := range n {
		if b[i] == 0 {
			zeros[i&1]++
		}
	}
	switch half := n / 2; {
	case zeros[1] > half*6/10 && zeros[0] < half/10:
		return 0
	case zeros[0] > half*6/10 && zeros[1] < half/10:
		return 1
	}
	return -1
}

// fromUTF16 reads pairs of bytes. Low is the index of the low byte in a pair.
func fromUTF16(b []byte, low int) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		lo, high := b[2*i], b[2*i+1]
		if low == 1 {
			lo, high = high, lo
		}
		u[i] = uint16(lo) | uint16(high)<<8
	}
	return string(utf16.Decode(u))
}

func trimPartial(b []byte) []byte {
	for i := 1; i <= 3 && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			return b[:len(b)-i]
		}
	}
	return b
}

// binary reports that a text has more control characters than text ever has.
func binary(s string) bool {
	head := s[:min(len(s), 16<<10)]
	bad := 0
	for i := range len(head) {
		if c := head[i]; c < 0x09 || c > 0x0d && c < 0x20 && c != 0x1b {
			bad++
		}
	}
	return bad > 4+len(head)/200
}

// mend puts right the lines that were written as UTF-8, read as Windows-1252
// and saved again: "donâ€™t". A line is left alone where there is no way back.
func mend(s string) string {
	if !mangled(s) {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if !mangled(l) {
			continue
		}
		if b, err := charmap.Windows1252.NewEncoder().String(l); err == nil && utf8.ValidString(b) {
			lines[i] = b
		}
	}
	return strings.Join(lines, "\n")
}

func mangled(s string) bool {
	return strings.Contains(s, "â€") || strings.Contains(s, "Ã") || strings.Contains(s, "ðŸ")
}

// clean drops direction marks and control characters, and makes every line end
// a line feed and every kind of space a space.
func clean(s string) string {
	s = strings.NewReplacer("\r\r\n", "\n", "\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u00a0' || r == '\u202f' || r == '\u2007' || r == '\u2009':
			return ' '
		case invisible(r):
			return -1
		}
		return r
	}, s)
}

// invisible characters change how a text is shown but say nothing. The joiner
// U+200D is kept, because emoji are made with it.
func invisible(r rune) bool {
	switch {
	case r == 0x200b, r == 0x200e, r == 0x200f, r == 0x00ad, r == 0xfeff, r == 0x061c, r == 0x2060,
		r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return unicode.Is(unicode.Cc, r)
}
