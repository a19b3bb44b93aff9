package document

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

// laid is the blocks of an overview, one a line.
func laid(all []block) string {
	names := map[kind]string{kindTitle: "title", kindDate: "date", kindHeading: "heading", kindText: "text", kindBullet: "bullet", kindChart: "chart", kindNote: "note", kindSaid: "said"}
	var b strings.Builder
	for _, x := range all {
		fmt.Fprintf(&b, "%s %s", names[x.kind], x.text)
		if x.lang != "" {
			fmt.Fprintf(&b, " (%s)", x.lang)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestAnOverviewIsLaidOutInItsOrder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		o    Overview
		want string
	}{
		"nothing": {Overview{}, "title \n"},
		"the genre: prose without headings": {
			Overview{Title: "T", DateLine: "D", Paragraphs: []Paragraph{{Text: "one"}, {Text: "two"}}},
			"title T\ndate D\ntext one\ntext two\n",
		},
		"headings and languages": {
			Overview{Title: "T", Paragraphs: []Paragraph{{Heading: "H", Text: "un", Lang: Welsh}}},
			"title T\nheading H (cy)\ntext un (cy)\n",
		},
		"a paragraph that somebody divided": {
			Overview{Title: "T", Paragraphs: []Paragraph{{Text: "one\n\n\n\ntwo\nstill two\n\n"}}},
			"title T\ntext one\ntext two\nstill two\n",
		},
		"a heading alone": {
			Overview{Title: "T", Paragraphs: []Paragraph{{Heading: "H"}}},
			"title T\nheading H\n",
		},
		"lists, the empty ones left out": {
			Overview{Title: "T", Lists: []List{{Heading: "A", Items: []Item{{Text: "x"}, {Text: "y"}}}, {Heading: "B"}}, Note: "N"},
			"title T\nheading A\nbullet x\nbullet y\nnote N\n",
		},
		"the chart before the lists": {
			Overview{Title: "T", Paragraphs: []Paragraph{{Text: "one"}}, Chart: &Chart{Alt: "words"}, Lists: []List{{Heading: "A", Items: []Item{{Text: "x"}}}}},
			"title T\ntext one\nchart words\nheading A\nbullet x\n",
		},
	} {
		if got := laid(c.o.blocks()); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", name, got, c.want)
		}
	}
}

func TestAnAnnexIsLaidOutByParagraph(t *testing.T) {
	t.Parallel()
	o := Overview{Title: "T", DateLine: "D", Lang: Welsh, Paragraphs: []Paragraph{
		{Text: "nobody said this"},
		{Heading: "H", Text: "one", Evidence: []Said{{When: "14:01", Text: "a"}, {Who: "Ann", Text: "b"}, {Text: "c", Lang: English}}},
	}, Lists: []List{{Heading: "L", Items: []Item{{Text: "x", Evidence: []Said{{When: "14:02", Who: "Bob", Text: "d"}}}, {Text: "y"}}}}}
	a := o.Annex("Evidence", "private")
	want := "title Evidence\ndate D\nnote private\nheading H\ntext one\nsaid 14:01: a\nsaid Ann: b\nsaid c (en)\nheading L: x\nsaid 14:02 Bob: d\n"
	if got := laid(a.annexBlocks()); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if a.Lang != Welsh || a.Chart != nil {
		t.Errorf("%+v", a)
	}
}

func TestMarksThatNoDocumentCanHoldAreTakenOut(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain": "plain", "a\x00b\x1bc\x7fd": "abcd", "a\u202eb\u2066c\u200ed": "abcd", "a\ufffeb\uffffc": "abc", "tab\tand\nline": "tab\tand\nline",
		"é ŵ 👩\u200d🚀": "é ŵ 👩\u200d🚀", string([]byte{'a', 0xff, 'b'}): "ab", "a\u2028b": "ab", "a\ufeffb": "ab", "a\u0085b": "ab",
	} {
		if got := plain(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestEvenAnEmptyOverviewIsADocument(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer, Overview) error{"docx": DOCX, "docx annex": DOCXAnnex} {
		parts := unzip(t, written(t, write, Overview{}))
		checkTypes(t, parts)
		checkRelations(t, parts)
		for part, data := range parts {
			checkXML(t, name+" "+part, data)
		}
	}
	page := string(written(t, HTML, Overview{}))
	if !strings.Contains(page, "<main") || strings.Contains(page, "<section") || strings.Contains(page, "<footer") {
		t.Errorf("%s", page)
	}
	if md := string(written(t, Markdown, Overview{})); md != "# \n" {
		t.Errorf("%q", md)
	}
	if got, err := readBack(written(t, DOCX, Overview{})); err != nil || len(got.Texts()) != 0 {
		t.Errorf("%v %+v", err, got)
	}
}

func TestAWidePictureIsMadeToFitThePage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ width, high, cx, cy int }{{400, 100, 400 * emuPerPixel, 100 * emuPerPixel}, {2000, 1000, textWidth, textWidth / 2}} {
		got := picture(Chart{Width: c.width, High: c.high})
		if want := fmt.Sprintf(`<wp:extent cx="%d" cy="%d"/>`, c.cx, c.cy); !strings.Contains(got, want) {
			t.Errorf("%d by %d lacks %s: %.200s", c.width, c.high, want, got)
		}
	}
}

func TestALineBreakStaysOneInWord(t *testing.T) {
	t.Parallel()
	o := Overview{Title: "T", Paragraphs: []Paragraph{{Text: "one\ntwo"}}}
	b := written(t, DOCX, o)
	if doc := unzip(t, b)["word/document.xml"]; !bytes.Contains(doc, []byte(`one</w:t><w:br/><w:t xml:space="preserve">two</w:t>`)) {
		t.Errorf("%s", doc)
	}
	if got, err := readBack(b); err != nil || got.Paragraphs[0].Text != "one\ntwo" {
		t.Errorf("%v %+v", err, got)
	}
}

func TestALanguageIsSaidOnlyWhereItIsAnother(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, whole string
		tagged      bool
	}{{"", English, false}, {English, "", false}, {English, English, false}, {Welsh, English, true}, {Welsh, "", true}, {English, Welsh, true}, {Welsh, Welsh, false}} {
		if got := strings.Contains(run("x", c.lang, c.whole, ""), "w:lang"); got != c.tagged {
			t.Errorf("%q in a document in %q: %v", c.lang, c.whole, got)
		}
	}
}

func TestOneRunOfBulletsIsOneListInMarkdown(t *testing.T) {
	t.Parallel()
	o := Overview{Title: "T", Lists: []List{{Heading: "A", Items: []Item{{Text: "x\ny"}, {Text: "z"}}}, {Heading: "B", Items: []Item{{Text: "w"}}}}}
	if got := string(written(t, Markdown, o)); got != "# T\n\n## A\n\n- x y\n- z\n\n## B\n\n- w\n" {
		t.Errorf("%q", got)
	}
}
