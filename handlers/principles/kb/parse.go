package kb

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"cymar/text"
)

// Limits of an entry's file.
const (
	maxFile    = 256 << 10 // bytes
	maxAnswer  = 1200      // characters, each language
	maxBullets = 5
)

var validID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// parser reads one file and collects everything that is wrong with it.
type parser struct {
	file   string
	ours   bool // our own entries need Welsh, terms and related entries too
	faults Faults
	entry  *Entry
	quick  map[string][]item // examples by language that needed no YAML
}

func (p *parser) fault(line int, format string, args ...any) {
	p.faults = append(p.faults, Fault{p.file, line, fmt.Sprintf(format, args...)})
}

// parse reads an entry. It returns what it could read together with every
// fault; with any fault the entry is not to be used.
func parse(file string, data []byte, ours bool) (*Entry, Faults) {
	p := &parser{file: file, ours: ours, entry: &Entry{File: file, Outcome: Answer, theirs: !ours, sections: make(map[section][]Block)}}
	if len(data) > maxFile {
		p.fault(0, "the file has %d KB; an entry has a few: split it", len(data)>>10)
		return p.entry, p.faults
	}
	if !utf8.Valid(data) {
		p.fault(invalidLine(data), "not UTF-8; save the file as UTF-8")
		return p.entry, p.faults
	}
	src := strings.ReplaceAll(string(data), "\r\n", "\n")
	head, body, bodyLine := p.divide(strings.TrimPrefix(src, "\ufeff"))
	if head != "" {
		p.frontMatter(head)
		p.body(body, bodyLine)
		p.complete()
	}
	return p.entry, p.faults
}

func invalidLine(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		data = data[size:]
	}
	return line
}

// divide splits a file into front matter and body; bodyLine is the line of
// the file on which the body begins.
func (p *parser) divide(src string) (head, body string, bodyLine int) {
	rest, ok := strings.CutPrefix(src, "---\n")
	if !ok {
		p.fault(1, "the first line must be --- and open the front matter (id, title, examples and so on)")
		return "", "", 0
	}
	head, body, ok = strings.Cut(rest, "\n---\n")
	if !ok {
		p.fault(1, "the front matter is not closed: write a line --- after it")
		return "", "", 0
	}
	return head + "\n", body, strings.Count(head, "\n") + 4
}

// body reads the sections: "## en", "## cy", "## en wales" and so on.
func (p *parser) body(src string, line int) {
	var name string
	var text []string
	start := 0
	flush := func() {
		if name != "" {
			p.section(name, start, text)
		} else if s := strings.TrimSpace(strings.Join(text, "")); s != "" {
			p.fault(line, "text before the first section: begin the answer with a line ## en")
		}
	}
	for i, l := range strings.Split(src, "\n") {
		if after, ok := strings.CutPrefix(l, "## "); ok {
			flush()
			name, text, start = strings.TrimSpace(after), nil, line+i
			continue
		}
		text = append(text, l)
	}
	flush()
}

func (p *parser) section(name string, line int, lines []string) {
	lang, nation, _ := strings.Cut(name, " ")
	key := section{lang, strings.TrimSpace(nation)}
	switch {
	case lang != text.English && lang != text.Welsh,
		key.nation != "" && key.nation != England && key.nation != Wales:
		p.fault(line, "unknown section %q: there are ## en, ## cy, ## en england, ## en wales, ## cy england and ## cy wales", name)
		return
	case p.entry.sections[key] != nil:
		p.fault(line, "section %q occurs twice", name)
		return
	}
	src := strings.Join(lines, "\n")
	blocks := p.markdown([]byte(src), line+1)
	if len(blocks) == 0 {
		p.fault(line, "section %q is empty: write the answer below it, or leave it out", name)
		return
	}
	if n := length(blocks); n > maxAnswer {
		p.fault(line, "section %q has %d characters; at most %d: shorten it", name, n, maxAnswer)
	}
	p.entry.sections[key] = blocks
}

// length is how long an answer is to a reader, in characters: the addresses of
// its links count where they are shown as text.
func length(blocks []Block) int {
	n := 0
	for _, b := range blocks {
		for _, line := range b.Lines {
			for _, s := range line {
				n += utf8.RuneCountInString(s.Text + s.Link)
			}
		}
	}
	return n
}

// complete looks for what is missing once all has been read.
func (p *parser) complete() {
	if !p.entry.Has(text.English) {
		p.fault(0, "no answer in English: add a section ## en")
	}
	if p.ours && !p.entry.Has(text.Welsh) {
		p.fault(0, "no answer in Welsh: add a section ## cy")
	}
	for key := range p.entry.sections {
		if key.nation != "" && p.entry.sections[section{key.lang, ""}] == nil {
			p.fault(0, "section %q needs a section ## %s beside it", key.lang+" "+key.nation, key.lang)
		}
	}
}

// lineOf is the line of src, counted from first, in which the byte at offset
// lies.
func lineOf(src []byte, offset, first int) int {
	return first + bytes.Count(src[:min(max(offset, 0), len(src))], []byte("\n"))
}
