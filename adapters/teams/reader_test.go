package teams_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cymar/adapters/adaptertest"
)

// shapes is the part of Adaptive Cards 1.5 that we draw with: what each
// element may have, as the published schema says. Microsoft's own parser looks
// at the same cards in oracle_test.go.
func shapes() map[string]string {
	element := " separator spacing id height isVisible fallback requires "
	input := element + "label isRequired errorMessage value "
	action := " title style fallback id requires tooltip isEnabled mode iconUrl "
	return map[string]string{
		"AdaptiveCard":     " $schema version body actions speak fallbackText lang msteams ",
		"TextBlock":        element + "text style size weight wrap color isSubtle ",
		"RichTextBlock":    element + "inlines horizontalAlignment ",
		"TextRun":          " text weight italic size isSubtle color underline selectAction ",
		"Container":        element + "items style ",
		"FactSet":          element + "facts ",
		"Image":            element + "url altText size ",
		"Table":            element + "columns rows firstRowAsHeader gridStyle showGridLines ",
		"TableRow":         " cells ",
		"TableCell":        " items ",
		"ActionSet":        element + "actions ",
		"Action.Execute":   action + "verb data ",
		"Action.Submit":    action + "data ",
		"Action.OpenUrl":   action + "url ",
		"Action.ShowCard":  action + "card ",
		"Input.Text":       input + "placeholder isMultiline maxLength ",
		"Input.Date":       input + "placeholder ",
		"Input.Time":       input + "placeholder ",
		"Input.ChoiceSet":  input + "choices style isMultiSelect wrap placeholder ",
		"Fact":             " title value ",
		"Choice":           " title value ",
		"ColumnDefinition": " width ",
	}
}

var needed = map[string][]string{
	"AdaptiveCard": {"version", "body"}, "TextBlock": {"text"}, "RichTextBlock": {"inlines"}, "TextRun": {"text"},
	"FactSet": {"facts"}, "Image": {"url", "altText"}, "ActionSet": {"actions"}, "Action.OpenUrl": {"url"},
	"Action.Execute": {"title", "verb", "data", "fallback"}, "Action.Submit": {"title", "data"}, "Action.ShowCard": {"title", "card"},
	"Input.Text": {"id", "label"}, "Input.Date": {"id", "label"}, "Input.Time": {"id", "label"}, "Input.ChoiceSet": {"id", "label", "choices"},
}

// childOf is what a list holds whose members carry no type of their own.
var childOf = map[string]string{"facts": "Fact", "choices": "Choice", "columns": "ColumnDefinition"}

// viewer is a client that shows an Adaptive Card, and refuses what the format
// does not have.
type viewer struct {
	shown  adaptertest.Shown
	faults []string
	titles []string // on buttons
}

func (v *viewer) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Sprintf(format, args...))
}

// look reads one element and all below it.
func (v *viewer) look(kind string, n map[string]any) {
	if own, ok := n["type"].(string); ok {
		kind = own
	}
	allowed, known := shapes()[kind]
	if !known {
		v.fault("no element is called %q", kind)
		return
	}
	for name := range n {
		if name != "type" && !strings.Contains(allowed, " "+name+" ") {
			v.fault("%s has no %q", kind, name)
		}
	}
	for _, name := range needed[kind] {
		if n[name] == nil {
			v.fault("%s without %q", kind, name)
		}
	}
	v.read(kind, n)
	for _, name := range slices.Sorted(maps(n)) {
		if name != "data" && name != "msteams" && name != "fallback" && !(kind == "FactSet" && name == "facts") {
			v.below(name, n[name])
		}
	}
}

func maps(n map[string]any) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range n {
			if !yield(name) {
				return
			}
		}
	}
}

func (v *viewer) below(name string, value any) {
	switch value := value.(type) {
	case map[string]any:
		v.look(childOf[name], value)
	case []any:
		for _, item := range value {
			if n, ok := item.(map[string]any); ok {
				v.look(childOf[name], n)
			}
		}
	}
}

var (
	atTag    = regexp.MustCompile(`<at>(.*?)</at>`)
	markdown = regexp.MustCompile(`\]\(|https?://|www\.`)
)

// read takes the words of one element, and what it makes of them.
func (v *viewer) read(kind string, n map[string]any) {
	text, _ := n["text"].(string)
	switch kind {
	case "TextRun": // never read as markup
		v.shown.Text += text
	case "RichTextBlock":
		v.shown.Text += "\n"
	case "TextBlock":
		for _, m := range atTag.FindAllStringSubmatch(text, -1) {
			v.shown.Mentions = append(v.shown.Mentions, m[1])
		}
		v.markup(text)
		v.shown.Text += "\n" + text
	case "FactSet":
		facts, _ := n["facts"].([]any)
		for _, f := range facts {
			fact, _ := f.(map[string]any)
			v.markup(fmt.Sprint(fact["title"]))
			v.markup(fmt.Sprint(fact["value"]))
			v.shown.Text += fmt.Sprintf("\n%v: %v", fact["title"], fact["value"])
		}
	case "Action.OpenUrl":
		if n["title"] == nil {
			v.shown.Links = append(v.shown.Links, fmt.Sprint(n["url"]))
		}
	case "Choice":
		v.markup(fmt.Sprint(n["title"]))
	}
	if title, ok := n["title"].(string); ok && strings.HasPrefix(kind, "Action.") {
		v.titles = append(v.titles, title)
	}
}

// markup looks for what Teams would make of a text that it reads as Markdown.
func (v *viewer) markup(text string) {
	bare := atTag.ReplaceAllString(text, "")
	if markdown.MatchString(bare) {
		v.shown.Links = append(v.shown.Links, bare)
	}
	if strings.ContainsAny(bare, "<*_`~") || strings.Contains(bare, "{{") {
		v.fault("a text could be read as markup: %.80q", bare)
	}
}

// sendable is an activity's card as a person sees it. The error says what
// Teams would not take.
func sendable(body string) (adaptertest.Shown, error) {
	v, err := view(body)
	return v.shown, err
}

func view(body string) (*viewer, error) {
	var a struct {
		Type        string
		Summary     string
		Text        string
		Attachments []struct {
			ContentType string
			Content     map[string]any
		}
	}
	v := &viewer{}
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		return v, err
	}
	if a.Type != "message" || a.Text != "" || len(a.Attachments) != 1 || a.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" {
		return v, fmt.Errorf("no message with one card: %.200s", body)
	}
	if len(body) > 28_000 {
		v.fault("%d bytes", len(body))
	}
	card := a.Attachments[0].Content
	v.look("AdaptiveCard", card)
	v.entities(card)
	if len(v.faults) > 0 {
		return v, fmt.Errorf("%s", strings.Join(v.faults, "; "))
	}
	return v, nil
}

// entities checks that each mention in a text has its entity and the other way
// round.
func (v *viewer) entities(card map[string]any) {
	teams, _ := card["msteams"].(map[string]any)
	all, _ := teams["entities"].([]any)
	if len(all) != len(v.shown.Mentions) {
		v.fault("%d entities for %d mentions", len(all), len(v.shown.Mentions))
	}
}
