package bottest

import "cymar/bot"

// Fixture is a card under the name of its golden file.
type Fixture struct {
	Name string
	Card bot.Card
}

// Cards is the fixture cards, in order: one for each kind of block, all blocks
// together, and realistic ones in both languages. Every renderer has a golden
// file of each.
func Cards() []Fixture {
	all := append(blocks(), realistic()...)
	var every bot.Card
	every.Summary, every.Lang = "One of every block", bot.English
	for _, f := range blocks() {
		every.Blocks = append(every.Blocks, f.Card.Blocks...)
	}
	return append(all, Fixture{"every-block", every}, Fixture{"summary-only", bot.Card{Summary: "Only a summary", Lang: bot.English}})
}

// onePixel is a PNG of one transparent pixel.
var onePixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82")

func one(name string, b bot.Block) Fixture {
	return Fixture{name, bot.Card{Summary: "A card with " + name, Lang: bot.English, Blocks: []bot.Block{b}}}
}

func blocks() []Fixture {
	return []Fixture{
		one("heading", bot.Heading{Text: "What peer support is"}),
		one("text", bot.Text{Spans: []bot.Span{
			{Text: "Plain, "}, {Text: "bold", Bold: true}, {Text: ", "}, {Text: "italic", Italic: true}, {Text: ", "},
			{Text: "both", Bold: true, Italic: true}, {Text: ", "}, {Text: "a link", Link: "https://www.nhs.uk/"},
			{Text: " and "}, {Text: "Alex", Mention: Person("u-alex")}, {Text: "."}}}),
		one("facts", bot.Facts{Rows: []bot.Fact{{Label: "Next due", Value: "30 November 2026"}, {Label: "Held", Value: "yes"}}}),
		one("list", bot.List{Items: [][]bot.Span{bot.Plainly("Listen first"), {{Text: "Ask "}, {Text: "what helps", Bold: true}}}}),
		one("quote", bot.Quote{Spans: bot.Plainly("It helped that somebody had been there too.")}),
		one("note", bot.Note{Spans: []bot.Span{{Text: "Source: "}, {Text: "NHS", Link: "https://www.nhs.uk/"}}}),
		one("divider", bot.Divider{}),
		one("buttons", bot.Buttons{Buttons: []bot.Button{
			{Action: "supervision.held", Label: "It took place", Value: "2026-11-23", Command: "supervision held", Style: bot.Primary},
			{Action: "privacy.forget", Label: "Forget me", Command: "forget me", Style: bot.Danger, Confirm: "Remove everything about you?"},
			{Label: "Read more", URL: "https://www.nhs.uk/"}}}),
		one("picture", bot.Picture{Alt: "Four themes and how often each was named", PNG: onePixel}),
		one("table", bot.Table{Header: []string{"Month", "Held", "Due"}, Rows: [][]string{{"October", "9", "12"}, {"November", "11", "12"}}}),
	}
}

func realistic() []Fixture {
	return []Fixture{
		{"answer-en", answer(bot.English, "What does mutual mean in peer support?",
			"Mutual means that both people give and both people learn.",
			[]string{"Neither is the expert on the other.", "You share what helps when it helps the other person."},
			"Reviewed 1 November 2026", "Did this help?", "Yes", "No")},
		{"answer-cy", answer(bot.Welsh, "Beth yw ystyr cydfuddiannol?",
			"Ystyr cydfuddiannol yw bod y ddau'n rhoi a'r ddau'n dysgu.",
			[]string{"Nid yw'r naill yn arbenigwr ar y llall.", "Rydych chi'n rhannu'r hyn sy'n helpu."},
			"Adolygwyd 1 Tachwedd 2026", "A oedd hyn o gymorth?", "Oedd", "Nac oedd")},
		{"nudge-en", nudge(bot.English, "Supervision is due", "Your supervision is due by Monday 30 November.", "It took place", "Remind me later")},
		{"nudge-cy", nudge(bot.Welsh, "Mae goruchwyliaeth yn ddyledus", "Mae eich goruchwyliaeth i fod erbyn dydd Llun 30 Tachwedd.", "Fe'i cynhaliwyd", "Atgoffwch fi wedyn")},
		{"support-en", support(bot.English, "Support now", "I am a bot and nobody watches this chat. If you are in danger now, call 999.", "Samaritans")},
		{"support-cy", support(bot.Welsh, "Cymorth nawr", "Bot ydw i ac nid oes neb yn gwylio'r sgwrs hon. Os ydych mewn perygl nawr, ffoniwch 999.", "Y Samariaid")},
	}
}

func answer(lang bot.Lang, question, lead string, points []string, reviewed, ask, yes, no string) bot.Card {
	var items [][]bot.Span
	for _, p := range points {
		items = append(items, bot.Plainly(p))
	}
	return bot.Card{Summary: lead, Lang: lang, Blocks: []bot.Block{
		bot.Heading{Text: question}, bot.Para(lead), bot.List{Items: items},
		bot.Note{Spans: bot.Plainly(reviewed)}, bot.Divider{}, bot.Para(ask),
		bot.Buttons{Buttons: []bot.Button{
			{Action: "principles.rate", Label: yes, Value: "mutual:up", Command: "yes"},
			{Action: "principles.rate", Label: no, Value: "mutual:down", Command: "no"}}},
	}}
}

func nudge(lang bot.Lang, title, text, done, later string) bot.Card {
	return bot.Card{Summary: text, Lang: lang, Blocks: []bot.Block{
		bot.Heading{Text: title}, bot.Para(text),
		bot.Buttons{Buttons: []bot.Button{
			{Action: "supervision.held", Label: done, Value: "2026-11-30", Command: "supervision held", Style: bot.Primary},
			{Action: "supervision.snooze", Label: later, Value: "2026-11-30", Command: "supervision later"}}},
	}}
}

func support(lang bot.Lang, title, text, who string) bot.Card {
	return bot.Card{Summary: text, Lang: lang, Blocks: []bot.Block{
		bot.Heading{Text: title}, bot.Para(text),
		bot.Facts{Rows: []bot.Fact{{Label: who, Value: "116 123"}, {Label: "NHS", Value: "111"}}},
	}}
}
