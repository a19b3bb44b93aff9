package slackfake

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Shown is what a person sees of a message.
type Shown struct {
	Text     string   // what stands in the blocks, or the text where there are none
	Buttons  string   // labels, one a line
	Mentions []string // who and what is called or pointed to
	Links    []string // addresses to follow, but for buttons
}

// reader walks through blocks as Slack would, and keeps the first fault.
type reader struct {
	Shown
	err    error
	ids    map[string]bool
	blocks map[string]bool
	tables int
	modal  bool
	inputs int
	total  int
}

func (r *reader) fault(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func length(s string) int { return len(utf16.Encode([]rune(s))) }

// limited checks a text that must be there and must not be too long.
func (r *reader) limited(what, s string, limit int) string {
	switch n := length(s); {
	case n == 0:
		r.fault("%s is empty", what)
	case n > limit:
		r.fault("%s has %d characters, at most %d may be", what, n, limit)
	case !utf8.ValidString(s):
		r.fault("%s is no UTF-8", what)
	}
	r.total += length(s)
	return s
}

// Read reads a message, {"text":…,"blocks":[…]}. The error is the first limit
// that it breaks, or a form that Slack does not know.
func Read(body string) (Shown, error) {
	var m struct {
		Text   string           `json:"text"`
		Blocks []map[string]any `json:"blocks"`
	}
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		return Shown{}, err
	}
	r := &reader{ids: map[string]bool{}, blocks: map[string]bool{}}
	if len(m.Blocks) > 50 {
		r.fault("%d blocks, at most 50 may be", len(m.Blocks))
	}
	if length(m.Text) > 40000 {
		r.fault("the text has %d characters and would be cut", length(m.Text))
	}
	for _, b := range m.Blocks {
		r.block(b)
	}
	if r.total > 13000 {
		r.fault("msg_blocks_too_long: %d characters", r.total)
	}
	r.called(m.Text)
	if len(m.Blocks) == 0 {
		r.Text = unescaped.Replace(m.Text)
	}
	return r.Shown, r.err
}

var unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// called finds what Slack would make of markup in a text that it parses.
func (r *reader) called(text string) {
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "<")
		if !ok {
			return
		}
		inside, _, ok := strings.Cut(after, ">")
		if ok && inside != "" {
			r.Mentions = append(r.Mentions, inside)
		}
		rest = after
	}
}

// CheckView reads a form or a home page as Slack would. The error is the
// first limit that it breaks.
func CheckView(raw []byte) error {
	var v struct {
		Type     string           `json:"type"`
		Callback string           `json:"callback_id"`
		Meta     string           `json:"private_metadata"`
		Title    map[string]any   `json:"title"`
		Submit   map[string]any   `json:"submit"`
		Close    map[string]any   `json:"close"`
		Blocks   []map[string]any `json:"blocks"`
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	r := &reader{ids: map[string]bool{}, blocks: map[string]bool{}, modal: true}
	if len(v.Blocks) > 100 || len(v.Blocks) == 0 {
		r.fault("%d blocks", len(v.Blocks))
	}
	if len(v.Meta) > 3000 || length(v.Callback) > 255 {
		r.fault("private_metadata has %d, callback_id %d", len(v.Meta), len(v.Callback))
	}
	if v.Type == "modal" {
		r.plain("the title", v.Title, 24)
		if v.Submit != nil {
			r.plain("submit", v.Submit, 24)
		}
		if v.Close != nil {
			r.plain("close", v.Close, 24)
		}
	}
	for _, b := range v.Blocks {
		r.block(b)
	}
	if r.inputs > 0 && v.Type == "modal" && v.Submit == nil {
		r.fault("inputs and nothing to submit them with")
	}
	if r.inputs > 0 && v.Type == "home" {
		r.fault("inputs on a home page")
	}
	return r.err
}

func list(v any) []map[string]any {
	var out []map[string]any
	all, _ := v.([]any)
	for _, x := range all {
		m, _ := x.(map[string]any)
		out = append(out, m)
	}
	return out
}

func str(v any) string { s, _ := v.(string); return s }

// plain reads a plain_text object; any other kind could hold markup.
func (r *reader) plain(what string, v any, limit int) string {
	m, _ := v.(map[string]any)
	if str(m["type"]) != "plain_text" {
		r.fault("%s is %q, not plain_text", what, m["type"])
	}
	return r.limited(what, str(m["text"]), limit)
}

func (r *reader) say(s string) { r.Text += s + "\n" }

func (r *reader) block(b map[string]any) {
	if id := str(b["block_id"]); id != "" {
		if r.blocks[id] || length(id) > 255 {
			r.fault("block_id %q is there twice, or too long", id)
		}
		r.blocks[id] = true
	}
	switch str(b["type"]) {
	case "header":
		r.say(r.plain("a header", b["text"], 150))
	case "section":
		r.say(r.plain("a section", b["text"], 3000))
	case "divider":
	case "context":
		r.context(list(b["elements"]))
	case "actions":
		r.actions(list(b["elements"]))
	case "rich_text":
		r.richText(list(b["elements"]))
	case "table":
		r.table(b)
	case "input":
		r.input(b)
	default:
		r.fault("no block is called %q", b["type"])
	}
}

func (r *reader) context(els []map[string]any) {
	if len(els) == 0 || len(els) > 10 {
		r.fault("%d elements of small print", len(els))
	}
	for _, e := range els {
		r.say(r.plain("small print", e, 2000))
	}
}

func (r *reader) actions(els []map[string]any) {
	if len(els) == 0 || len(els) > 25 {
		r.fault("%d buttons in a row", len(els))
	}
	for _, e := range els {
		r.button(e)
	}
}

func (r *reader) button(e map[string]any) {
	if str(e["type"]) != "button" {
		r.fault("%q among the buttons", e["type"])
	}
	r.Buttons += r.plain("a button", e["text"], 75) + "\n"
	id := r.limited("action_id", str(e["action_id"]), 255)
	if r.ids[id] {
		r.fault("action_id %q is there twice", id)
	}
	r.ids[id] = true
	if length(str(e["value"])) > 2000 || length(str(e["url"])) > 3000 {
		r.fault("a button's value or address is too long")
	}
	r.total += length(str(e["value"]))
	if c, ok := e["confirm"].(map[string]any); ok {
		r.plain("the question's title", c["title"], 100)
		r.plain("the question", c["text"], 300)
		r.plain("yes", c["confirm"], 30)
		r.plain("no", c["deny"], 30)
	}
}

func (r *reader) richText(parts []map[string]any) {
	if len(parts) == 0 {
		r.fault("rich text without parts")
	}
	for _, p := range parts {
		switch str(p["type"]) {
		case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
			r.spans(list(p["elements"]))
		case "rich_text_list":
			items := list(p["elements"])
			if len(items) == 0 {
				r.fault("a list without items")
			}
			r.richText(items)
		default:
			r.fault("no rich text is called %q", p["type"])
		}
	}
}

func (r *reader) spans(els []map[string]any) {
	if len(els) == 0 {
		r.fault("a run without words")
	}
	for _, e := range els {
		switch str(e["type"]) {
		case "text":
			r.Text += r.limited("a run", str(e["text"]), 3000)
		case "link":
			r.Links = append(r.Links, r.limited("an address", str(e["url"]), 3000))
			r.Text += r.limited("a link", str(e["text"]), 3000)
		case "user":
			r.Mentions = append(r.Mentions, str(e["user_id"]))
		case "channel":
			r.Mentions = append(r.Mentions, str(e["channel_id"]))
		default:
			r.fault("no run is called %q", e["type"])
		}
	}
	r.say("")
}

func (r *reader) table(b map[string]any) {
	r.tables++
	rows, _ := b["rows"].([]any)
	if r.modal || r.tables > 1 || len(rows) == 0 || len(rows) > 100 {
		r.fault("a table in a form, a second one, or %d rows", len(rows))
	}
	before := r.total
	for _, row := range rows {
		cells := list(row)
		if len(cells) == 0 || len(cells) > 20 {
			r.fault("%d columns", len(cells))
		}
		for _, c := range cells {
			if str(c["type"]) == "rich_text" {
				r.richText(list(c["elements"]))
				continue
			}
			r.say(r.limited("a cell", str(c["text"]), 10000))
		}
	}
	if r.total-before > 10000 {
		r.fault("a table of %d characters", r.total-before)
	}
}

func (r *reader) input(b map[string]any) {
	r.inputs++
	if !r.modal {
		r.fault("an input in a message")
	}
	r.plain("a label", b["label"], 2000)
	if b["hint"] != nil {
		r.plain("a hint", b["hint"], 2000)
	}
	e, _ := b["element"].(map[string]any)
	switch kind := str(e["type"]); kind {
	case "plain_text_input":
		if n, ok := e["max_length"].(float64); ok && (n < 1 || n > 3000 || float64(length(str(e["initial_value"]))) > n) {
			r.fault("a field of %v characters", n)
		}
	case "static_select", "multi_static_select":
		r.options(e)
	case "datepicker", "timepicker":
	default:
		r.fault("no field is called %q", kind)
	}
}

func (r *reader) options(e map[string]any) {
	all := list(e["options"])
	if len(all) == 0 || len(all) > 100 {
		r.fault("%d choices", len(all))
	}
	seen := map[string]bool{}
	for _, o := range all {
		r.plain("a choice", o["text"], 75)
		v := r.limited("a choice's value", str(o["value"]), 150)
		if seen[v] {
			r.fault("the choice %q is there twice", v)
		}
		seen[v] = true
	}
	if i, ok := e["initial_option"].(map[string]any); ok && !seen[str(i["value"])] {
		r.fault("the choice at first is none of the choices")
	}
}
