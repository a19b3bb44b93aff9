package meetings

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/transcript"
)

// readJob reads a file that was dropped.
const readJob = "meetings.read"

// sizes of what is taken in.
const (
	mostFile     = 32 << 20 // bytes of one file
	mostMessages = 20_000
	mostPieces   = 60
	joinable     = 24 * time.Hour // how long pieces of one chat may come in
)

// readOptions is how a chat is read.
func (h *Handler) readOptions(m Meeting) transcript.Options {
	return transcript.Options{Now: h.o.Clock.Now(), Known: m.known(), Turns: true, Limit: mostFile}
}

// IsChat reports whether a file holds a chat that can be read, so that other
// jobs leave it alone.
func (h *Handler) IsChat(data []byte) bool {
	_, r, err := transcript.Read("file", bytes.NewReader(data), transcript.Options{Now: h.o.Clock.Now(), Limit: mostFile})
	return err == nil && r.Messages > 1
}

// isChat reports whether somebody pasted a chat. It stands before the guard,
// so what is said beside the messages must show nobody in danger.
func (h *Handler) isChat(text string) bool {
	if len(text) < 60 || strings.Count(text, "\n") < 2 || strings.Count(text, ":") < 3 {
		return false
	}
	t, r, err := transcript.Read("pasted", strings.NewReader(text), transcript.Options{Now: h.o.Clock.Now(), Limit: mostFile})
	if err != nil || len(t.Messages) < 3 || r.People == 0 {
		return false
	}
	lines := strings.Split(text, "\n")
	for _, f := range r.Faults {
		if f.Line < 1 || f.Line > len(lines) {
			continue
		}
		if level := h.guard(lines[f.Line-1]); level != "" && level != string(bot.PersonalData) {
			return false
		}
	}
	return true
}

// pasted takes a piece of a chat.
func (h *Handler) pasted(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	said, _ := ev.What.(bot.Said)
	a := h.ask(ev, "")
	m, err := h.gatheringFor(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	in, err := h.look(m, "pasted", []byte(said.Text))
	if err != nil {
		return bot.Reply{}, refuse(a.whyNot(err))
	}
	card, more, err := h.take(ctx, a, m, in)
	return labelled(only(card).And(more), m.ID), err
}

// gatheringFor is the meeting whose pieces are coming in, or a new one, which
// is kept once a piece of it was read.
func (h *Handler) gatheringFor(ctx context.Context, a asked) (Meeting, error) {
	now := h.o.Clock.Now()
	id, err := h.o.Store.Desk(ctx, a.From)
	if err != nil {
		return Meeting{}, err
	}
	m, err := h.o.Store.Load(ctx, homeOf(a.From), id)
	if err == nil && m.Owner == a.From && !m.Live && m.State == Gathering && now.Sub(m.Made) < joinable {
		return m, nil
	}
	if err != nil && !errors.Is(err, bot.ErrNotFound) {
		return m, err
	}
	return Meeting{ID: meetingID(a.ID), Owner: a.From, Lang: a.lang, Space: a.Space.ID, Zone: a.Space.Location().String(), State: Gathering, Made: now}, nil
}

// dropped takes a file that was dropped into the direct chat. Reading it is
// work of its own.
func (h *Handler) dropped(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	up, _ := ev.What.(bot.Uploaded)
	if h.o.Files == nil || ev.In.Kind != bot.DirectChat || !ev.Role.May(bot.CollectMeeting) {
		return bot.Reply{}, nil
	}
	a := h.ask(ev, "")
	job := fileJob{File: up.File, Owner: ev.From, Lang: a.lang, Space: ev.Space.ID, Zone: ev.Space.Location().String(), In: ev.In}
	if up.File.Size > mostFile {
		return bot.Reply{}, refuse(a.word("read.too_large", words.Data{"Name": filepath.Base(up.File.Name)}))
	}
	job.Key = "meetings.reading:" + bot.Digest(string(ev.ID))
	state, err := json.Marshal(job)
	if err != nil {
		return bot.Reply{}, err
	}
	reply := bot.Reply{Next: []bot.Event{{In: home(ev.In), What: bot.Continue{Job: readJob, Shard: h.o.Store.Shard(homeIn(ev.In)), State: string(state)}}}}
	if !strings.EqualFold(filepath.Ext(up.File.Name), ".csv") { // which may be a list for another job
		reply.Sends = []bot.Send{{To: bot.DM(ev.From), Key: job.Key, Card: a.say("reading", words.Data{"Name": filepath.Base(up.File.Name)})}}
	}
	return reply, nil
}

// home is the installation of a place, for work that belongs to no place.
func home(p bot.Place) bot.Place { return bot.Place{Platform: p.Platform, Tenant: p.Tenant} }

// fileJob is the work of reading a file.
type fileJob struct {
	File  bot.FileRef `json:"file"`
	Owner bot.User    `json:"owner"`
	Lang  bot.Lang    `json:"lang"`
	Space bot.SpaceID `json:"space,omitempty"`
	Zone  string      `json:"zone,omitempty"`
	In    bot.Place   `json:"in"`
	Key   string      `json:"key"` // of the card that says that it is being read
}

// reading reads a file: a chat, or an overview that comes back from Word.
func (h *Handler) reading(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	c, _ := ev.What.(bot.Continue)
	var job fileJob
	if err := json.Unmarshal([]byte(c.State), &job); err != nil {
		return bot.Reply{}, fmt.Errorf("the work of reading: %w", err)
	}
	ev.From, ev.In, ev.Lang, ev.Space = job.Owner, job.In, job.Lang, bot.Space{ID: job.Space, Zone: job.Zone}
	card, more, err := h.readFile(ctx, h.ask(ev, ""), job)
	var told *bot.UserError
	switch {
	case errors.Is(err, errLater):
		return bot.Reply{Next: []bot.Event{{In: home(job.In), What: c}}}, nil
	case errors.As(err, &told):
		card, err = bot.Say(job.Lang, told.Text), nil
	}
	if err != nil || card.Summary == "" {
		return bot.Reply{}, err
	}
	id, err := h.o.Store.Desk(ctx, job.Owner)
	return labelled(bot.Reply{Sends: []bot.Send{instead(job.Owner, job.Key, "/read", card)}}.And(more), id), err
}

// instead puts a card in the place of the one that was sent under key.
func instead(to bot.User, key, step string, card bot.Card) bot.Send {
	return bot.Send{To: bot.Replacing(key), Card: card, Key: key + step, Else: &bot.Send{To: bot.DM(to), Card: card}}
}

// errLater: the work is not done yet; a follow-up event goes on with it.
var errLater = errors.New("not done yet")

// readFile reads a file; a card without words says nothing.
func (h *Handler) readFile(ctx context.Context, a asked, job fileJob) (bot.Card, bot.Reply, error) {
	name := filepath.Base(job.File.Name)
	var data []byte
	var err error
	if !h.hands.busy(job.Key) {
		if data, err = h.fetch(ctx, a, job); err != nil {
			return bot.Card{}, bot.Reply{}, err
		}
	}
	if strings.EqualFold(filepath.Ext(name), ".docx") {
		return h.fromWord(ctx, a, data)
	}
	m, err := h.gatheringFor(ctx, a)
	if err != nil {
		return bot.Card{}, bot.Reply{}, err
	}
	got, how := await(ctx, h.hands, job.Key, func() looked {
		in, err := h.look(m, name, data)
		return looked{in, err}
	})
	switch {
	case how == later:
		return bot.Card{}, bot.Reply{}, errLater
	case how == broken:
		return bot.Card{}, bot.Reply{}, refuse(a.word("read.broken"))
	case got.err != nil && strings.EqualFold(filepath.Ext(name), ".csv") && transcript.Because(got.err) == transcript.NotAChat:
		return bot.Card{}, bot.Reply{}, nil // a list for another job, which speaks of it
	case got.err != nil:
		return bot.Card{}, bot.Reply{}, refuse(a.whyNot(got.err))
	}
	return h.take(ctx, a, m, got.intake)
}

// fetch opens the file and reads it whole.
func (h *Handler) fetch(ctx context.Context, a asked, job fileJob) ([]byte, error) {
	f, err := h.o.Files.Open(ctx, job.In.Platform, job.File)
	if bot.Passing(err) {
		return nil, err
	}
	if err != nil {
		return nil, refuse(a.word("read.gone"))
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, mostFile+1))
	switch {
	case err != nil && bot.Passing(err):
		return nil, err
	case err != nil:
		return nil, refuse(a.word("read.gone"))
	case len(data) > mostFile:
		return nil, refuse(a.word("read.too_large", words.Data{"Name": filepath.Base(job.File.Name)}))
	}
	return data, nil
}

// intake is a piece that was read, without what is held back.
type intake struct {
	piece    Piece
	checks   []string
	messages int
	report   transcript.Report
}

type looked struct {
	intake
	err error
}

// look reads a piece; it keeps nothing.
func (h *Handler) look(m Meeting, name string, data []byte) (intake, error) {
	t, r, err := transcript.Read(name, bytes.NewReader(data), h.readOptions(m))
	if err != nil {
		return intake{}, err
	}
	in := intake{messages: len(t.Messages), report: r}
	in.piece, in.checks = h.scrub(name, data, t, r)
	return in, nil
}

// take keeps a piece and says what is there now.
func (h *Handler) take(ctx context.Context, a asked, m Meeting, in intake) (bot.Card, bot.Reply, error) {
	if in.messages > mostMessages {
		return bot.Card{}, bot.Reply{}, refuse(a.word("read.too_many", words.Data{"Most": mostMessages}))
	}
	if m.Revision == 0 { // a bad file must not push the overview at hand from the desk
		made, err := h.o.Store.Make(ctx, m)
		if err != nil {
			return bot.Card{}, bot.Reply{}, err
		}
		m = made
	}
	have, err := h.o.Store.Pieces(ctx, m)
	if err != nil {
		return bot.Card{}, bot.Reply{}, err
	}
	digest := bot.Digest(string(a.ID))[:8]
	if !slices.ContainsFunc(have, func(p Piece) bool { return strings.Contains(p.Name, digest) }) {
		if len(have) >= mostPieces {
			return bot.Card{}, bot.Reply{}, refuse(a.word("read.too_many_pieces", words.Data{"Most": mostPieces}))
		}
		in.piece.Name = fmt.Sprintf("%03d-%s%s", len(have)+1, digest, in.piece.Name)
		if err := h.o.Store.AddPiece(ctx, m, in.piece); err != nil {
			return bot.Card{}, bot.Reply{}, err
		}
	}
	m, err = h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error {
		for _, c := range in.checks {
			m.check(c)
		}
		return nil
	})
	if err != nil {
		return bot.Card{}, bot.Reply{}, err
	}
	return h.gathered(ctx, a, m, &in.report)
}

// gathered says what was read of a meeting, and when somebody may need a
// check-in.
func (h *Handler) gathered(ctx context.Context, a asked, m Meeting, last *transcript.Report) (bot.Card, bot.Reply, error) {
	t, r, err := h.read(ctx, m)
	if err != nil {
		return bot.Card{}, bot.Reply{}, ignore(err)
	}
	return a.readCard(m, t, r, last), h.checkIn(m), nil
}

// checkKey begins the keys of check-ins; once one has arrived, the times go.
const checkKey = "meetings.checkin:"

// checkIn tells the facilitator when something was written whose author may
// need somebody to check in: the times and nothing else, in private, once.
func (h *Handler) checkIn(m Meeting) bot.Reply {
	if len(m.Checks) == 0 {
		return bot.Reply{}
	}
	say := h.speak(m.Lang)
	text := say.count("checkin.times", len(m.Checks), words.Data{"Times": strings.Join(m.Checks, ", ")})
	card := bot.Card{Summary: text, Lang: m.Lang, Blocks: []bot.Block{bot.Para(text), bot.Small(say.word("checkin.how"))}}
	return bot.Reply{Sends: []bot.Send{{To: bot.DM(m.Owner), Card: card, Key: checkKey + m.ID + ":" + bot.Digest(m.Checks...)}}}
}

// toldOf forgets the times once they have arrived.
func (h *Handler) toldOf(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, ok := ev.What.(bot.Delivered)
	id, digest, _ := strings.Cut(strings.TrimPrefix(w.Key, checkKey), ":")
	if !ok {
		return bot.Reply{}, nil
	}
	_, err := h.o.Store.Change(ctx, homeIn(ev.In), id, ev.ID, func(m *Meeting) error {
		if bot.Digest(m.Checks...) == digest {
			m.Checks = nil
		}
		return nil
	})
	return bot.Reply{}, ignore(err)
}
