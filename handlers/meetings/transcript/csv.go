package transcript

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"cymar/handlers/meetings/transcript/stamp"
)

// delimiters in the order in which they are tried.
var delimiters = []rune{',', ';', '\t', '|'}

// findTable looks for a table: a row of headings among the first lines that
// names somebody and something, or else rows of one width with a time in each.
func findTable(text string) (t table, delim rune, skip int, ok bool) {
	if rest, found := strings.CutPrefix(text, "sep="); found && len(rest) > 1 { // Excel's hint
		_, after, _ := strings.Cut(rest, "\n")
		if t, ok := newTable(fieldsOf(after, rune(rest[0]))); ok {
			return t, rune(rest[0]), 2, true
		}
	}
	at := 0
	for line := range 6 { // a title may stand above the headings
		head, _, more := strings.Cut(text[at:], "\n")
		for _, d := range delimiters {
			if strings.ContainsRune(head, d) {
				if t, ok := newTable(fieldsOf(text[at:], d)); ok && t.fits(text[at:], d) {
					return t, d, line + 1, true
				}
			}
		}
		if !more {
			break
		}
		at += len(head) + 1
	}
	t, delim, ok = headless(text)
	return t, delim, 0, ok
}

// fits reports that most rows below the headings are messages: a line of
// somebody's may look like headings.
func (t table) fits(text string, d rune) bool {
	good, bad := 0, 0
	for i, row := range sampleRows(text, d) {
		if i == 0 {
			continue
		}
		switch it, why := t.item(row); {
		case why == "" && (it.when.Clock || it.when.HasDay() || !t.timed()):
			good++
		case why != Empty:
			bad++
		}
	}
	return good >= bad
}

func (t table) timed() bool { return t.has(roleWhen) || t.has(roleTime) || t.has(roleDate) }

// fieldsOf reads the first row.
func fieldsOf(text string, d rune) []string {
	row, err := rows(text[:min(len(text), 16<<10)], d).Read()
	if err != nil {
		return nil
	}
	return row
}

func rows(text string, d rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = d, true, -1, false
	return r
}

// headless finds the columns of a table without headings by what is in them:
// times, names that come again, and the longest texts.
func headless(text string) (table, rune, bool) {
	for _, d := range delimiters {
		sample := sampleRows(text, d)
		if len(sample) < 3 || len(sample[0]) < 3 || len(sample[0]) > 12 {
			continue
		}
		width := len(sample[0])
		for _, r := range sample {
			if len(r) != width {
				width = 0
			}
		}
		if width == 0 {
			continue
		}
		if t, ok := guessColumns(sample, width); ok {
			return t, d, true
		}
	}
	return table{}, 0, false
}

func sampleRows(text string, d rune) [][]string {
	var sample [][]string
	r := rows(text[:min(len(text), 64<<10)], d)
	for len(sample) < 30 {
		row, err := r.Read()
		if err != nil {
			break
		}
		sample = append(sample, row)
	}
	if len(sample) > 1 && len(text) > 64<<10 {
		sample = sample[:len(sample)-1] // cut by the sample's end
	}
	return sample
}

func guessColumns(sample [][]string, width int) (table, bool) {
	t := table{columns: make([]role, width)}
	longest, most := -1, 0
	for c := range width {
		times, length, names := 0, 0, map[string]int{}
		for _, r := range sample {
			if _, ok := readWhen(strings.TrimSpace(r[c])); ok {
				times++
			}
			length += len(r[c])
			names[r[c]]++
		}
		switch {
		case times == len(sample):
			st, _ := readWhen(strings.TrimSpace(sample[0][c]))
			t.columns[c] = timeRole(st)
		case length > most:
			longest, most = c, length
		}
	}
	if longest < 0 || !t.has(roleWhen) && !t.has(roleTime) {
		return t, false
	}
	t.columns[longest] = roleText
	for c := range width { // the first column of names
		if t.columns[c] == roleNone && allNames(sample, c) {
			t.columns[c] = roleAuthor
			return t, true
		}
	}
	return t, false
}

func timeRole(st stamp.Stamp) role {
	switch {
	case !st.Clock:
		return roleDate
	case !st.HasDay():
		return roleTime
	}
	return roleWhen
}

func (t table) has(r role) bool {
	for _, c := range t.columns {
		if c == r {
			return true
		}
	}
	return false
}

func allNames(sample [][]string, c int) bool {
	for _, r := range sample {
		if !plausibleName(strings.TrimSpace(r[c])) {
			return false
		}
	}
	return true
}

// readTable reads the rows. A row that is no message is a fault; a table that
// ends inside quotation marks was cut off.
func readTable(text string, p *piece, t table, d rune, skip int) error {
	p.form = FormCSV
	text = afterLines(text, skip)
	r := rows(text, d)
	line, from := skip+1, int64(0)
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		raw := text[from:r.InputOffset()]
		if err != nil {
			p.fault(line, BadLine)
		} else if inner := t.swallowed(raw, d); inner != nil {
			p.swallowedRows(t, inner, d, line)
		} else {
			p.row(t, row, line)
		}
		line, from = line+strings.Count(raw, "\n"), r.InputOffset()
	}
}

func (p *piece) row(t table, row []string, line int) {
	it, why := t.item(row)
	if why == Empty {
		return
	}
	if why != "" {
		p.fault(line, why)
	}
	if why != NoName {
		it.line = line
		p.add(it)
	}
}

// swallowed finds rows inside a row: a quotation mark that nobody closed takes
// in all that follows up to the next. It returns the lines, or nil where the
// row is what it seems.
func (t table) swallowed(raw string, d rune) []string {
	if strings.Count(raw, "\n") < 2 {
		return nil
	}
	lines := strings.Split(strings.TrimRight(raw, "\n"), "\n")
	whole := 0
	for _, l := range lines[1:] {
		if it, why := t.item(splitPlainly(l, d)); why == "" && it.when.Clock {
			whole++
		}
	}
	if whole < 2 {
		return nil
	}
	return lines
}

func (p *piece) swallowedRows(t table, lines []string, d rune, line int) {
	for i, l := range lines {
		p.row(t, splitPlainly(l, d), line+i)
	}
}

// splitPlainly divides a line without heed to what quotation marks mean.
func splitPlainly(l string, d rune) []string {
	row := strings.Split(l, string(d))
	for i := range row {
		row[i] = strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(row[i], `"`), `"`), `""`, `"`)
	}
	return row
}

func afterLines(text string, n int) string {
	for range n {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text
}
