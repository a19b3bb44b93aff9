package bot_test

import (
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

func TestACardReadsAsPlainText(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"heading": "What peer support is", "text": "Plain, bold, italic, both, a link (https://www.nhs.uk/) and Alex.",
		"facts": "Next due: 30 November 2026\nHeld: yes", "list": "• Listen first\n• Ask what helps",
		"quote": "“It helped that somebody had been there too.”", "note": "Source: NHS (https://www.nhs.uk/)", "divider": "A card with divider",
		"buttons": "→ It took place (supervision held)\n→ Forget me (forget me)\n→ Read more: https://www.nhs.uk/",
		"picture": "Four themes and how often each was named", "table": "Month | Held | Due\nOctober | 9 | 12\nNovember | 11 | 12",
		"summary-only": "Only a summary",
	}
	for _, f := range bottest.Cards() {
		if w, ok := want[f.Name]; ok && f.Card.Plain() != w {
			t.Errorf("%s: %q, not %q", f.Name, f.Card.Plain(), w)
		}
		if f.Card.Plain() == "" || f.Card.Summary == "" || f.Card.Lang == "" {
			t.Errorf("%s: no text, no summary or no language", f.Name)
		}
	}
}

func TestABlockOfNothingMakesNoGap(t *testing.T) {
	t.Parallel()
	c := bot.Card{Blocks: []bot.Block{bot.Para("one"), bot.Divider{}, bot.Para(""), bot.Para("two")}}
	if got := c.Plain(); got != "one\n\ntwo" {
		t.Errorf("%q", got)
	}
	link := bot.Card{Blocks: []bot.Block{bot.Text{Spans: []bot.Span{{Text: "https://x", Link: "https://x"}}}}}
	if got := link.Plain(); got != "https://x" {
		t.Errorf("a link that says where it leads says it twice: %q", got)
	}
	button := bot.Card{Blocks: []bot.Block{bot.Buttons{Buttons: []bot.Button{{Label: "Press"}}}}}
	if got := button.Plain(); got != "→ Press" {
		t.Errorf("%q", got)
	}
}

func TestEveryFixtureCardsButtonCanBeTypedOrOpened(t *testing.T) {
	t.Parallel()
	for _, f := range bottest.Cards() {
		for _, b := range f.Card.Blocks {
			buttons, _ := b.(bot.Buttons)
			for _, x := range buttons.Buttons {
				if x.Command == "" && x.URL == "" || x.URL == "" && !strings.Contains(x.Action, ".") {
					t.Errorf("%s: %+v", f.Name, x)
				}
			}
		}
	}
}

func TestALineEachMakesAListAndSmallPrintANote(t *testing.T) {
	t.Parallel()
	c := bot.Card{Blocks: []bot.Block{bot.Points(" one\ntwo\n"), bot.Small("three")}}
	if got := c.Plain(); got != "• one\n• two\n\nthree" {
		t.Errorf("%q", got)
	}
}
