package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"cymar/bot/bottest"
)

// workplace is a browser at the desk, with the draft of a chat that Ruth
// dropped into her direct chat.
func workplace(t *testing.T, width, height int) (tab context.Context, ruth *visitor) {
	t.Helper()
	tab = browser(t, width, height)
	url := served(t)
	ruth = &visitor{t: t, url: url, as: "ruth"}
	body, err := os.ReadFile("handlers/meetings/testdata/chats/supervision-role-drift/raw/zoom-chat.txt")
	if err != nil {
		t.Fatal(err)
	}
	ruth.drops("direct-ruth", "zoom.txt", string(body))
	ruth.sees("direct-ruth", "The chat so far")
	ruth.say("direct-ruth", "overview name Peer space")
	ruth.say("direct-ruth", "overview date 8 January 2026")
	ruth.say("direct-ruth", "overview draw")
	ruth.sees("direct-ruth", "The draft is ready")
	ruth.say("direct-ruth", "overview page")
	link := ruth.link("direct-ruth")
	steps(t, tab, "the link", chromedp.Navigate(link), until("document.querySelector('button.primary') !== null"))
	steps(t, tab, "a narrow or wide window", chromedp.EmulateViewport(int64(width), int64(height)))
	steps(t, tab, "open it", until("(() => { setTimeout(() => document.querySelector('button.primary').click(), 1); return true; })()"))
	ready(t, tab)
	return tab, ruth
}

// ready waits until the desk is there; a page that is just being left answers
// with an error.
func ready(t *testing.T, tab context.Context) {
	t.Helper()
	bottest.Eventually(t, "the desk is there", func() bool {
		v, err := chromedp.Run(tab, chromedp.Evaluate[bool]("document.body !== null && document.body.dataset.ready === 'yes'"))
		return err == nil && v
	})
}

// sets puts a text into a field as typing does.
func sets(css, text string) step {
	return until("(() => { const e = document.querySelector(" + quoted(css) + "); e.focus(); e.value = " + quoted(text) +
		"; e.dispatchEvent(new Event('input', {bubbles: true})); return true; })()")
}

func TestAFacilitatorWorksOnAnOverviewInABrowser(t *testing.T) {
	t.Parallel()
	tab, ruth := workplace(t, 1200, 900)
	const first = `.part[data-part="1"]`
	steps(t, tab, "type a paragraph", sets(first+" .text", "Several participants spoke of supervision, ostrich."),
		until("document.getElementById('status').textContent === 'Saved'"))
	ruth.say("direct-ruth", "overview text 2: Written in the chat, heron.")
	ruth.say("direct-ruth", "overview evidence 1")
	steps(t, tab, "hide a theme and undo it", click(first+" .hide"), until(`document.querySelector('`+first+`').classList.contains('hidden')`),
		until(`document.querySelector('.part[data-part="2"] .text').value.includes('heron')`), click("#undo"),
		until(`!document.querySelector('`+first+`').classList.contains('hidden')`))
	steps(t, tab, "the evidence stands beside it", click(first+" h2"), until(`document.querySelectorAll('#messages li .n').length > 1`))
	if n := value[int](t, tab, `document.querySelectorAll('#parts script, #messages script, #risks script').length`); n != 0 {
		t.Errorf("%d scripts came of texts", n)
	}
	steps(t, tab, "the keyboard", chromedp.Focus(chromedp.CSS(first+" .text")),
		until(`(() => { document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', altKey: true, bubbles: true})); return document.querySelector('.part.here').dataset.part === '2'; })()`))
	steps(t, tab, "load it again", chromedp.Reload())
	ready(t, tab)
	steps(t, tab, "it is still there", until(`document.querySelector('`+first+` .text').value.includes('ostrich')`))
}

func TestAnOverviewIsSettledAndPublishedFromTheDesk(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("many round trips of a browser: not in the short form")
	}
	tab, ruth := workplace(t, 1200, 900)
	steps(t, tab, "no dialog", until("(() => { window.confirm = () => true; return true; })()"), click("#chart"), until("!document.getElementById('chart').checked"),
		until("document.getElementById('guardsum').textContent !== 'Checking …'"))
	if value[bool](t, tab, "document.querySelectorAll('#risks li').length > 0 && !document.getElementById('publish').disabled") {
		t.Error("it could be published with risks open")
	}
	steps(t, tab, "settle them all", until(`(() => {
		if (document.getElementById('status').textContent === 'Saving …' || document.getElementById('guardsum').textContent === 'Checking …') return false;
		const keep = [...document.querySelectorAll('#risks button')].find(b => b.textContent === 'Keep as it is');
		if (keep) { keep.click(); return false; }
		return document.querySelectorAll('#risks li').length === 0 || document.querySelectorAll('#risks .note').length > 0;
	})()`))
	for i := 0; i < 12 && value[int](t, tab, "document.querySelectorAll('#risks li').length") > 0; i++ {
		steps(t, tab, "write anew what cannot stay", until(`(() => { document.querySelector('#risks li button').click(); const e = document.querySelector('.part.here .text');
			e.value = 'Participants spoke of their work.'; e.dispatchEvent(new Event('input', {bubbles: true})); e.blur(); return true; })()`),
			until("document.getElementById('status').textContent === 'Saved' && document.getElementById('guardsum').textContent !== 'Checking …'"))
	}
	steps(t, tab, "publish", until("!document.getElementById('publish').disabled"), until("(() => { window.confirm = () => true; return true; })()"), click("#publish"),
		until("document.getElementById('notes').textContent.includes('Published') || document.getElementById('status').className === 'bad'"))
	if got := value[string](t, tab, "document.getElementById('status').textContent"); !strings.Contains(got, "Published") && !strings.Contains(got, "which channel") {
		t.Errorf("the page says %q", got)
	}
	_ = ruth
}

func TestTheDeskFitsANarrowScreenAndEveryControlHasAName(t *testing.T) {
	t.Parallel()
	tab, _ := workplace(t, 320, 640)
	if width := value[int](t, tab, `document.documentElement.scrollWidth`); width > 320 {
		t.Errorf("the page is %d px wide", width)
	}
	if n := value[int](t, tab, `[...document.querySelectorAll('button, input, select, textarea, a')].filter(e => !(e.textContent.trim() || e.labels?.length || e.getAttribute("aria-label"))).length`); n != 0 {
		t.Errorf("%d controls have no name", n)
	}
	if lang := value[string](t, tab, "document.documentElement.lang"); lang != "en" {
		t.Errorf("the page's language is %q", lang)
	}
}
