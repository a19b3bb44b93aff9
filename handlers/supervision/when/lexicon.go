package when

import (
	"strings"
	"time"
)

// lexicon is the words that the package knows, each in all its forms.
type lexicon struct {
	months   map[string]time.Month
	days     map[string]time.Weekday
	numbers  map[string]int
	ordinals map[string]int
	units    map[string]Interval // one of it
	periods  map[string]Interval // "monthly"
	kinds    map[string]Kind
	relative map[string]int // today and its neighbours, in days
}

var words = newLexicon()

func newLexicon() *lexicon {
	return &lexicon{
		months:   months(),
		days:     weekdays(),
		numbers:  numbers(),
		ordinals: ordinals(),
		units:    units(),
		periods:  periods(),
		kinds:    kinds(),
		relative: relative(),
	}
}

// mutations is what the first letters of a Welsh word can turn into.
var mutations = []struct {
	from string
	to   []string
}{
	{"ll", []string{"l"}}, {"rh", []string{"r"}}, {"dd", nil}, {"ch", nil},
	{"p", []string{"b", "mh", "ph"}}, {"t", []string{"d", "nh", "th"}}, {"c", []string{"g", "ngh", "ch"}},
	{"b", []string{"f", "m"}}, {"d", []string{"dd", "n"}}, {"g", []string{"", "ng"}}, {"m", []string{"f"}},
}

// forms is a Welsh word and what it becomes after other words.
func forms(word string) []string {
	out := []string{word}
	for _, m := range mutations {
		if rest, ok := strings.CutPrefix(word, m.from); ok {
			for _, to := range m.to {
				out = append(out, to+rest)
			}
			break
		}
	}
	return out
}

// table maps words to what they mean: English ones as they are, Welsh ones,
// after a bar, in every mutated form. What is there already stays.
func table[T any](entries map[string]T) map[string]T {
	out := map[string]T{}
	for line, v := range entries {
		en, _, _ := strings.Cut(line, "|")
		for _, w := range strings.Fields(en) {
			out[w] = v
		}
	}
	for line, v := range entries {
		_, cy, _ := strings.Cut(line, "|")
		for _, w := range strings.Fields(cy) {
			for _, f := range forms(w) {
				if _, taken := out[f]; !taken {
					out[f] = v
				}
			}
		}
	}
	return out
}

func months() map[string]time.Month {
	return table(map[string]time.Month{
		"january jan | ionawr":          time.January,
		"february feb | chwefror chwef": time.February,
		"march mar | mawrth":            time.March,
		"april apr | ebrill":            time.April,
		"may | mai":                     time.May,
		"june jun | mehefin meh":        time.June,
		"july jul | gorffennaf gorff":   time.July,
		"august aug | awst":             time.August,
		"september sept sep | medi":     time.September,
		"october oct | hydref":          time.October,
		"november nov | tachwedd tach":  time.November,
		"december dec | rhagfyr rhag":   time.December,
	})
}

func weekdays() map[string]time.Weekday {
	return table(map[string]time.Weekday{
		"monday mondays mon | llun":               time.Monday,
		"tuesday tuesdays tue tues | mawrth":      time.Tuesday,
		"wednesday wednesdays wed weds | mercher": time.Wednesday,
		"thursday thursdays thu thur thurs | iau": time.Thursday,
		"friday fridays fri | gwener":             time.Friday,
		"saturday saturdays sat | sadwrn":         time.Saturday,
		"sunday sundays sun | sul":                time.Sunday,
	})
}

func numbers() map[string]int {
	return table(map[string]int{
		"zero | dim sero":            0,
		"a an one | un":              1,
		"two couple | dau dwy":       2,
		"three | tri tair":           3,
		"four | pedwar pedair":       4,
		"five | pump pum":            5,
		"six | chwech chwe":          6,
		"seven | saith":              7,
		"eight | wyth":               8,
		"nine | naw":                 9,
		"ten | deg deng":             10,
		"eleven":                     11,
		"twelve | deuddeg deuddeng":  12,
		"fifteen | pymtheg pymtheng": 15,
		"twenty | ugain":             20,
	})
}

func ordinals() map[string]int {
	return table(map[string]int{
		"first 1st | cyntaf 1af":                1,
		"second 2nd | ail 2il":                  2,
		"third 3rd | trydydd trydedd 3ydd":      3,
		"fourth 4th | pedwerydd pedwaredd 4ydd": 4,
		"last final | olaf":                     -1,
	})
}

func units() map[string]Interval {
	return table(map[string]Interval{
		"day days | diwrnod dydd dyddiau niwrnod": {Days: 1},
		"week weeks wk wks | wythnos wythnosau":   {Days: 7},
		"fortnight fortnights | pythefnos":        {Days: 14},
		"month months mth mths | mis misoedd":     {Months: 1},
		"quarter quarters | chwarter":             {Months: 3},
		"year years | blwyddyn mlynedd blynedd":   {Months: 12},
	})
}

func periods() map[string]Interval {
	return table(map[string]Interval{
		"daily | dyddiol":                    {Days: 1},
		"weekly | wythnosol":                 {Days: 7},
		"fortnightly | pythefnosol":          {Days: 14},
		"monthly | misol":                    {Months: 1},
		"quarterly | chwarterol":             {Months: 3},
		"yearly annually annual | blynyddol": {Months: 12},
	})
}

func relative() map[string]int {
	return map[string]int{
		"today": 0, "heddiw": 0, "now": 0, "tonight": 0,
		"tomorrow": 1, "tomoz": 1, "yfory": 1, "fory": 1,
		"yesterday": -1, "ddoe": -1, "echdoe": -2, "drennydd": 2,
	}
}

// kinds is the words that name a kind, strongest sense first in strength.
func kinds() map[string]Kind {
	return table(map[string]Kind{
		"line management manager managerial operational 1:1 1-1 1to1 121 | rheolaeth rheoli rheolwr llinell": Line,
		"peer peers professional lived practice | cymheiriaid cymar cyfoedion":                               Peer,
		"clinical caseload case | clinigol":                                                                  Clinical,
		"group reflective schwartz forum | grwp myfyriol":                                                    Group,
		"coreflection cosupervision | cydfyfyrio cydoruchwyliaeth":                                           CoReflection,
		"mentor mentoring mentorship buddy buddying | mentora mentor cyfaill":                                Mentor,
	})
}

// strength says which of two kinds that are both named is meant: "peer
// mentoring" is mentoring, "reflective practice" is a group.
var strength = map[Kind]int{Peer: 1, Line: 2, Clinical: 3, Group: 4, Mentor: 5, CoReflection: 6}

// Weekday is the day of the week that a folded word names.
func Weekday(word string) (time.Weekday, bool) {
	d, ok := words.days[word]
	return d, ok
}
