package words_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"cymar/bot"
	"cymar/bot/words"
)

func catalogue(t *testing.T, en, cy string) (*words.Catalogue, error) {
	t.Helper()
	return words.New(fstest.MapFS{
		"en.yaml": {Data: []byte(en)},
		"cy.yaml": {Data: []byte(cy)},
	})
}

func TestAStringIsSaidInTheLanguageAskedFor(t *testing.T) {
	t.Parallel()
	c, err := catalogue(t, "hello: Hello {{.Name}}", "hello: {description: 'reviewed: no', other: 'Helo {{.Name}}'}")
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[bot.Lang]string{bot.English: "Hello Bea", bot.Welsh: "Helo Bea", "": "Hello Bea"} {
		if got := c.Say(lang, "hello", words.Data{"Name": "Bea"}); got != want {
			t.Errorf("in %q: %q, want %q", lang, got, want)
		}
	}
}

func TestWelshPluralsHaveTheirOwnForms(t *testing.T) {
	t.Parallel()
	c, err := catalogue(t,
		"dog: {one: '{{.N}} dog', other: '{{.N}} dogs'}",
		"dog: {description: 'reviewed: no', zero: 'dim cŵn', one: '{{.N}} ci', two: '{{.N}} gi', few: '{{.N}} chi', many: '{{.N}} chi', other: '{{.N}} ci'}")
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]string{0: "dim cŵn", 1: "1 ci", 2: "2 gi", 3: "3 chi", 6: "6 chi", 9: "9 ci"} {
		if got := c.Count(bot.Welsh, "dog", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := c.Count(bot.English, "dog", 1); got != "1 dog" {
		t.Errorf("one in English: %q", got)
	}
}

func TestAStringMissingInOneLanguageIsRefused(t *testing.T) {
	t.Parallel()
	_, err := catalogue(t, "a: A\nb: B", "a: {description: 'reviewed: no', other: A}\nc: {description: 'reviewed: yes', other: C}")
	for _, want := range []string{`"b" has no Welsh`, `"c" has no English`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not say %q", err, want)
		}
	}
}

func TestWelshThatDoesNotSayWhetherItWasReviewedIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := catalogue(t, "a: A", "a: A"); err == nil || !strings.Contains(err.Error(), "reviewed") {
		t.Errorf("error %v", err)
	}
}

func TestAMissingStringShowsItsID(t *testing.T) {
	t.Parallel()
	c, err := words.Core()
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Say(bot.Welsh, "core.nothing"); !strings.Contains(got, "core.nothing") || c.Has("core.nothing") {
		t.Errorf("got %q", got)
	}
	if !c.Has("core.apology") {
		t.Error("the apology is missing")
	}
}

func TestTheLanguageIsTheMessagesElseThePersonsElseTheSpaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		said          string
		person, space bot.Lang
		want          bot.Lang
	}{
		{"beth yw egwyddorion cefnogaeth gan gymheiriaid", bot.English, bot.English, bot.Welsh},
		{"what are the principles of peer support", bot.Welsh, bot.Welsh, bot.English},
		{"PSW?", bot.Welsh, bot.English, bot.Welsh},
		{"PSW?", "", bot.Welsh, bot.Welsh},
		{"", "", "", bot.English},
	} {
		if got := words.Choose(c.said, c.person, c.space); got != c.want {
			t.Errorf("Choose(%q, %q, %q) = %q, want %q", c.said, c.person, c.space, got, c.want)
		}
	}
}
