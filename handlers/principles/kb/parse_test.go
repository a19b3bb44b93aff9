package kb

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// entryFile is a whole entry of a deployer's that is right.
const entryFile = `---
id: car-park
title:
  en: Where do I park?
  cy: "Ble: ydw i'n parcio?"
terms: [car park, parking]
sources:
  - title: Estates leaflet
    place: page 2
related: []
checked: 2026-11-21
review: 2027-05-21
welsh: {reviewed: yes}
examples:
  en:
    - where do i park
    - "is there a permit: or what"
    - permit?
  cy:
    - ble mae'r maes parcio
---

## en

Park behind the **main** building. See [the map](https://example.org/map).

- Permits come from *reception*.
`

// good is entryFile without its one fault, the single asterisks.
var good = strings.ReplaceAll(entryFile, "*reception*", "reception")

func parseText(src string) (*Entry, Faults) { return parse("car-park.md", []byte(src), false) }

func TestAnEntryIsReadWhole(t *testing.T) {
	t.Parallel()
	e, faults := parseText(good)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if e.ID != "car-park" || e.Outcome != Answer || !e.WelshReviewed || e.Title.In("cy") != "Ble: ydw i'n parcio?" {
		t.Errorf("read %+v", e)
	}
	if e.Checked.Format("2 Jan 2006") != "21 Nov 2026" || e.Review.Year() != 2027 {
		t.Errorf("dates %v and %v", e.Checked, e.Review)
	}
	want := Examples{English: []string{"where do i park", "permit?", "is there a permit: or what"}, Welsh: []string{"ble mae'r maes parcio"}}
	if diff := cmp.Diff(want, e.Examples); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Source{{"Estates leaflet", "page 2"}}, e.Sources); diff != "" {
		t.Error(diff)
	}
	blocks := []Block{
		{Lines: [][]Span{{{Text: "Park behind the "}, {Text: "main", Bold: true}, {Text: " building. See "},
			{Text: "the map", Link: "https://example.org/map"}, {Text: "."}}}},
		{List: true, Lines: [][]Span{{{Text: "Permits come from reception."}}}},
	}
	if diff := cmp.Diff(blocks, e.Answer("en", "")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(blocks, e.Answer("cy", "")); diff != "" {
		t.Errorf("an entry without Welsh answers otherwise than in English: %s", diff)
	}
	if got := e.Lead("cy"); got != "Park behind the main building." {
		t.Errorf("the lead is %q", got)
	}
}

func TestEachFaultIsNamedWithItsLineAndARemedy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new, want string }{
		"no front matter":    {"---\nid", "id", "car-park.md:1: the first line must be ---"},
		"not closed":         {"---\n\n## en", "\n## en", "car-park.md:1: the front matter is not closed"},
		"bad YAML":           {"title:\n", "title: [\n", "not valid YAML"},
		"unquoted colon":     {`  cy: "Ble: ydw i'n parcio?"`, "  cy: Ble: ydw", "car-park.md:5: not valid YAML"},
		"unknown name":       {"terms:", "termz:", `car-park.md:6: unknown name "termz" in the front matter: there are id,`},
		"name twice":         {"related: []", "related: []\nrelated: []", "car-park.md:11: "},
		"id and file differ": {"id: car-park", "id: carpark", "car-park.md:2: id \"carpark\" does not match the file's name: call the file carpark.md"},
		"id with signs":      {"id: car-park", "id: Car Park", "car-park.md:2: id \"Car Park\": use small letters"},
		"no id":              {"id: car-park\n", "", "car-park.md:2: id is missing: write id:"},
		"unknown outcome":    {"terms:", "outcome: maybe\nterms:", "car-park.md:6: outcome \"maybe\": write answer,"},
		"no title":           {"  en: Where do I park?\n", "", "title has no en"},
		"day without year":   {"checked: 2026-11-21", "checked: 21/11", "car-park.md:11: checked: \"21/11\" is not a day: write it like 2026-11-21"},
		"review too early":   {"review: 2027-05-21", "review: 2025-05-21", "car-park.md:12: review lies before checked"},
		"reviewed perhaps":   {"reviewed: yes", "reviewed: perhaps", "car-park.md:13: welsh: reviewed is yes or no"},
		"no examples":        {"    - permit?\n", "    - [a, b]\n", "car-park.md:18: an item of examples: en must be text"},
		"example twice":      {"    - permit?\n", "    - Where do I PARK\n", `car-park.md:18: "Where do I PARK" occurs twice in examples: en: take one out`},
		"empty example":      {"    - permit?\n", "    - \"\"\n", "car-park.md:18: an empty item in examples: en"},
		"source is text":     {"  - title: Estates leaflet\n    place: page 2", "  - Estates leaflet", "car-park.md:8: a source must be lines of the form name: value"},
		"related to itself":  {"related: []", "related: [car-park]", "car-park.md:10: an entry is not related to itself"},
		"unknown section":    {"## en", "## fr", `car-park.md:23: unknown section "fr": there are ## en,`},
		"text before":        {"## en", "hello\n## en", "text before the first section"},
		"empty section":      {"## en", "## cy\n\n## en", `car-park.md:23: section "cy" is empty`},
		"nation alone":       {"## en", "## cy wales\n\nHelo.\n\n## en", "needs a section ## cy beside it"},
		"heading":            {"Park behind", "### Park\n\nPark behind", "car-park.md:25: a heading: an answer has only paragraphs"},
		"italics":            {"reception", "*reception*", "car-park.md:27: *one asterisk*"},
		"numbered list":      {"- Permits", "1. Permits", "car-park.md:27: a numbered list: write bullets"},
		"HTML":               {"Park behind", "<b>Park</b> behind", "car-park.md:25: pictures, HTML and code cannot be shown"},
		"link to nowhere":    {"https://example.org/map", "map.html", `car-park.md:25: link to "map.html": write a whole web address`},
		"too long":           {"Park behind", strings.Repeat("Park behind the house. ", 60), "characters; at most 1200: shorten it"},
		"too many bullets":   {"- Permits", strings.Repeat("- Permit\n", 5) + "- Permits", "6 bullets; at most 5"},
		"not UTF-8":          {"Park", "\xff", "car-park.md:25: not UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(good, c.old) {
				t.Fatalf("the fixture lacks %q", c.old)
			}
			_, faults := parseText(strings.Replace(good, c.old, c.new, 1))
			if !strings.Contains(faults.Error(), c.want) {
				t.Errorf("got:\n%v\nwant: %s", faults, c.want)
			}
		})
	}
}

func TestAllFaultsOfAllFilesAreReportedAtOnce(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{
		"a.md":      {Data: []byte(strings.NewReplacer("car-park", "a", "2026-11-21", "today", "## en", "## xx").Replace(good))},
		"b.md":      {Data: []byte("nothing")},
		"README.md": {Data: []byte("about these files")},
	}
	_, err := Read(folder, nil)
	var faults Faults
	if !errors.As(err, &faults) {
		t.Fatalf("error %v is not Faults", err)
	}
	var at []string
	for _, f := range faults {
		at = append(at, fmt.Sprintf("%s:%d", f.File, f.Line))
	}
	// Ours need Welsh and related entries too.
	want := []string{"a.md:0", "a.md:0", "a.md:10", "a.md:11", "a.md:23", "b.md:1"}
	if !slices.Equal(at, want) {
		t.Errorf("faults at %v, want %v:\n%v", at, want, err)
	}
}

func TestWindowsLineEndsAndAByteOrderMarkDoNoHarm(t *testing.T) {
	t.Parallel()
	e, faults := parseText("\ufeff" + strings.ReplaceAll(good, "\n", "\r\n"))
	if len(faults) > 0 || len(e.Examples.English) != 3 {
		t.Errorf("%v, %v", faults, e.Examples)
	}
}

func TestNationParagraphsAreShownInTheirNation(t *testing.T) {
	t.Parallel()
	e, faults := parseText(good + "\n## en wales\n\nIn Wales, the barn.\n\n## en england\n\nIn England, the yard.\n")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	const wales, england = "In Wales, the barn.", "In England, the yard."
	for nation, want := range map[string][]string{"": nil, Wales: {wales}, England: {england}, Both: {england, wales}} {
		var got []string
		for _, b := range e.Answer("en", nation)[2:] {
			got = append(got, plain(b.Lines[0]))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", nation, diff)
		}
	}
}

func TestReadingExamplesFastGivesWhatYAMLGives(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(Embedded(), "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(Embedded(), name)
		if err != nil {
			t.Fatal(err)
		}
		fast, _ := parse(name, data, true)
		// A space after the colon and the short cut no longer knows the field.
		slow, _ := parse(name, []byte(strings.Replace(string(data), examplesField, "\nexamples: \n", 1)), true)
		a, b := slices.Sorted(slices.Values(fast.questions())), slices.Sorted(slices.Values(slow.questions()))
		if diff := cmp.Diff(b, a); diff != "" {
			t.Errorf("%s (-YAML +fast):\n%s", name, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(entryFile))
	f.Add([]byte("---\nid: x\nexamples:\n  en:\n    - a\n      b\n---\n## en\n\n- [x](y)\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, faults := parse("x.md", data, len(data)%2 == 0)
		for _, fault := range faults {
			if fault.Line < 0 || fault.Line > strings.Count(string(data), "\n")+2 {
				t.Errorf("line %d of %d: %s", fault.Line, strings.Count(string(data), "\n"), fault.Text)
			}
		}
		if len(faults) == 0 && e.Outcome == Answer && strings.TrimSpace(e.Lead("en")) == "" {
			t.Errorf("no lead in %q", data)
		}
		e.sentences()
	})
}
