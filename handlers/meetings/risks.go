package meetings

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/transcript"
)

// Risks that are found here, beside those of the themes.
const (
	riskQuote themes.RiskKind = "quote" // words in quotation marks that nobody wrote exactly so
	riskStale themes.RiskKind = "stale" // a message changed after the draft was drawn
)

// firm are the risks that the facilitator cannot wave through: the text has to
// change.
var firm = []themes.RiskKind{themes.RiskDisclosure, themes.RiskWords, themes.RiskDeleted, themes.RiskContact, riskQuote}

// risk is one line of the guard list.
type risk struct {
	themes.Risk
	N    int    // its number in the list, which holds while the text does
	ID   string // the same as long as kind and words are
	Part string // the part to edit; "" for the title, the date and a Word version
	Open bool
}

func (r risk) firm() bool { return slices.Contains(firm, r.Kind) }

// guardList is every risk in the text that would be published. The error is
// errLater where it takes longer than there is time for.
func (h *Handler) guardList(ctx context.Context, m Meeting) ([]risk, error) {
	t, err := h.chat(ctx, m)
	if err != nil {
		return nil, err
	}
	d := *m.Draft
	text := d.checked()
	o := d.Overview
	if d.Word != nil {
		o = themes.Overview{}
	}
	found, how := await(ctx, h.hands, fmt.Sprint(m.key("risks"), m.Revision), func() []themes.Risk {
		return append(themes.Risks(t, h.options(m), o, text), misquoted(t, text)...)
	})
	switch how {
	case later:
		return nil, errLater
	case broken:
		return nil, fmt.Errorf("the guard list of a draft broke")
	}
	if m.Stale {
		found = append(found, themes.Risk{Kind: riskStale})
	}
	return m.list(found, strings.Split(text, "\n\n")), nil
}

// list numbers the risks, finds the part that each stands in, and says which
// are still open.
func (m Meeting) list(found []themes.Risk, paras []string) []risk {
	var out []risk
	seen := map[string]bool{}
	for _, f := range found {
		id := riskID(f.Kind, f.Text)
		if seen[id] || m.ownDate(f) {
			continue
		}
		seen[id] = true
		r := risk{Risk: f, N: len(out) + 1, ID: id}
		if f.Paragraph < len(paras) {
			r.Part = m.Draft.partOf(paras[f.Paragraph])
		}
		_, settled := m.Settled[id]
		r.Open = !settled || r.firm()
		out = append(out, r)
	}
	return out
}

// riskID is a risk's name, the same as long as its kind and words are.
func riskID(kind themes.RiskKind, text string) string { return bot.Digest(string(kind), text)[:8] }

// ownDate reports whether a risk is the name of the platform in the line of
// date and times, which the bot wrote itself.
func (m Meeting) ownDate(f themes.Risk) bool {
	return f.Kind == themes.RiskPlace && f.Paragraph == 1 && m.Draft.Word == nil && strings.Contains(m.Draft.Overview.DateLine, f.Text)
}

// partOf is the part whose paragraph or title a text is.
func (d Draft) partOf(para string) string {
	if d.Word != nil {
		return ""
	}
	for _, p := range d.parts() {
		v, err := d.view(p)
		if err == nil && !v.Hidden && v.Text != "" && (strings.Contains(v.Text, para) || strings.Contains(para, v.Text) || v.Title+"." == para) {
			return p
		}
	}
	return ""
}

var quotedRE = regexp.MustCompile(`[“"]([^”"]+)[”"]`)

// misquoted finds what stands in quotation marks, of three words and more, and
// is in no message exactly so.
func misquoted(t transcript.Transcript, text string) []themes.Risk {
	var out []themes.Risk
	for k, p := range strings.Split(text, "\n\n") {
		for _, m := range quotedRE.FindAllStringSubmatch(p, -1) {
			said := strings.TrimRight(m[1], ".,;")
			if len(strings.Fields(said)) < 3 {
				continue
			}
			if !slices.ContainsFunc(t.Messages, func(msg transcript.Message) bool { return strings.Contains(msg.Text, said) }) {
				out = append(out, themes.Risk{Kind: riskQuote, Paragraph: k, Text: m[0]})
			}
		}
	}
	return out
}

func open(all []risk) []risk {
	return slices.DeleteFunc(slices.Clone(all), func(r risk) bool { return !r.Open })
}

// check shows the guard list, and offers to publish once nothing is open.
func (h *Handler) check(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	return h.checked(ctx, a, m)
}

func (h *Handler) checked(ctx context.Context, a asked, m Meeting) (bot.Reply, error) {
	if m.Purged {
		return bot.Reply{}, refuse(a.word("draw.published"))
	}
	all, err := h.guardList(ctx, m)
	if errors.Is(err, errLater) {
		return bot.Reply{}, refuse(a.word("draw.busy"))
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return only(a.guardCard(all)), nil
}

// mostRisks is how many risks one card shows; the others come as these go.
const mostRisks = 12

// guardCard names each open risk, with what can be done about it.
func (a asked) guardCard(all []risk) bot.Card {
	left := open(all)
	if len(left) == 0 {
		text := a.word("check.clear")
		return bot.Card{Summary: text, Lang: a.lang, Blocks: []bot.Block{bot.Para(text), bot.Buttons{Buttons: []bot.Button{a.publishButton(), a.button("files", "", bot.Plain)}}}}
	}
	lead := a.count("check.open", len(left))
	card := bot.Card{Summary: lead, Lang: a.lang, Blocks: []bot.Block{bot.Heading{Text: a.word("check.title")}, bot.Para(lead)}}
	kinds := map[themes.RiskKind]int{}
	for i, r := range left {
		kinds[r.Kind]++
		if i >= mostRisks {
			continue
		}
		spans := []bot.Span{{Text: fmt.Sprintf("%d. %s: ", r.N, a.word("risk."+string(r.Kind))), Bold: true}, {Text: cut(r.Text, mostShown)}}
		card.Blocks = append(card.Blocks, bot.Text{Spans: spans})
		if row := a.riskButtons(r); len(row.Buttons) > 0 {
			card.Blocks = append(card.Blocks, row)
		}
	}
	if row := a.kindButtons(kinds); len(row.Buttons) > 0 {
		card.Blocks = append(card.Blocks, bot.Divider{}, row)
	}
	return withBlocks(card, bot.Small(a.word("check.note")))
}

func (a asked) riskButtons(r risk) bot.Buttons {
	var row bot.Buttons
	if r.Part != "" {
		row.Buttons = append(row.Buttons, a.button("edit", r.Part, bot.Plain))
	}
	if !r.firm() {
		b := a.button("settle", strconv.Itoa(r.N), bot.Plain)
		b.Value = r.ID
		row.Buttons = append(row.Buttons, b)
	}
	return row
}

// kindButtons settles all of a kind at once, where there are several.
func (a asked) kindButtons(kinds map[themes.RiskKind]int) bot.Buttons {
	var row bot.Buttons
	for _, k := range []themes.RiskKind{themes.RiskNumber, themes.RiskSingle, themes.RiskPlace, themes.RiskName} {
		if kinds[k] < 3 {
			continue
		}
		b := a.button("settle", string(k), bot.Plain)
		b.Label = a.word("check.all", words.Data{"N": kinds[k], "Kind": a.word("risk." + string(k))})
		row.Buttons = append(row.Buttons, b)
	}
	return row
}

// settle keeps what a risk stands in as it is: one by its number, or all of a
// kind. The decision is recorded; the words are not.
func (h *Handler) settle(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	all, err := h.guardList(ctx, m)
	if errors.Is(err, errLater) {
		return bot.Reply{}, refuse(a.word("draw.busy"))
	}
	if err != nil {
		return bot.Reply{}, err
	}
	var chosen []risk
	held := false
	for _, r := range all {
		if r.ID == a.args || strconv.Itoa(r.N) == plain(a.args) || string(r.Kind) == plain(a.args) {
			if r.firm() {
				held = true
				continue
			}
			chosen = append(chosen, r)
		}
	}
	switch {
	case len(chosen) == 0 && held:
		return bot.Reply{}, refuse(a.word("settle.firm"))
	case len(chosen) == 0:
		return bot.Reply{}, refuse(a.word("settle.how"))
	}
	m, err = h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error {
		if m.Settled == nil {
			m.Settled = map[string]Decision{}
		}
		for _, r := range chosen {
			m.Settled[r.ID] = Decision{Kind: r.Kind, By: a.From.ID, At: h.o.Clock.Now().UTC()}
		}
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return h.checked(ctx, a, m)
}

func (a asked) publishButton() bot.Button {
	b := a.button("publish", "", bot.Primary)
	b.Confirm = a.word("publish.confirm")
	return b
}
