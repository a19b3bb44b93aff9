package transcript

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

func english(t time.Time) string  { return t.Format("Monday 2 January") }
func american(t time.Time) string { return t.Format("Monday, January ") + ordinalOf(t.Day()) }
func numeric(t time.Time) string  { return t.Format("02/01/2006") }
func welsh(t time.Time) string {
	days := [...]string{"Sul", "Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn"}
	months := [...]string{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"}
	return fmt.Sprintf("Dydd %s %d %s", days[t.Weekday()], t.Day(), months[t.Month()-1])
}

func ordinalOf(n int) string {
	suffix := "th"
	if n/10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprint(n, suffix)
}

func utf16Bytes(s string, big bool) []byte {
	u := utf16.Encode([]rune("\ufeff" + s))
	b := make([]byte, 0, 2*len(u))
	for _, c := range u {
		if big {
			b = append(b, byte(c>>8), byte(c))
		} else {
			b = append(b, byte(c), byte(c>>8))
		}
	}
	return b
}

// layoutCases are the ways in which one chat may be copied as text.
var layoutCases = map[string]func(t Transcript) []byte{
	"brackets": func(t Transcript) []byte {
		return []byte(bracketed(t.Messages, knobs{clock: "15:04", indent: "    ", reacts: "words"}))
	},
	"brackets with dates, marks and CRLF": func(t Transcript) []byte {
		return []byte(crlf(bracketed(t.Messages, knobs{clock: "15:04", date: "02/01/2006", marks: true, reacts: "words"})))
	},
	"brackets with am and pm": func(t Transcript) []byte {
		return []byte(bracketed(t.Messages, knobs{clock: "3:04 PM", date: "02/01/2006", indent: "\t", reacts: "emoji"}))
	},
	"brackets with a colon and American dates": func(t Transcript) []byte {
		return []byte(bracketed(t.Messages, knobs{clock: "3:04 PM", date: "1/2/2006", colon: true}))
	},
	"brackets and text on one line": func(t Transcript) []byte {
		return []byte(sameLine(t.Messages, knobs{clock: "15:04:05", date: "02/01/2006,"}, "[%s] %s: %s"))
	},
	"dash log": func(t Transcript) []byte {
		return []byte(sameLine(t.Messages, knobs{clock: "15:04", date: "02/01/2006,"}, "%s - %s: %s"))
	},
	"plain log": func(t Transcript) []byte {
		return []byte(sameLine(t.Messages, knobs{clock: "15:04", date: "2006-01-02"}, "%s %s: %s"))
	},
	"name comma time": func(t Transcript) []byte {
		return []byte(commaNamed(t.Messages, knobs{clock: "15:04"}, t.Title))
	},
	"name comma time with dates": func(t Transcript) []byte {
		return []byte(commaNamed(t.Messages, knobs{clock: "15:04", date: "02/01", dateLast: true, reacts: "emoji"}, t.Title))
	},
	"name bar time": func(t Transcript) []byte {
		return []byte(commaNamed(t.Messages, knobs{clock: "15:04", date: "2 January 2006", wideSep: " | "}, ""))
	},
	"name and time on one line": func(t Transcript) []byte {
		return []byte(commaNamed(t.Messages, knobs{clock: "3:04 PM", wideSep: "  ", reacts: "codes"}, ""))
	},
	"name with time in brackets": func(t Transcript) []byte {
		return []byte(commaNamed(t.Messages, knobs{clock: "15:04", wideSep: " [", date: ""}, ""))
	},
	"new layout": func(t Transcript) []byte {
		return []byte(twoLines(t.Messages, knobs{clock: "15:04", divider: english, quotes: true, reacts: "emoji", runs: true}))
	},
	"new layout with am and pm": func(t Transcript) []byte {
		return []byte(crlf(twoLines(t.Messages, knobs{clock: "3:04 pm", divider: numeric, quotes: true, reacts: "tight", runs: true})))
	},
	"new layout with full dates": func(t Transcript) []byte {
		return []byte(twoLines(t.Messages, knobs{clock: "15:04", date: "02/01/2006", quotes: true, reacts: "spoken"}))
	},
	"new layout in Welsh": func(t Transcript) []byte {
		return []byte(twoLines(t.Messages, knobs{clock: "15:04", divider: welsh, quotes: true, reacts: "emoji", runs: true, welsh: true}))
	},
	"Slack window": func(t Transcript) []byte {
		return []byte(twoLines(t.Messages, knobs{clock: "3:04 PM", divider: american, indent: "  ", reacts: "codes", runs: true}))
	},
	"Slack window with 24 hours": func(t Transcript) []byte {
		return []byte(twoLines(t.Messages, knobs{clock: "15:04", divider: american, indent: "  ", reacts: "codes"}))
	},
	"select all": func(t Transcript) []byte {
		return []byte(selected(t.Messages, knobs{clock: "15:04", date: "02/01/2006", quotes: true, reacts: "spoken"}))
	},
	"select all with am and pm": func(t Transcript) []byte {
		return []byte(selected(t.Messages, knobs{clock: "3:04 PM", date: "02/01/2006", quotes: true, reacts: "spoken"}))
	},
	"Zoom": func(t Transcript) []byte {
		return []byte(zoomed(t.Messages, knobs{quotes: true}, "%s From %s to Everyone:"))
	},
	"Zoom of old": func(t Transcript) []byte {
		return []byte(crlf(sameLine(t.Messages, knobs{clock: "15:04:05"}, "%s\t From  %s : %s")))
	},
	"Zoom of old to Everyone": func(t Transcript) []byte {
		return []byte(crlf(sameLine(t.Messages, knobs{clock: "15:04:05"}, "%s From %s to Everyone: %s")))
	},
	"time above name": func(t Transcript) []byte {
		return []byte(above(t.Messages, knobs{clock: "15:04", date: "02/01/2006"}))
	},
	"UTF-16, little end first": func(t Transcript) []byte {
		return utf16Bytes(crlf(bracketed(t.Messages, knobs{clock: "15:04", date: "02/01/2006"})), false)
	},
	"UTF-16, big end first": func(t Transcript) []byte {
		return utf16Bytes(twoLines(t.Messages, knobs{clock: "15:04", divider: english, runs: true}), true)
	},
}

func TestAChatIsReadBackFromEveryLayoutInWhichItMayBeCopied(t *testing.T) {
	t.Parallel()
	for _, name := range chatNames(t) {
		for layout, render := range layoutCases {
			t.Run(layout+"/"+name, func(t *testing.T) {
				t.Parallel()
				want := chat(t, name)
				got, r, err := Read("chat.txt", strings.NewReader(string(render(want))), Options{Now: laterThatYear})
				if err != nil {
					t.Fatal(err)
				}
				mustAgree(t, compare(want.Messages, got.Messages), 0.99, 0.99, 0.98)
				if len(r.Faults) > 0 {
					t.Errorf("faults: %+v", r.Faults[:min(5, len(r.Faults))])
				}
			})
		}
	}
}

func TestOldWindowsTextKeepsItsLetters(t *testing.T) {
	t.Parallel()
	want := chat(t, "gogledd-rural-bilingual")
	for i := range want.Messages { // the old code page has no emoji and no ŵ
		want.Messages[i].Text = onlyLatin(want.Messages[i].Text)
		want.Messages[i].Author = onlyLatin(want.Messages[i].Author)
	}
	b, err := charmap.Windows1252.NewEncoder().String(crlf(bracketed(want.Messages, knobs{clock: "15:04", date: "02/01/2006"})))
	if err != nil {
		t.Fatal(err)
	}
	got, r, err := Read("chat.txt", strings.NewReader(b), Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustAgree(t, compare(want.Messages, got.Messages), 0.98, 0.99, 0.99)
	if r.Pieces[0].Encoding != "windows-1252" {
		t.Errorf("encoding %q", r.Pieces[0].Encoding)
	}
}

func onlyLatin(s string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := charmap.Windows1252.EncodeRune(r); ok {
			return r
		}
		return 'x'
	}, s)
}
