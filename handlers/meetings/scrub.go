package meetings

import (
	"bytes"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"cymar/bot"
	"cymar/handlers/meetings/transcript"
)

// What stands in a copied chat in the place of words that are not kept. Two of
// them, because what is said next to somebody in danger is held back as well.
const (
	heldBack   = "(held back 1)"
	heldDanger = "(held back 2)"
)

// scrub makes of a chat what may be kept: without a word of what the guard
// holds back. It also gives when something was written whose author may need
// somebody to check in. A copied text stays as it was laid out, so that its
// pieces can be joined; every other form becomes our own, message by message.
func (h *Handler) scrub(name string, data []byte, t transcript.Transcript, r transcript.Report) (Piece, []string) {
	var secrets []secretText
	var checks []string
	for i, m := range t.Messages {
		level := h.levelOf(m.Text)
		no, check := closed(level)
		if !no {
			continue
		}
		held := heldBack
		if level == bot.Crisis || level == bot.OtherInDanger {
			held = heldDanger
		}
		secrets = append(secrets, secretText{m.Text, held})
		t.Messages[i].Text, t.Messages[i].Links = held, nil
		if check && !m.At.IsZero() {
			checks = append(checks, m.At.Format("15:04"))
		}
	}
	if plainForm(r) {
		if text, ok := h.blank(data, secrets); ok {
			return Piece{filepath.Ext(name) + ".txt", text}, checks
		}
	}
	var out bytes.Buffer
	if err := t.WriteJSONL(&out); err != nil { // writing to memory does not fail
		out.Reset()
	}
	return Piece{"chat.jsonl", out.Bytes()}, checks
}

func (h *Handler) levelOf(text string) bot.Level {
	if text == heldBack || text == heldDanger {
		return bot.Calm
	}
	return h.o.Guard.Read(text).Level
}

// plainForm reports whether a chat came as text that is copied in pieces.
func plainForm(r transcript.Report) bool {
	if len(r.Pieces) != 1 || r.Pieces[0].Encoding != "utf-8" {
		return false
	}
	switch r.Pieces[0].Form {
	case transcript.FormTeams, transcript.FormSlackWin, transcript.FormZoom, transcript.FormLog:
		return true
	}
	return false
}

// secretText is words that are not kept, and what stands in their place.
type secretText struct{ text, held string }

var wordRE = regexp.MustCompile(`[\p{L}\p{N}]+`)

// blank puts the mark in the place of secret words wherever they stand in the
// text: in the message, in a quotation above a reply, in a preview that was cut
// short. It reports false when it cannot vouch for what is left.
func (h *Handler) blank(data []byte, secrets []secretText) ([]byte, bool) {
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		for _, s := range secrets {
			line = s.hide(line)
		}
		lines[i] = line
		if h.closedLine(line) {
			return nil, false
		}
	}
	out := strings.Join(lines, "\n")
	t, _, err := transcript.Read("piece", strings.NewReader(out), transcript.Options{Now: h.o.Clock.Now(), Turns: true})
	if err != nil {
		return nil, false
	}
	for _, m := range t.Messages {
		if no, _ := closed(h.levelOf(m.Text)); no {
			return nil, false
		}
	}
	return []byte(out), true
}

func (h *Handler) closedLine(line string) bool {
	if strings.Contains(line, heldBack) || strings.Contains(line, heldDanger) {
		return false
	}
	no, _ := closed(h.o.Guard.Read(line).Level)
	return no
}

// hide puts the mark where a line holds one of the text's own lines, or five
// of its words in a row.
func (s secretText) hide(line string) string {
	for own := range strings.SplitSeq(s.text, "\n") {
		if own = strings.TrimSpace(own); own != "" && strings.Contains(line, own) {
			line = strings.ReplaceAll(line, own, s.held)
		}
	}
	in, of := wordRE.FindAllStringIndex(line, -1), wordsOf(s.text)
	from, to := -1, -1
	for i := range in {
		n := run(line, in[i:], of)
		if n >= min(5, len(of)) && n > 2 {
			if from < 0 {
				from = in[i][0]
			}
			to = max(to, in[i+n-1][1])
		}
	}
	if from < 0 {
		return line
	}
	return line[:from] + s.held + line[to:]
}

func wordsOf(text string) []string {
	return wordRE.FindAllString(strings.ToLower(text), -1)
}

// run is how many words from the beginning of a line stand in a row in a text.
func run(line string, in [][]int, of []string) int {
	best := 0
	for j := range of {
		n := 0
		for n < len(in) && j+n < len(of) && strings.ToLower(line[in[n][0]:in[n][1]]) == of[j+n] {
			n++
		}
		best = max(best, n)
	}
	return best
}

// forDrawing takes out what was held back. Where somebody was in danger a
// message without words stays for the drawing, which leaves in peace what was
// said next to it.
func forDrawing(t transcript.Transcript) transcript.Transcript {
	t.Messages = slices.Clone(t.Messages)
	t.Messages = slices.DeleteFunc(t.Messages, func(m transcript.Message) bool { return strings.Contains(m.Text, heldBack) })
	for i, m := range t.Messages {
		if strings.Contains(m.Text, heldDanger) {
			t.Messages[i].Text = heldDanger
		}
	}
	return t
}

// nobody stands for an author who is not known.
const nobody = "-"

// withQuiet puts such a message wherever somebody was in danger in a
// collection.
func withQuiet(t transcript.Transcript, all []Quiet) transcript.Transcript {
	for _, q := range all {
		id := "quiet-" + q.Message
		t.Messages = append(t.Messages, transcript.Message{ID: id, At: q.At, Author: nobody, Text: heldDanger})
		for i, m := range t.Messages {
			if m.ReplyTo != "" && bot.Digest(m.ReplyTo) == q.Message {
				t.Messages[i].ReplyTo = id
			}
		}
	}
	slices.SortStableFunc(t.Messages, func(a, b transcript.Message) int { return a.At.Compare(b.At) })
	return t
}
