package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"
)

func TestThePageIsAsItWas(t *testing.T) {
	t.Parallel()
	golden(t, "overview.html", written(t, HTML, sample(t)))
	golden(t, "annex.html", written(t, HTMLAnnex, sample(t).Annex("Evidence", "For the facilitator only")))
}

func TestMarkdownIsAsItWas(t *testing.T) {
	t.Parallel()
	golden(t, "overview.md", written(t, Markdown, sample(t)))
	golden(t, "annex.md", written(t, MarkdownAnnex, sample(t).Annex("Evidence", "For the facilitator only")))
}

func TestThePageHasWhatAReaderAloudNeeds(t *testing.T) {
	t.Parallel()
	page := string(written(t, HTML, sample(t)))
	for _, want := range []string{
		`<html lang="en-GB">`, "<title>Peer Support Space: Meeting Chat Overview</title>", "<header>", `<main id="text">`, "<footer>",
		`<a class="skip" href="#text">`, `<p lang="cy-GB">`, `<section aria-labelledby="part-1">`, `<h2 id="part-1">`,
		`role="img"`, `aria-labelledby="chart-title chart-desc"`, `<title id="chart-title">`, `<desc id="chart-desc">`,
		`name="viewport"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if n := strings.Count(page, "<h1"); n != 1 {
		t.Errorf("%d first headings", n)
	}
	if strings.Contains(page, "<h3") || strings.Contains(page, "tabindex") {
		t.Error("headings skip a level, or the order of the keyboard is changed")
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("the id %s stands twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`aria-labelledby="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		for id := range strings.FieldsSeq(m[1]) {
			if !ids[id] {
				t.Errorf("nothing has the id %s", id)
			}
		}
	}
}

func TestThePageLoadsNothingFromOutside(t *testing.T) {
	t.Parallel()
	page := string(written(t, HTML, sample(t)))
	for _, m := range regexp.MustCompile(`(?i)(?:src|href|url|@import|action)\s*[=(]\s*["']?([^"' )]+)`).FindAllStringSubmatch(page, -1) {
		if m[1] != "#text" {
			t.Errorf("the page refers to %s", m[1])
		}
	}
	if strings.Contains(page, "<script") || !strings.Contains(page, "default-src &#39;none&#39;") && !strings.Contains(page, "default-src 'none'") {
		t.Error("the page may run something")
	}
}

func TestAWelshPageIsWelsh(t *testing.T) {
	t.Parallel()
	o := sample(t)
	o.Lang = Welsh
	page := string(written(t, HTML, o))
	if !strings.Contains(page, `<html lang="cy-GB">`) || !strings.Contains(page, "Neidio") || strings.Contains(page, `<p lang="cy-GB">`) {
		t.Error("the page is not Welsh")
	}
}

func TestHostileTextStaysTextOnThePage(t *testing.T) {
	t.Parallel()
	for _, s := range hostile {
		for _, write := range []func(io.Writer, Overview) error{HTML, HTMLAnnex} {
			page := string(written(t, write, hostileOverview(s)))
			if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img src=x") || strings.Contains(page, "\u202e") || strings.Contains(page, "\x00") {
				t.Errorf("%.60q got through", s)
			}
		}
	}
}

func TestHostileTextStaysTextInMarkdown(t *testing.T) {
	t.Parallel()
	reader := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(gmhtml.WithUnsafe()))
	for _, s := range hostile {
		md := written(t, Markdown, hostileOverview(s))
		var page bytes.Buffer
		if err := reader.Convert(md, &page); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<a ", "<img", "<script", "<code", "<blockquote", "<ol", "<h3", "\u202e", "<!--"} {
			if strings.Contains(page.String(), bad) {
				t.Errorf("%.60q became %s", s, bad)
			}
		}
		if n := strings.Count(page.String(), "<h"); n > 3 {
			t.Errorf("%.60q made %d headings", s, n)
		}
	}
}

func TestMarkdownSaysWhatTheTextSays(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"obs, 1:1 and 4* wards", "12. is a number", "A&E and &amp;", "a_b_c", "see [1] | two", "~50%", "use <tag>", "#peer", "50+", "- not a list"} {
		var page bytes.Buffer
		if err := goldmark.Convert([]byte(escapeMarkdown(s)), &page); err != nil {
			t.Fatal(err)
		}
		got := html.UnescapeString(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(page.String()), "<p>"), "</p>"))
		if got != s {
			t.Errorf("%q reads as %q", s, got)
		}
	}
}

func TestTheAnnexHoldsTheEvidenceAndTheOverviewDoesNot(t *testing.T) {
	t.Parallel()
	o := sample(t)
	for name, write := range map[string]func(io.Writer, Overview) error{"html": HTML, "markdown": Markdown} {
		if s := string(written(t, write, o)); strings.Contains(s, "pulled into obs") || strings.Contains(s, "A. Person") {
			t.Errorf("%s shows a message", name)
		}
	}
	annex := o.Annex("Evidence", "For the facilitator only")
	md := string(written(t, MarkdownAnnex, annex))
	for _, want := range []string{"For the facilitator only", "14:12 A. Person: we get pulled into obs", "- same", "## Role drift", "Resources requested: Slides", "14:13: slides please", "## Bu trafod am yr iaith."} {
		if !strings.Contains(md, want) {
			t.Errorf("the annex lacks %q:\n%s", want, md)
		}
	}
	if strings.Contains(md, "Job descriptions") || strings.Contains(md, "Overall") {
		t.Error("the annex has what nobody said")
	}
	parts := unzip(t, written(t, DOCXAnnex, annex))
	if doc := string(parts["word/document.xml"]); !strings.Contains(doc, "A. Person: ") || !strings.Contains(doc, "pulled into obs") {
		t.Error("the annex in Word lacks the messages")
	}
}

func TestALongParagraphIsNamedByItsFirstWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"One two three.": "One two three.",
		"One two three four five six seven, eight, nine ten": "One two three four five six seven, eight …",
		"": "",
	} {
		if got := headline(Paragraph{Text: in}); got != want {
			t.Errorf("%q is named %q", in, got)
		}
	}
}

func TestTheVectorsAreWellFormed(t *testing.T) {
	t.Parallel()
	dec := xml.NewDecoder(strings.NewReader(chartOf(t).SVG))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
