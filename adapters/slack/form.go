package slack

import (
	"errors"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"cymar/bot"
)

// modal is a form as Slack shows it. m is where it was asked for.
func (s *Slack) modal(f bot.Form, m meta) (*api.ModalViewRequest, error) {
	m.State, m.First = f.State, ""
	v := &api.ModalViewRequest{
		Type: api.VTModal, CallbackID: f.ID, Title: plain(orElse(short(f.Title, maxTitle), "Cymar")),
		Submit: plain(short(orElse(f.Submit, s.words.Say(f.Lang, "submit")), maxTitle)),
		Close:  plain(short(orElse(f.Cancel, s.words.Say(f.Lang, "cancel")), maxTitle)),
	}
	var head []bot.Block
	if units(f.Title) > maxTitle {
		head = append(head, bot.Heading{Text: short(f.Title, ourText)})
	}
	if f.Intro != "" {
		head = append(head, bot.Para(short(f.Intro, ourText)))
	}
	blocks := s.blocks(bot.Card{Lang: f.Lang, Blocks: head}, true)
	for _, field := range f.Fields {
		if m.First == "" {
			m.First = field.Name
		}
		blocks = append(blocks, input(field))
	}
	if len(blocks) > maxViewBlocks || f.ID == "" || units(f.ID) > maxActionID {
		return nil, errors.New("the form is larger than Slack takes")
	}
	v.Blocks = api.Blocks{BlockSet: blocks}
	var err error
	v.PrivateMetadata, err = m.encode()
	return v, err
}

// fieldAction is the action id of every field; the block's id is its name.
const fieldAction = "value"

func input(f bot.Field) *api.InputBlock {
	var hint *api.TextBlockObject
	if h := strings.TrimSpace(short(f.Hint, maxFieldLabel)); h != "" {
		hint = plain(h)
	}
	b := api.NewInputBlock(f.Name, plain(orElse(strings.TrimSpace(short(f.Label, maxFieldLabel)), f.Name)), hint, control(f))
	b.Optional = f.Optional
	return b
}

func control(f bot.Field) api.BlockElement {
	switch f.Kind {
	case bot.DateField:
		e := api.NewDatePickerBlockElement(fieldAction)
		if _, err := time.Parse(time.DateOnly, f.Value); err == nil {
			e.InitialDate = f.Value
		}
		return e
	case bot.TimeField:
		e := api.NewTimePickerBlockElement(fieldAction)
		if _, err := time.Parse("15:04", f.Value); err == nil {
			e.InitialTime = f.Value
		}
		return e
	case bot.ChoiceField, bot.ManyField:
		if len(f.Options) > 0 {
			return choice(f)
		}
	}
	return typing(f)
}

func typing(f bot.Field) api.BlockElement {
	e := api.NewPlainTextInputBlockElement(nil, fieldAction)
	e.Multiline = f.Kind == bot.LongText
	e.MaxLength = maxFieldText
	if f.Max > 0 {
		e.MaxLength = min(f.Max, maxFieldText)
	}
	e.InitialValue = short(f.Value, e.MaxLength)
	return e
}

// choice is a list to choose from. An option that Slack would not take is left
// out; handlers keep their values short.
func choice(f bot.Field) api.BlockElement {
	var all, chosen []*api.OptionBlockObject
	for _, o := range f.Options {
		if len(all) == maxChoices || o.Value == "" || units(o.Value) > maxChoiceValue {
			continue
		}
		opt := api.NewOptionBlockObject(o.Value, plain(orElse(strings.TrimSpace(short(o.Label, maxLabel)), o.Value)), nil)
		all = append(all, opt)
		if f.Kind == bot.ManyField && contains(strings.Split(f.Value, ","), o.Value) || f.Value == o.Value {
			chosen = append(chosen, opt)
		}
	}
	if f.Kind == bot.ManyField {
		e := api.NewOptionsMultiSelectBlockElement(api.MultiOptTypeStatic, nil, fieldAction, all...)
		e.InitialOptions = chosen
		return e
	}
	e := api.NewOptionsSelectBlockElement(api.OptTypeStatic, nil, fieldAction, all...)
	if len(chosen) > 0 {
		e.InitialOption = chosen[0]
	}
	return e
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if strings.TrimSpace(s) == one {
			return true
		}
	}
	return false
}

// faults is a form's faults as Slack takes them: by field. Those of no field
// stand at the first one.
func faults(errs map[string]string, fields map[string]map[string]value, first string) map[string]string {
	out := map[string]string{}
	for name, text := range errs {
		if _, ok := fields[name]; !ok || name == "" {
			name = first
		}
		out[name] = strings.TrimSpace(out[name] + " " + short(text, maxFieldLabel))
	}
	return out
}

// composer is the form behind “ask a question”: what is typed there comes in
// as a message in the person's direct chat.
func (s *Slack) composer(lang bot.Lang) bot.Form {
	return bot.Form{ID: composerID, Lang: lang, Title: s.words.Say(lang, "ask.title"), Submit: s.words.Say(lang, "submit"),
		Fields: []bot.Field{{Name: composerField, Kind: bot.LongText, Label: s.words.Say(lang, "ask.label"), Hint: s.words.Say(lang, "ask.hint")}}}
}

const (
	composerID    = "slack.ask"
	composerField = "question"
)

// homeView is somebody's App Home: what the bot says there, and a way to ask.
func (s *Slack) homeView(c bot.Card) api.HomeTabViewRequest {
	ask := bot.Buttons{Buttons: []bot.Button{{Action: composerID, Label: s.words.Say(c.Lang, "ask.button"), Value: string(c.Lang), Style: bot.Primary}}}
	c.Blocks = append([]bot.Block{ask}, c.Blocks...)
	var all []bot.Block
	for _, b := range c.Blocks {
		all = append(all, apart(b)...)
	}
	blocks := s.blocks(bot.Card{Lang: c.Lang, Blocks: all}, true)
	return api.HomeTabViewRequest{Type: api.VTHomeTab, Blocks: api.Blocks{BlockSet: blocks[:min(len(blocks), maxViewBlocks)]}}
}
