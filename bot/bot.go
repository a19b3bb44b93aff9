package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

const (
	// lease is how long a replica may hold an event before another takes it.
	lease = 20 * time.Second
	// patience is how long a handler may take to answer, unless Options say
	// otherwise.
	patience = 2 * time.Second
)

// Bot is the core: events come in by Receive, and what they lead to leaves
// through the outbox, whose Worker it is. Make it with New.
type Bot struct {
	o     Options
	turns *turns
}

// Options is what the core is made of. All fields but Guard, Listening,
// Audit and Meter are required.
type Options struct {
	Inbox     Inbox
	Outbox    Outbox
	Directory Directory
	Spaces    Spaces
	Profiles  Profiles
	Router    *Router
	Senders   []Sender
	Words     Words
	// Language chooses the language to answer in: the text's own, else the
	// person's, else the space's, else English.
	Language func(text string, person, space Lang) Lang
	Clock    Clock
	Log      *slog.Logger
	// Patience is how long a handler may take; 2 s when zero. Tests have more:
	// their machine may be busy.
	Patience time.Duration
	// AtOnce is how many events of people are handled at once; 64 when zero.
	// One installation has a quarter of them at most, so that its storm does
	// not keep another's question out.
	AtOnce int
	// Guard reads what is said to the bot and what is said where Listening.
	Guard Guard
	// Listening reports whether an event of this kind in the place concerns an
	// announced collection: what is said while it runs; edits, removals and
	// reactions while its messages are kept.
	Listening func(ctx context.Context, p Place, w What) (bool, error)
	// Audit keeps who did what few may do. Nil: nobody does.
	Audit Audit
	// Meter counts what happens. Nil: nothing is counted.
	Meter Meter
}

// New makes the core. The error is everything that the router found wrong.
func New(o Options) (*Bot, error) {
	if err := o.Router.Err(); err != nil {
		return nil, err
	}
	if o.Patience == 0 {
		o.Patience = patience
	}
	if o.Listening == nil {
		o.Listening = func(context.Context, Place, What) (bool, error) { return false, nil }
	}
	if o.Meter == nil {
		o.Meter = NoMeter{}
	}
	if o.AtOnce == 0 {
		o.AtOnce = atOnce
	}
	return &Bot{o, newTurns(o.AtOnce)}, nil
}

// Run works the outbox until ctx ends.
func (b *Bot) Run(ctx context.Context) error { return b.o.Outbox.Run(ctx, b) }

// Receive handles an event once, however often it comes, and returns what has
// to be answered inside the platform's own request. An error means that the
// event was not accepted and should come again.
func (b *Bot) Receive(ctx context.Context, ev Event) (*Now, error) {
	began := time.Now()
	if ofPeople(ev.What) {
		give, err := b.turns.take(ctx, home{ev.In.Platform, ev.In.Tenant}, func() bool { return b.urgent(ev) })
		if err != nil {
			b.count(ev, resultFor(err), began)
			return nil, err
		}
		defer give()
	}
	listening, err := b.concerned(ctx, ev)
	if err != nil || !listening {
		return nil, err
	}
	return b.handle(ctx, ev, began)
}

// urgent reports whether the guard finds something in what was said to the bot,
// which may not wait behind others.
func (b *Bot) urgent(ev Event) bool {
	said, ok := ev.What.(Said)
	if !ok || b.o.Guard == nil || !said.ToBot && ev.In.Kind != DirectChat {
		return false
	}
	return b.o.Router.heldBack(b.o.Guard.Read(said.Text))
}

// handle claims an event and does what it leads to.
func (b *Bot) handle(ctx context.Context, ev Event, began time.Time) (*Now, error) {
	claim, err := b.o.Inbox.Begin(ctx, ev, lease)
	if err != nil {
		b.count(ev, resultFor(err), began)
		return nil, err
	}
	if claim.Done {
		b.count(ev, Repeated, began)
		return claim.Now, nil
	}
	out, err := b.work(ctx, &ev)
	if err == nil {
		err = b.o.Inbox.Commit(ctx, claim, out)
	}
	if err != nil {
		b.count(ev, resultFor(err), began)
		b.o.Log.Warn("event not accepted", "event", ev, "reason", reasonFor(err))
		return nil, errors.Join(err, b.release(ctx, claim))
	}
	took := b.count(ev, Accepted, began)
	b.o.Log.Info("event handled", "event", ev, "handler", b.o.Router.label(ev),
		"deliveries", len(out.Deliveries), "follow_ups", len(out.Next), "ms", took.Milliseconds())
	return out.Now, nil
}

// count tells the meter what came of an event.
func (b *Bot) count(ev Event, r Result, began time.Time) time.Duration {
	took := time.Since(began)
	handler := ""
	if r == Accepted || r == NotAccepted { // else it was not even looked at
		handler = b.o.Router.label(ev)
	}
	b.o.Meter.Handled(ev.In.Platform, ev.What.kind(), handler, r, took)
	return took
}

// concerned reports whether an event is any of our business: of what people
// say to each other, the bot reads only an announced collection.
func (b *Bot) concerned(ctx context.Context, ev Event) (bool, error) {
	switch w := ev.What.(type) {
	case Said:
		if w.ToBot || ev.In.Kind == DirectChat {
			return true, nil
		}
		return b.o.Listening(ctx, ev.In, w)
	case Edited, Removed, Reacted:
		return b.o.Listening(ctx, ev.In, w)
	}
	return true, nil
}

// release gives the claim back even when the caller has gone away.
func (b *Bot) release(ctx context.Context, c Claim) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	return b.o.Inbox.Release(ctx, c)
}

// reasonFor names an error without its text, which may hold what somebody wrote.
func reasonFor(err error) string {
	switch {
	case errors.Is(err, ErrBusy):
		return "busy"
	case errors.Is(err, ErrUnavailable):
		return "store unavailable"
	case errors.Is(err, context.DeadlineExceeded):
		return "too slow"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	}
	return "error"
}

// work runs the handlers and turns their reply into deliveries.
func (b *Bot) work(ctx context.Context, ev *Event) (Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, b.o.Patience)
	defer cancel()
	if err := b.prepare(ctx, ev); err != nil {
		return Outcome{}, err
	}
	reply, err := b.reply(ctx, ev)
	if err != nil {
		return Outcome{}, err
	}
	brief := ev.Found.Level != Calm && ev.Found.Level != Distress
	out := Outcome{Now: reply.Now, Next: b.following(*ev, reply.Next), Brief: brief}
	out.Deliveries = b.address(*ev, reply.Sends, brief)
	return out, nil
}

// prepare fills in what a handler may want to know of an event.
func (b *Bot) prepare(ctx context.Context, ev *Event) error {
	ev.Caps = b.caps(ev.In.Platform)
	if ev.From.ID == "" {
		ev.Lang, ev.Role = English, Participant
		b.watch(ev)
		return nil
	}
	space, err := b.space(ctx, ev.In, ev.From)
	if err != nil {
		return err
	}
	profile, err := b.o.Profiles.Profile(ctx, ev.From)
	if err != nil {
		return err
	}
	ev.Space, ev.Role = space, space.RoleOf(ev.From.ID)
	own := textOf(ev.What)
	if b.o.Router.quotes(ev) {
		own = "" // whoever hands on others' words has said nothing of themselves
	} else {
		b.watch(ev)
	}
	ev.Lang = b.o.Language(own, profile.Lang, space.Lang)
	return b.o.Directory.Remember(ctx, ev.From, ev.In, space.ID)
}

// watch lets the guard read what somebody wrote, or made of it later. A form
// holds names, dates and drafts by right: there only a crisis counts.
func (b *Bot) watch(ev *Event) {
	if b.o.Guard == nil {
		return
	}
	if text := textOf(ev.What); text != "" {
		ev.Found = b.o.Guard.Read(text)
	}
	form, _ := ev.What.(Submitted)
	for _, written := range form.Fields {
		if found := b.o.Guard.Read(written); found.Level == Crisis {
			ev.Found = found
		}
	}
}

func textOf(w What) string {
	switch w := w.(type) {
	case Said:
		return w.Text
	case Edited:
		return w.Text
	}
	return ""
}

func (b *Bot) space(ctx context.Context, p Place, u User) (Space, error) {
	space, err := b.o.Spaces.Of(ctx, p)
	if errors.Is(err, ErrNotFound) && p.Kind == DirectChat {
		space, err = b.o.Spaces.For(ctx, u)
	}
	if errors.Is(err, ErrNotFound) {
		return Space{}, nil
	}
	return space, err
}

func (b *Bot) caps(p Platform) Caps {
	if s := b.sender(p); s != nil {
		return s.Caps()
	}
	return Caps{}
}

func (b *Bot) sender(p Platform) Sender {
	for _, s := range b.o.Senders {
		if s.Platform() == p {
			return s
		}
	}
	return nil
}

// reply lets the observers see the event and the right handler answer it.
func (b *Bot) reply(ctx context.Context, ev *Event) (Reply, error) {
	needs, answerers := b.o.Router.route(ev)
	if b.o.Router.heldBack(ev.Found) {
		needs, answerers = Anyone, []Handler{b.o.Router.guarded}
		ev.Command, ev.Args = "", ""
	} else if ev.Found.Level == Distress && b.o.Router.guarded != nil {
		answerers = append(answerers[:len(answerers):len(answerers)], b.o.Router.guarded)
	}
	reply, _, err := b.all(ctx, *ev, b.o.Router.observers)
	if err != nil {
		return Reply{}, err
	}
	if !ev.Role.May(needs) {
		b.o.Meter.Denied(needs)
		return reply.And(b.tell(*ev, "core.denied")), b.record(ctx, *ev, needs, true)
	}
	answer, done, err := b.all(ctx, *ev, answerers)
	if err == nil && done {
		err = b.record(ctx, *ev, needs, false)
	}
	return reply.And(answer), err
}

// all lets handlers work; done says that each did what it was asked to.
func (b *Bot) all(ctx context.Context, ev Event, hs []Handler) (sum Reply, done bool, err error) {
	done = true
	for _, h := range hs {
		r, well, err := b.safely(ctx, h, ev)
		if err != nil {
			return Reply{}, false, err
		}
		sum, done = sum.And(r), done && well
	}
	return sum, done, nil
}

// safely runs one handler: words for the person and faults of ours become a
// reply and are done; what may pass by itself is returned, to be tried again.
func (b *Bot) safely(ctx context.Context, h Handler, ev Event) (r Reply, done bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			b.o.Meter.Trouble(b.o.Router.label(ev), "panicked")
			b.o.Log.Error("handler panicked", "event", ev, "type", fmt.Sprintf("%T", p))
			r, done, err = b.tell(ev, "core.apology"), false, nil
		}
	}()
	r, err = h.Handle(ctx, ev)
	var told *UserError
	switch {
	case err == nil:
		return r, true, nil
	case errors.As(err, &told):
		b.o.Meter.Trouble(b.o.Router.label(ev), "told")
		return b.refuse(ev, told.Text), false, nil
	case Passing(err):
		return Reply{}, false, err
	}
	b.o.Meter.Trouble(b.o.Router.label(ev), "failed")
	b.o.Log.Error("handler failed", "event", ev, "type", fmt.Sprintf("%T", errors.Unwrap(err)))
	return b.tell(ev, "core.apology"), false, nil
}

// tell says a fixed phrase to the one who acted.
func (b *Bot) tell(ev Event, phrase string) Reply {
	return b.refuse(ev, b.o.Words(ev.Lang, phrase))
}

func (b *Bot) refuse(ev Event, text string) Reply {
	if ev.From.ID == "" {
		return Reply{}
	}
	if _, form := ev.What.(Submitted); form {
		return Reply{Now: &Now{FieldErrors: map[string]string{"": text}}}
	}
	return Reply{Sends: []Send{{To: OnlyActor(), Card: Say(ev.Lang, text)}}}
}
