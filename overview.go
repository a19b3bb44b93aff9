package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cymar/bot"
	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/transcript"
	"cymar/handlers/safeguarding"
)

type overviewCmd struct {
	Paths       []string `arg:"" name:"file" help:"The chat: a file, a folder, or the pieces in which it was copied. A single dash reads standard input."`
	Out         string   `short:"o" name:"out" help:"Where to write. The ending decides the form: .docx, .html, .md or .json; .jsonl with --messages. Without it Markdown goes to standard output."`
	Messages    bool     `help:"Write the messages that were read, one JSON object a line, and draw nothing."`
	Meta        string   `type:"existingfile" help:"A JSON file with title, date, start, end, platform, timezone and lang of the meeting."`
	Title       string   `help:"The meeting's title."`
	Date        string   `help:"The day of the meeting, as 2026-01-08."`
	Start       string   `help:"When it began, as 14:00."`
	End         string   `help:"When it ended, as 16:00."`
	Facilitator []string `sep:";" help:"Display names of those who led the meeting, divided by semicolons."`
	LeaveOut    []string `name:"leave-out" sep:";" help:"Display names of people to leave out, divided by semicolons."`
	Channel     string   `help:"The channel, where an export holds several."`
	Annex       string   `help:"Where to write the evidence for each paragraph, for the facilitator only: .docx, .html or .md."`
	Lists       bool     `help:"Add the lists of resources, open questions and actions below the text."`
	NoChart     bool     `name:"no-chart" help:"Leave out the chart of the themes over time."`
}

// Run reads a chat and writes its overview. What was read, what was not and
// what is missing is said on standard error.
func (c overviewCmd) Run(io stdio) error {
	if err := c.check(); err != nil {
		return usageError{err}
	}
	steps := newProgress(io.err, "Reading the chat", "Finding the themes", "Writing")
	steps.next()
	t, r, err := c.read(io)
	if err != nil {
		steps.stop()
		return usageError{errors.New(whyNot(err))}
	}
	if c.Messages {
		steps.stop()
		return errors.Join(c.write(io, c.Out, t.WriteJSONL), tell(io.err, reportWords(t, r)))
	}
	steps.next()
	o, err := c.draw(t)
	if err != nil {
		steps.stop()
		return err
	}
	steps.next()
	err = c.files(io, t, o)
	steps.stop()
	if err != nil {
		return err
	}
	return tell(io.err, reportWords(t, r)+checkInWords(o))
}

// check refuses what cannot be written before anything is read.
func (c overviewCmd) check() error {
	ext := strings.ToLower(filepath.Ext(c.Out))
	switch {
	case c.Messages && c.Out != "" && ext != ".jsonl":
		return fmt.Errorf("--messages writes .jsonl, not %s", filepath.Base(c.Out))
	case !c.Messages && c.Out != "" && writers[ext].overview == nil && ext != ".json":
		return fmt.Errorf("%s: the overview is written as .docx, .html, .md or .json", filepath.Base(c.Out))
	case c.Annex != "" && writers[strings.ToLower(filepath.Ext(c.Annex))].annex == nil:
		return fmt.Errorf("%s: the annex is written as .docx, .html or .md", filepath.Base(c.Annex))
	}
	return nil
}

// read takes the chat in, with what is known beside it.
func (c overviewCmd) read(io stdio) (transcript.Transcript, transcript.Report, error) {
	known, err := c.known()
	if err != nil {
		return transcript.Transcript{}, transcript.Report{}, err
	}
	o := transcript.Options{Now: time.Now(), Known: known, Channel: c.Channel, Turns: !c.Messages}
	if len(c.Paths) == 1 {
		if c.Paths[0] == "-" {
			return transcript.Read("standard input", io.in, o)
		}
		if st, err := os.Stat(c.Paths[0]); err == nil && st.IsDir() {
			return transcript.ReadFS(os.DirFS(c.Paths[0]), o)
		}
	}
	var files []transcript.File
	for _, p := range c.Paths {
		files = append(files, transcript.File{Name: filepath.Base(p), Open: opener(p)})
	}
	return transcript.ReadAll(files, o)
}

func opener(path string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return os.Open(path) }
}

// known gathers what the command line and the file of particulars tell.
func (c overviewCmd) known() (transcript.Transcript, error) {
	var t transcript.Transcript
	if c.Meta != "" {
		f, err := os.Open(c.Meta)
		if err != nil {
			return t, err
		}
		defer f.Close()
		if err := t.ReadMeta(f); err != nil {
			return t, err
		}
	}
	if c.Title != "" {
		t.Title = c.Title
	}
	t.Facilitators = append(t.Facilitators, trimmed(c.Facilitator)...)
	return t, c.times(&t)
}

// times reads the day and the ends of the meeting. A day in another form is
// refused, because it could be read two ways.
func (c overviewCmd) times(t *transcript.Transcript) error {
	zone := time.UTC
	if z, err := time.LoadLocation(firstOf(t.Zone, "Europe/London")); err == nil {
		zone = z
	}
	if c.Date != "" {
		d, err := time.ParseInLocation("2006-01-02", c.Date, zone)
		if err != nil {
			return errors.New("--date is written as 2026-01-08")
		}
		t.Date = d
	}
	for _, x := range []struct {
		name, text string
		at         *time.Time
	}{{"--start", c.Start, &t.Start}, {"--end", c.End, &t.End}} {
		if x.text == "" {
			continue
		}
		clock, err := time.Parse("15:04", x.text)
		if err != nil {
			return fmt.Errorf("%s is written as 14:00", x.name)
		}
		if t.Date.IsZero() {
			return fmt.Errorf("%s needs --date as well", x.name)
		}
		y, m, d := t.Date.Date()
		*x.at = time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, zone)
	}
	return nil
}

func trimmed(names []string) []string {
	var all []string
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" {
			all = append(all, n)
		}
	}
	return all
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// draw makes the overview, with the guard over every message.
func (c overviewCmd) draw(t transcript.Transcript) (themes.Overview, error) {
	guard, err := safeguarding.NewGuard()
	if err != nil {
		return themes.Overview{}, err
	}
	return themes.Draw(t, themes.Options{LeaveOut: trimmed(c.LeaveOut), Guard: func(text string) string {
		switch level := guard.Read(text).Level; level {
		case bot.Calm:
			return ""
		case bot.OtherInDanger: // to be kept out, and looked after, like any safeguarding matter
			return string(bot.Safeguarding)
		default:
			return string(level)
		}
	}}), nil
}

// write puts a file where it was asked for, readable by its owner only, or on
// standard output. It is whole or not there.
func (c overviewCmd) write(io stdio, path string, write func(io.Writer) error) error {
	if path == "" || path == "-" {
		return write(io.out)
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		return usageError{fmt.Errorf("could not write %s: %w", filepath.Base(path), errors.Unwrap(err))}
	}
	return nil
}

func tell(w io.Writer, text string) error {
	_, err := io.WriteString(w, text)
	return err
}

// progress draws a bar of steps where somebody looks at it.
type progress struct {
	w     io.Writer
	steps []string
	at    int
	width int
}

func newProgress(w io.Writer, steps ...string) *progress {
	f, ok := w.(*os.File)
	if !ok {
		return &progress{}
	}
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return &progress{}
	}
	return &progress{w: w, steps: steps}
}

// next shows that the next step has begun.
func (p *progress) next() {
	if p.w == nil || p.at >= len(p.steps) {
		return
	}
	p.at++
	bar := strings.Repeat("█", p.at*8) + strings.Repeat("░", (len(p.steps)-p.at)*8)
	line := fmt.Sprintf("%s  %s …", bar, p.steps[p.at-1])
	_, _ = fmt.Fprintf(p.w, "\r%s%s", line, strings.Repeat(" ", max(0, p.width-len(line))))
	p.width = len(line)
}

// stop takes the bar away.
func (p *progress) stop() {
	if p.w != nil {
		_, _ = fmt.Fprintf(p.w, "\r%s\r", strings.Repeat(" ", p.width))
	}
}
