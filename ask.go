package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/config"
	"cymar/handlers/principles"
	"cymar/handlers/principles/kb"
	"cymar/handlers/safeguarding"
)

type askCmd struct {
	Question []string `arg:"" optional:"" help:"The question."`
	JSONL    bool     `name:"jsonl" help:"Read {\"id\",\"q\"} lines from standard input and write one line of JSON for each."`
	Explain  bool     `help:"Show which entries were considered, and why."`
	Lang     string   `enum:",en,cy" default:"" help:"Answer in this language (en or cy) when the question does not tell."`
	Nation   string   `enum:"england,wales,both" default:"both" help:"Whose helplines and law to name: england, wales or both."`
}

// answered is one line of the output; its form is that of the question set.
type answered struct {
	ID      string   `json:"id"`
	Outcome string   `json:"outcome"`
	Topic   string   `json:"topic"`
	Text    string   `json:"text"`
	Sources []string `json:"sources"`
	MS      float64  `json:"ms"`
}

// Run answers from the knowledge base alone: no store, nothing kept.
func (c askCmd) Run(io stdio) error {
	cfg, err := load(io)
	if err != nil {
		return err
	}
	d, err := newDesk(cfg, logger(io.err, cfg))
	if err != nil {
		return err
	}
	d.nation, d.lang = bot.Nation(c.Nation), bot.Lang(c.Lang)
	if c.JSONL {
		return d.lines(io.in, io.out)
	}
	q := strings.Join(c.Question, " ")
	if strings.TrimSpace(q) == "" {
		return usageError{fmt.Errorf(`write a question: cymar ask "what does non-directive mean"`)}
	}
	if c.Explain {
		_, err := fmt.Fprintln(io.out, d.explain(q))
		return err
	}
	_, err = fmt.Fprintln(io.out, d.card(q).Plain())
	return err
}

// desk answers questions without a platform: the guard first, then the
// knowledge base.
type desk struct {
	guard   bot.Guard
	support *safeguarding.Handler
	answers *principles.Handler
	nation  bot.Nation
	lang    bot.Lang
}

func newDesk(cfg config.Config, log *slog.Logger) (*desk, error) {
	lib, err := openLibrary(cfg, log)
	if err != nil {
		return nil, err
	}
	guard, err := safeguarding.NewGuard()
	if err != nil {
		return nil, err
	}
	support, err := safeguarding.New(helplines(cfg), nil)
	if err != nil {
		return nil, err
	}
	answers, err := principles.New(lib, nil, bot.SystemClock{}, nil)
	return &desk{guard: guard, support: support, answers: answers, nation: bot.Both}, err
}

func (d *desk) find(q string) (bot.Level, bot.Lang, kb.Result) {
	asked := d.asked(q)
	level := d.guard.Read(q).Level
	if level != bot.Calm && level != bot.Distress {
		return level, asked.Lang, kb.Result{}
	}
	return level, asked.Lang, d.answers.Find(asked)
}

func (d *desk) asked(q string) principles.Asked {
	return principles.Asked{Text: q, Lang: words.Choose(q, d.lang, ""), Nation: d.nation}
}

// card is what a person would be shown.
func (d *desk) card(q string) bot.Card {
	level, lang, res := d.find(q)
	if level != bot.Calm && level != bot.Distress {
		return d.support.For(level, d.nation, lang)
	}
	card := d.answers.Card(res, lang, d.nation)
	if level == bot.Distress {
		card.Blocks = append(card.Blocks, d.support.Quiet(d.nation, lang).Blocks...)
	}
	return card
}

func (d *desk) explain(q string) string {
	if level := d.guard.Read(q).Level; level != bot.Calm && level != bot.Distress {
		return fmt.Sprintf("The guard read level %s; the knowledge base was not asked.", level)
	}
	return d.answers.Explain(d.asked(q))
}

// answer is the line for one question. Did you mean counts as unsure.
func (d *desk) answer(id, q string) answered {
	begun := time.Now()
	level, lang, res := d.find(q)
	a := answered{ID: id, Sources: []string{}}
	switch {
	case level == bot.Crisis:
		a.Outcome, a.Topic = "crisis", "crisis-signpost"
		a.Text = d.support.For(level, d.nation, lang).Plain()
	case level != bot.Calm && level != bot.Distress:
		a.Outcome, a.Topic = "answer", "third-party-risk"
		a.Text = d.support.For(level, d.nation, lang).Plain()
	default:
		d.fromKnowledge(&a, res, lang)
		if level == bot.Distress {
			a.Text += "\n\n" + d.support.Quiet(d.nation, lang).Plain()
		}
	}
	a.MS = float64(time.Since(begun).Microseconds()) / 1000
	return a
}

func (d *desk) fromKnowledge(a *answered, res kb.Result, lang bot.Lang) {
	a.Outcome = string(res.Outcome)
	if res.Outcome == kb.DidYouMean || res.Entry == nil {
		a.Outcome, a.Text = string(kb.Unsure), d.answers.Card(res, lang, d.nation).Plain()
		return
	}
	a.Topic, a.Text = res.Entry.ID, d.answers.Text(res, lang, d.nation)
	for _, s := range res.Entry.Sources {
		a.Sources = append(a.Sources, s.Title)
	}
}

// maxLine is the longest line that is read; a question is far shorter.
const maxLine = 1 << 20

// lines answers {"id","q"} lines one by one.
func (d *desk) lines(in io.Reader, out io.Writer) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return eachLine(in, func(line []byte) error {
		var q struct{ ID, Q string }
		if err := json.Unmarshal(line, &q); err != nil {
			return err
		}
		return enc.Encode(d.answer(q.ID, q.Q))
	})
}

// eachLine hands over every line that is not empty; a fault names the line.
func eachLine(in io.Reader, do func([]byte) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64*1024), maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		if err := do(lines.Bytes()); err != nil {
			return usageError{fmt.Errorf("line %d: %w", n, err)}
		}
	}
	return lines.Err()
}

type guardCmd struct {
	JSONL bool `name:"jsonl" required:"" help:"Read {\"id\",\"text\"} lines and write {\"id\",\"level\"}: R, T, A, S, P or N."`
}

// Run shows the level that the guard reads in each text.
func (guardCmd) Run(io stdio) error {
	guard, err := safeguarding.NewGuard()
	if err != nil {
		return err
	}
	enc := json.NewEncoder(io.out)
	return eachLine(io.in, func(line []byte) error {
		var t struct{ ID, Text string }
		if err := json.Unmarshal(line, &t); err != nil {
			return err
		}
		level := guard.Read(t.Text).Level
		if level == bot.Calm {
			level = "N"
		}
		return enc.Encode(map[string]string{"id": t.ID, "level": string(level)})
	})
}
