// Package words gives every string in English and in Welsh. A handler keeps
// its own two catalogues, en.yaml and cy.yaml; New refuses a pair in which a
// string is missing in either language, so that no screen is half translated.
//
// In cy.yaml each string says in its description whether a native speaker has
// read it: "reviewed: yes" or "reviewed: no".
package words

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"cymar/bot"
	"cymar/text"
)

// Catalogue is one handler's strings in both languages.
type Catalogue struct {
	in  map[bot.Lang]*i18n.Localizer
	has map[string]bool
}

// Data fills the places of a string: {{.Name}}.
type Data map[string]any

// New reads en.yaml and cy.yaml from files. The error names every string that
// one language has and the other lacks, and every Welsh string that does not
// say whether it was reviewed.
func New(files fs.FS) (*Catalogue, error) {
	bundle := i18n.NewBundle(language.BritishEnglish)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	keys := map[bot.Lang]map[string]*i18n.Message{}
	for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
		m, err := load(bundle, files, string(lang)+".yaml")
		if err != nil {
			return nil, err
		}
		keys[lang] = m
	}
	if err := parity(keys[bot.English], keys[bot.Welsh]); err != nil {
		return nil, err
	}
	c := &Catalogue{in: map[bot.Lang]*i18n.Localizer{}, has: map[string]bool{}}
	for id := range keys[bot.English] {
		c.has[id] = true
	}
	for lang := range keys {
		c.in[lang] = i18n.NewLocalizer(bundle, string(lang))
	}
	return c, nil
}

func load(bundle *i18n.Bundle, files fs.FS, name string) (map[string]*i18n.Message, error) {
	f, err := bundle.LoadMessageFileFS(files, name)
	if err != nil {
		return nil, fmt.Errorf("words: %s: %w", name, err)
	}
	out := map[string]*i18n.Message{}
	for _, m := range f.Messages {
		out[m.ID] = m
	}
	return out, nil
}

func parity(en, cy map[string]*i18n.Message) error {
	var faults []error
	for id := range en {
		if cy[id] == nil {
			faults = append(faults, fmt.Errorf("words: %q has no Welsh", id))
		}
	}
	for id, m := range cy {
		if en[id] == nil {
			faults = append(faults, fmt.Errorf("words: %q has no English", id))
		}
		if !strings.Contains(m.Description, "reviewed: ") {
			faults = append(faults, fmt.Errorf("words: the Welsh of %q does not say whether it was reviewed", id))
		}
	}
	return errors.Join(faults...)
}

// Has reports whether the catalogue holds the string.
func (c *Catalogue) Has(id string) bool { return c.has[id] }

// Say is the string in the language, its places filled from data. A string
// that does not exist shows its own id: a test looks for that.
func (c *Catalogue) Say(lang bot.Lang, id string, data ...Data) string {
	return c.localize(lang, &i18n.LocalizeConfig{MessageID: id, TemplateData: first(data)})
}

// Count is the string in the plural form that the language has for n; n is
// also there as {{.N}}.
func (c *Catalogue) Count(lang bot.Lang, id string, n int, data ...Data) string {
	d := Data{"N": n}
	for k, v := range first(data) {
		d[k] = v
	}
	return c.localize(lang, &i18n.LocalizeConfig{MessageID: id, PluralCount: n, TemplateData: d})
}

func (c *Catalogue) localize(lang bot.Lang, cfg *i18n.LocalizeConfig) string {
	l, ok := c.in[lang]
	if !ok {
		l = c.in[bot.English]
	}
	s, err := l.Localize(cfg)
	if err != nil {
		return "⟦" + cfg.MessageID + "⟧"
	}
	return s
}

func first(data []Data) Data {
	if len(data) == 0 {
		return nil
	}
	return data[0]
}

// Choose is the one rule for the language of an answer: the text's own, as
// its function words tell; else the person's; else the space's; else English.
func Choose(said string, person, space bot.Lang) bot.Lang {
	for _, l := range []bot.Lang{bot.Lang(text.Language(said)), person, space} {
		if l == bot.English || l == bot.Welsh {
			return l
		}
	}
	return bot.English
}
