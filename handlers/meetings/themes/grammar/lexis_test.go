package grammar

import (
	"strings"
	"testing"
)

func TestVerbsAreInflected(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ base, third, past, ing string }{
		{"share", "shares", "shared", "sharing"},
		{"ask", "asks", "asked", "asking"},
		{"carry", "carries", "carried", "carrying"},
		{"stay", "stays", "stayed", "staying"},
		{"plan", "plans", "planned", "planning"},
		{"refer", "refers", "referred", "referring"},
		{"travel", "travels", "travelled", "travelling"},
		{"offer", "offers", "offered", "offering"},
		{"listen", "listens", "listened", "listening"},
		{"watch", "watches", "watched", "watching"},
		{"fix", "fixes", "fixed", "fixing"},
		{"agree", "agrees", "agreed", "agreeing"},
		{"die", "dies", "died", "dying"},
		{"visit", "visits", "visited", "visiting"},
		{"equip", "equips", "equipped", "equipping"},
		{"need", "needs", "needed", "needing"},
		{"show", "shows", "showed", "showing"},
	} {
		if got := third(c.base); got != c.third {
			t.Errorf("third person of %q is %q, want %q", c.base, got, c.third)
		}
		if got := past(c.base); got != c.past {
			t.Errorf("past of %q is %q, want %q", c.base, got, c.past)
		}
		if got := ing(c.base); got != c.ing {
			t.Errorf("-ing of %q is %q, want %q", c.base, got, c.ing)
		}
	}
}

func TestIrregularVerbsKeepTheirForms(t *testing.T) {
	t.Parallel()
	lx := loadLexis()
	for base, want := range map[string][3]string{
		"write": {"writes", "wrote", "written"}, "go": {"goes", "went", "gone"}, "keep": {"keeps", "kept", "kept"},
		"choose": {"chooses", "chose", "chosen"}, "cost": {"costs", "cost", "cost"},
	} {
		v := lx.verbs[base]
		if got := [3]string{v.third, v.past, v.partic}; got != want {
			t.Errorf("%q has the forms %v, want %v", base, got, want)
		}
	}
}

func TestNounsGetTheirPlural(t *testing.T) {
	t.Parallel()
	for one, many := range map[string]string{"peer": "peers", "policy": "policies", "day": "days", "crisis": "crises", "person": "people",
		"child": "children", "staff": "staff", "box": "boxes", "church": "churches", "class": "classes", "diagnosis": "diagnoses", "life": "lives"} {
		if got := Plural(one); got != many {
			t.Errorf("plural of %q is %q, want %q", one, got, many)
		}
	}
}

func TestAbbreviationsThatEndInSAreNotPlural(t *testing.T) {
	t.Parallel()
	lx := loadLexis()
	for w, want := range map[string]bool{"dbs": false, "nhs": false, "camhs": false, "psws": true, "gps": true, "peers": true, "class": false, "staff": true, "widgets": true} {
		if isPlural(lx, w) != want {
			t.Errorf("isPlural(%q) is not %v", w, want)
		}
	}
}

func TestTheArticleFitsTheSound(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string]string{"idea": "an", "peer": "a", "hour of reflection": "an", "honest talk": "an", "university": "a",
		"one-page note": "a", "NHS trust": "an", "HR policy": "an", "MoU": "an", "uninvited visit": "an", "useful list": "a", "": "a"} {
		if got := Article(phrase); got != want {
			t.Errorf("%q takes %q, want %q", phrase, got, want)
		}
	}
}

func TestTheDictionaryIsReadWithoutFaults(t *testing.T) {
	t.Parallel()
	lx, err := parseLexis(wordsFile, moreFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(lx.forms) < 6000 || len(lx.verbs) < 600 {
		t.Errorf("%d forms and %d verbs are too few", len(lx.forms), len(lx.verbs))
	}
	for w := range lx.forms {
		if w != strings.ToLower(w) || strings.ContainsAny(w, "#@ ") {
			t.Errorf("%q is not a plain word", w)
		}
	}
}

func TestAFaultyDictionaryIsRefused(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"@irregular\nbe was", "@colours\nred\n"} {
		if _, err := parseLexis(file, ""); err == nil {
			t.Errorf("%q is read without a fault", file)
		}
	}
}

func TestNamesAndSlipsAreNotKnownWords(t *testing.T) {
	t.Parallel()
	for _, w := range []string{"marcus", "wrexham", "siobhan", "superviison", "kestrel"} {
		if Known(w) {
			t.Errorf("%q is taken for an ordinary word", w)
		}
	}
	for _, w := range []string{"supervision", "the", "peers", "sharing", "written"} {
		if !Known(w) {
			t.Errorf("%q is not known", w)
		}
	}
}

func TestKindsOfNounsAreTold(t *testing.T) {
	t.Parallel()
	if !IsMass("supervision") || IsMass("policy") {
		t.Error("what has no plural is not told from what has")
	}
	if !IsPerson("managers") || IsPerson("policy") {
		t.Error("people are not told from things")
	}
	if !IsNoun("ward") || IsNoun("because") {
		t.Error("nouns are not told from other words")
	}
	if !Capital("nhs") || !Capital("monday") || Capital("ward") || Capital("may") {
		t.Error("words that are always written with a capital are not told")
	}
}
