package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Command is something that can be typed. Phrases begin a message to the bot;
// the longest that fits wins.
type Command struct {
	Name    string            // canonical, as help shows it: "my supervision"
	Phrases map[Lang][]string // what people type, each language's own first
	Args    bool              // whether more words may follow
	// Takes, where set, says whether it understands what follows; if not, the
	// text is no command ("language barrier with a client" is a question).
	Takes func(args string) bool
	Needs Permission
	Help  map[Lang]string // one line on what it is for

	job Titled
}

// Under is the title of the job that the command is of; "" when it has none.
func (c Command) Under(lang Lang) string {
	if c.job == nil {
		return ""
	}
	return c.job.Title(lang)
}

// Schedule is a job of the clock: cron's five fields, in the zone of the
// deployment.
type Schedule struct{ Job, Spec string }

// Router knows which handler an event is for. Faults in what is registered
// are collected and returned by Err, all at once.
type Router struct {
	commands  []Command
	byName    map[string]entry
	actions   map[string]entry
	forms     map[string]entry
	jobs      map[string]Handler
	schedules []Schedule
	kinds     map[string][]Handler
	outcomes  map[string]Handler
	observers []Handler
	guarded   Handler
	quoted    quoted
	answerer  Handler
	audited   map[string]bool
	faults    []error

	registering Titled // the job that is registering
}

type entry struct {
	needs Permission
	h     Handler
}

// quoted is who takes messages that hold other people's words.
type quoted struct {
	entry
	takes func(text string) bool
}

// NewRouter makes an empty router and lets each job register.
func NewRouter(jobs ...Job) *Router {
	r := &Router{
		byName: map[string]entry{}, actions: map[string]entry{}, forms: map[string]entry{},
		jobs: map[string]Handler{}, kinds: map[string][]Handler{}, outcomes: map[string]Handler{}, audited: map[string]bool{},
	}
	for _, j := range jobs {
		r.registering, _ = j.(Titled)
		j.Register(r)
	}
	return r
}

// Err is everything that was registered wrongly.
func (r *Router) Err() error { return errors.Join(r.faults...) }

func (r *Router) fault(format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf(format, args...))
}

// Command registers a typed command.
func (r *Router) Command(c Command, h Handler) {
	for _, lang := range []Lang{English, Welsh} {
		if len(c.Phrases[lang]) == 0 || c.Help[lang] == "" {
			r.fault("command %q has no phrase or no help in %q", c.Name, lang)
		}
	}
	if _, dup := r.byName[c.Name]; dup {
		r.fault("command %q is registered twice", c.Name)
	}
	c.job = r.registering
	r.byName[c.Name] = entry{c.Needs, h}
	r.commands = append(r.commands, c)
}

// Commands is what was registered, in order, for help.
func (r *Router) Commands() []Command { return slices.Clone(r.commands) }

// Action registers what a button does; name is handler.verb.
func (r *Router) Action(name string, needs Permission, h Handler) {
	r.put(r.actions, "action", name, entry{needs, h})
}

// Form registers who takes a submitted form; name is handler.verb.
func (r *Router) Form(name string, needs Permission, h Handler) {
	r.put(r.forms, "form", name, entry{needs, h})
}

func (r *Router) put(m map[string]entry, what, name string, e entry) {
	if !strings.Contains(name, ".") {
		r.fault("%s %q is not of the form handler.verb", what, name)
	}
	if _, dup := m[name]; dup {
		r.fault("%s %q is registered twice", what, name)
	}
	m[name] = e
}

// Tick registers a job of the clock. Its Continue events come to h as well.
func (r *Router) Tick(job, spec string, h Handler) {
	r.schedules = append(r.schedules, Schedule{job, spec})
	r.Work(job, h)
}

// Work registers who goes on with a Continue of this job.
func (r *Router) Work(job string, h Handler) {
	if _, dup := r.jobs[job]; dup {
		r.fault("job %q is registered twice", job)
	}
	r.jobs[job] = h
}

// Schedules is what the clock has to fire.
func (r *Router) Schedules() []Schedule { return slices.Clone(r.schedules) }

// On registers a handler for a kind of event: r.On(Joined{}, h). Several may
// be registered for one kind; their replies are joined.
func (r *Router) On(what What, h Handler) {
	r.kinds[what.kind()] = append(r.kinds[what.kind()], h)
}

// Outcome registers who is told what became of sends whose key begins with prefix.
func (r *Router) Outcome(prefix string, h Handler) { r.outcomes[prefix] = h }

// Observe registers a handler that sees every event before the answerer.
func (r *Router) Observe(h Handler) { r.observers = append(r.observers, h) }

// Guarded registers the one that takes over when the guard found something.
func (r *Router) Guarded(h Handler) { r.guarded = h }

// Quoted registers who takes a message in a direct chat that holds other
// people's words, such as a meeting's chat that was copied out: the guard does
// not read it as the writer's own, so h has to mind what is in it. takes must
// be sure, for it stands before the guard, and is asked only of those who have
// the permission.
func (r *Router) Quoted(needs Permission, takes func(text string) bool, h Handler) {
	r.quoted = quoted{entry{needs, h}, takes}
}

// quotes reports whether an event is such a message.
func (r *Router) quotes(ev *Event) bool {
	said, ok := ev.What.(Said)
	return ok && r.quoted.h != nil && ev.In.Kind == DirectChat && ev.Role.May(r.quoted.needs) && r.quoted.takes(said.Text)
}

// Answer registers the one that answers whatever is no command.
func (r *Router) Answer(h Handler) { r.answerer = h }

// reports is the outcome prefix that wants to hear of key, the longest where
// several fit, or "".
func (r *Router) reports(key string) string {
	best := ""
	for prefix := range r.outcomes {
		if strings.HasPrefix(key, prefix) && len(prefix) > len(best) {
			best = prefix
		}
	}
	return best
}

// route finds the handlers for an event and the permission it needs. It sets
// Command and Args on a message that is a command.
func (r *Router) route(ev *Event) (Permission, []Handler) {
	switch w := ev.What.(type) {
	case Said:
		return r.routeSaid(ev, w)
	case Pressed:
		return pick(r.actions[w.Action])
	case Submitted:
		return pick(r.forms[w.Form])
	case Tick:
		return pick(entry{h: r.jobs[w.Job]})
	case Continue:
		return pick(entry{h: r.jobs[w.Job]})
	case Delivered:
		return pick(entry{h: r.outcomes[r.reports(w.Key)]})
	case Undelivered:
		return pick(entry{h: r.outcomes[r.reports(w.Key)]})
	}
	return Anyone, r.kinds[ev.What.kind()]
}

func pick(e entry) (Permission, []Handler) {
	if e.h == nil {
		return Anyone, nil
	}
	return e.needs, []Handler{e.h}
}

func (r *Router) routeSaid(ev *Event, w Said) (Permission, []Handler) {
	if !w.ToBot {
		return Anyone, nil
	}
	if r.quotes(ev) {
		return pick(r.quoted.entry)
	}
	if c, args, ok := r.command(w.Text); ok {
		ev.Command, ev.Args = c.Name, args
		return pick(r.byName[c.Name])
	}
	return pick(entry{h: r.answerer})
}

// command finds the longest phrase that the text begins with.
func (r *Router) command(text string) (best Command, args string, ok bool) {
	words := strings.Fields(text)
	longest := 0
	for _, c := range r.commands {
		for _, phrases := range c.Phrases {
			for _, p := range phrases {
				n := len(strings.Fields(p))
				if n > longest && begins(words, p) && c.takes(words[n:]) {
					best, longest, ok = c, n, true
				}
			}
		}
	}
	if ok {
		args = strings.Join(words[longest:], " ")
	}
	return best, args, ok
}

func (c Command) takes(rest []string) bool {
	switch {
	case len(rest) == 0:
		return true
	case !c.Args:
		return false
	}
	return c.Takes == nil || c.Takes(strings.Join(rest, " "))
}

// heldBack reports whether the guard's finding is for the guarded handler
// alone. At Distress it speaks beside the ordinary answer.
func (r *Router) heldBack(f Finding) bool {
	return r.guarded != nil && f.Level != Calm && f.Level != Distress
}

// begins compares word by word, without case and the punctuation around words.
func begins(words []string, phrase string) bool {
	p := strings.Fields(phrase)
	if len(words) < len(p) {
		return false
	}
	for i, w := range p {
		if bare(words[i]) != bare(w) {
			return false
		}
	}
	return true
}

func bare(w string) string {
	w = strings.ReplaceAll(strings.ToLower(w), "’", "'")
	return strings.TrimFunc(w, func(c rune) bool { return unicode.IsPunct(c) || unicode.IsSymbol(c) })
}
