package kb

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	yamlparser "github.com/goccy/go-yaml/parser"

	"cymar/text"
)

// headLine is the line of the file on which the front matter begins.
const headLine = 2

var fields = []string{"id", "outcome", "title", "terms", "sources", "related", "checked", "review", "welsh", "examples"}

// frontMatter reads the fields, each from the syntax tree so that every fault
// has its line.
func (p *parser) frontMatter(src string) {
	src, p.quick = quickExamples(src)
	file, err := yamlparser.ParseBytes([]byte(src), 0)
	if err != nil {
		p.syntax(err)
		return
	}
	var root ast.Node
	if len(file.Docs) == 1 {
		root = file.Docs[0].Body
	}
	values := p.mapping("the front matter", root, fields)
	if values == nil {
		return
	}
	e := p.entry
	e.ID = p.id(values["id"])
	e.Outcome = p.outcome(values["outcome"])
	e.Title = p.words("title", values["title"])
	e.Terms = p.distinct("terms", p.texts("terms", values["terms"]))
	e.Sources = p.sources(values["sources"])
	e.Related = p.distinct("related", p.texts("related", values["related"]))
	e.Checked = p.date("checked", values["checked"])
	e.Review = p.date("review", values["review"])
	e.WelshReviewed = p.reviewed(values["welsh"])
	e.Examples = p.examples(values["examples"])
	p.required(values)
}

var yamlPosition = regexp.MustCompile(`^\[(\d+):\d+\] `)

func (p *parser) syntax(err error) {
	line, message := headLine, err.Error()
	var at yaml.Error
	if errors.As(err, &at) {
		message = at.GetMessage()
		if t := at.GetToken(); t != nil && t.Position != nil {
			line = headLine - 1 + t.Position.Line
		}
	}
	message, _, _ = strings.Cut(yamlPosition.ReplaceAllString(message, ""), "\n")
	p.fault(line, "not valid YAML: %s (put text that contains a colon or begins with a sign in \"double quotes\")", message)
}

// required looks for fields that are missing. An outcome other than an answer
// rests on nothing outside, so it needs no sources.
func (p *parser) required(values map[string]ast.Node) {
	need := []string{"id", "title", "checked", "review", "examples"}
	if p.ours {
		need = append(need, "terms", "related")
		if p.entry.Outcome == Answer {
			need = append(need, "sources")
		}
	}
	for _, name := range need {
		if values[name] == nil {
			p.fault(headLine, "%s is missing: %s", name, remedy[name])
		}
	}
	if !p.entry.Review.IsZero() && p.entry.Review.Before(p.entry.Checked) {
		p.fault(line(values["review"]), "review lies before checked: write the day on which the facts are due to be checked again")
	}
	if p.ours && values["related"] != nil && p.entry.Outcome == Answer && len(p.entry.Related) < 2 {
		p.fault(line(values["related"]), "at least two related entries are needed")
	}
	if slices.Contains(p.entry.Related, p.entry.ID) {
		p.fault(line(values["related"]), "an entry is not related to itself: take %q out", p.entry.ID)
	}
}

var remedy = map[string]string{
	"id":       "write id: and the file's name without .md",
	"title":    "write title: and below it, indented, en: and the question in a few words",
	"checked":  "write checked: and the day on which the facts were checked, like 2026-11-21",
	"review":   "write review: and the day on which they are to be checked again, like 2027-05-21",
	"examples": "write examples:, below it en: and then questions as people type them, each on a line with a dash",
	"terms":    "write terms: and what people call the thing, each on a line with a dash",
	"related":  "write related: [one-id, another-id]",
	"sources":  "write sources: and below it title and place of each; sources: [] if there is none",
}

func (p *parser) id(n ast.Node) string {
	id := p.scalar("id", n)
	if n == nil || id == "" {
		return id
	}
	name := p.file[strings.LastIndexByte(p.file, '/')+1:]
	switch {
	case !validID.MatchString(id):
		p.fault(line(n), "id %q: use small letters, digits and single hyphens", id)
	case name != id+".md":
		p.fault(line(n), "id %q does not match the file's name: call the file %s.md, or change the id", id, id)
	}
	return id
}

func (p *parser) outcome(n ast.Node) Outcome {
	if n == nil {
		return Answer
	}
	o := Outcome(p.scalar("outcome", n))
	switch o {
	case Answer, Unsure, Routed, Smalltalk:
		return o
	}
	p.fault(line(n), "outcome %q: write answer, unsure, routed or smalltalk, or leave it out for answer", o)
	return Answer
}

func (p *parser) words(name string, n ast.Node) Words {
	v := p.mapping(name, n, []string{text.English, text.Welsh})
	w := Words{English: p.scalar(name+": en", v[text.English]), Welsh: p.scalar(name+": cy", v[text.Welsh])}
	if n != nil && v != nil && w.English == "" {
		p.fault(line(n), "%s has no en: write it in English", name)
	}
	if n != nil && v != nil && p.ours && w.Welsh == "" {
		p.fault(line(n), "%s has no cy: write it in Welsh", name)
	}
	return w
}

func (p *parser) sources(n ast.Node) []Source {
	var out []Source
	for _, item := range p.items("sources", n) {
		v := p.mapping("a source", item, []string{"title", "place"})
		if v == nil {
			continue
		}
		s := Source{Title: p.scalar("title of a source", v["title"]), Place: p.scalar("place of a source", v["place"])}
		if s.Title == "" {
			p.fault(line(item), "a source needs a title")
		}
		out = append(out, s)
	}
	return out
}

func (p *parser) examples(n ast.Node) Examples {
	v := p.mapping("examples", n, []string{text.English, text.Welsh})
	of := func(lang string) []string {
		name := "examples: " + lang
		return p.distinct(name, append(p.quick[lang], p.texts(name, v[lang])...))
	}
	ex := Examples{of(text.English), of(text.Welsh)}
	if n != nil && v != nil && len(ex.English)+len(ex.Welsh) == 0 {
		p.fault(line(n), "no examples: write at least three questions as people type them")
	}
	return ex
}

func (p *parser) date(name string, n ast.Node) time.Time {
	if n == nil {
		return time.Time{}
	}
	s := p.scalar(name, n)
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		p.fault(line(n), "%s: %q is not a day: write it like 2026-11-21", name, s)
	}
	return d
}

func (p *parser) reviewed(n ast.Node) bool {
	v := p.mapping("welsh", n, []string{"reviewed"})["reviewed"]
	if v == nil {
		return false
	}
	switch strings.ToLower(p.scalar("welsh: reviewed", v)) {
	case "yes", "true":
		return true
	case "no", "false":
		return false
	}
	p.fault(line(v), "welsh: reviewed is yes or no")
	return false
}
