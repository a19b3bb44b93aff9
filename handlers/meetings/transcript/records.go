package transcript

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"cymar/handlers/meetings/transcript/stamp"
)

// readRecords reads our own JSON Lines, and any other objects, one a line or
// in a list, that name somebody and hold a text.
func readRecords(src source, p *piece, _ Options) error {
	p.form = FormJSONL
	data := bytes.TrimPrefix(src.data, []byte("\xef\xbb\xbf"))
	if b := bytes.TrimSpace(data); len(b) > 0 && b[0] == '[' {
		return readList(b, p)
	}
	bad := 0
	for n := 1; len(data) > 0; n++ {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		data = rest
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if !p.record(line, n) {
			bad++
			p.fault(n, lineFault(line, len(data) == 0))
		}
	}
	if len(p.items) == 0 && bad > 0 {
		return &Error{Why: NotAChat}
	}
	return nil
}

// lineFault tells a last line that was cut off from one that is just wrong.
func lineFault(line []byte, last bool) Reason {
	if last && !json.Valid(line) {
		return CutOff
	}
	return BadLine
}

func readList(b []byte, p *piece) error {
	cut := eachElement(b, func(raw json.RawMessage, n int) {
		if !p.record(raw, n) {
			p.fault(n, BadLine)
		}
	})
	if cut {
		p.fault(0, CutOff)
	}
	if len(p.items) == 0 {
		return &Error{Why: NotAChat}
	}
	return nil
}

// eachElement hands over the elements of a JSON list one by one, so that one
// which is cut off is read as far as it goes. It reports that it was.
func eachElement(b []byte, do func(raw json.RawMessage, n int)) (cut bool) {
	dec := json.NewDecoder(bytes.NewReader(b))
	if _, err := dec.Token(); err != nil {
		return true
	}
	for n := 1; dec.More(); n++ {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return true
		}
		do(raw, n)
	}
	_, err := dec.Token()
	return err != nil
}

// record reads one object, ours or another's.
func (p *piece) record(raw []byte, line int) bool {
	if m, err := readMessage(raw); err == nil && m.Author != "" {
		it := item{id: m.ID, replyID: m.ReplyTo, author: clean(m.Author), text: strings.TrimSpace(clean(m.Text)), at: m.At, edited: m.Edited,
			deleted: m.Deleted, bot: m.Bot, line: line, links: m.Links}
		if it.author == "" || it.text == "" && !it.deleted {
			p.system++
			return true
		}
		for _, r := range m.Reactions {
			it.react(r.Name, r.Count)
		}
		p.add(it)
		return true
	}
	var object map[string]any
	if json.Unmarshal(raw, &object) != nil {
		return false
	}
	f := map[role]string{}
	for k, v := range object {
		if r, _ := roleOf(k); r != roleNone && f[r] == "" {
			f[r] = scalar(v)
		}
	}
	it, why := table{}.fromFields(f)
	if why != "" && why != BadTime || it.text == "" {
		return false
	}
	it.line = line
	p.add(it)
	return true
}

// scalar is a JSON value as a table would show it; of an object its name.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(clean(v))
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case map[string]any:
		for _, k := range []string{"displayName", "name", "real_name", "content", "text"} {
			if s, ok := v[k].(string); ok {
				return s
			}
		}
	}
	return ""
}

// stampOf is a point in time as a stamp in UTC.
func stampOf(unix int64) stamp.Stamp {
	t := time.Unix(unix, 0).UTC()
	return stamp.Stamp{Clock: true, Hour: t.Hour(), Min: t.Minute(), Sec: t.Second(), HasSec: true,
		Year: t.Year(), Month: int(t.Month()), Day: t.Day(), Zoned: true}
}
