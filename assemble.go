package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"cymar/adapters/clock"
	"cymar/adapters/monitor"
	"cymar/adapters/playground"
	"cymar/bot"
	"cymar/bot/redisstate"
	"cymar/bot/seal"
	"cymar/bot/words"
	"cymar/config"
	"cymar/handlers/help"
	"cymar/handlers/meetings"
	"cymar/handlers/principles"
	"cymar/handlers/privacy"
	"cymar/handlers/safeguarding"
	"cymar/handlers/spaces"
	"cymar/handlers/supervision"
	"cymar/handlers/welcome"
)

// app is the whole program, put together. It is the one place where settings,
// state, handlers and adapters meet.
type app struct {
	on        platforms
	hooks     []bot.Webhook // what platforms call
	sources   []bot.Source  // what goes and gets its events
	public    net.Listener  // where; nil when none does
	monitor   *monitor.Monitor
	cfg       config.Config
	log       *slog.Logger
	store     *redisstate.Store
	library   *principles.Library
	page      *playground.Playground // nil on a real platform
	box       *seal.Box
	bot       *bot.Bot
	guard     *safeguarding.Guard
	overviews *meetings.Handler
	desk      *meetings.Desk
	pageAt    string // the page's address
	ticker    *clock.Clock
}

// assemble puts the program together. Nothing runs yet; close what it opened
// with close.
func assemble(ctx context.Context, cfg config.Config, log *slog.Logger) (*app, error) {
	return assembleAt(ctx, cfg, clockFor(cfg), log)
}

// assembleAt is assemble with a clock of one's own.
func assembleAt(ctx context.Context, cfg config.Config, now bot.Clock, log *slog.Logger) (_ *app, err error) {
	a := &app{cfg: cfg, log: log, monitor: monitor.New()}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	if a.library, err = openLibrary(cfg, log); err != nil {
		return nil, err
	}
	a.store, a.box, err = openStore(ctx, cfg, redisstate.Options{Meter: a.monitor, Clock: now, Log: log})
	if err != nil {
		return nil, err
	}
	if err := a.connect(now); err != nil {
		return nil, err
	}
	if err := a.settle(ctx, now); err != nil {
		return nil, err
	}
	a.watch(now)
	return a, a.wire(now)
}

// openLibrary reads the knowledge base; its faults are the operator's to mend.
func openLibrary(cfg config.Config, log *slog.Logger) (*principles.Library, error) {
	l, err := principles.Open(cfg.Knowledge, log)
	if err != nil {
		return nil, usageError{fmt.Errorf("the knowledge base cannot be used:\n%w", err)}
	}
	return l, nil
}

// settle saves the spaces that come from outside: the settings' and the
// playground's own. What was changed in a space since is kept.
func (a *app) settle(ctx context.Context, now bot.Clock) error {
	var all []bot.Space
	if a.page != nil {
		all = append(all, playground.Space())
	}
	for _, s := range a.cfg.Spaces {
		all = append(all, spaceFrom(s))
	}
	for _, s := range all {
		s.Made = now.Now()
		place := bot.Place{Platform: s.Platform, Tenant: s.Tenant, ID: s.Places[0]}
		_, err := a.store.Spaces().Of(ctx, place)
		if errors.Is(err, bot.ErrNotFound) {
			err = a.store.Spaces().Save(ctx, s)
			if err == nil && s.ID == playground.Space().ID { // a lead needs somebody to see the figures of
				err = supervision.Demonstrate(ctx, supervision.NewStore(a.store.Client(), a.store.Shards()), s, s.Made)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// spaceFrom is a space as the settings file gives it.
func spaceFrom(s config.Space) bot.Space {
	out := bot.Space{
		Platform: bot.Platform(s.Platform), Tenant: bot.TenantID(s.Tenant), Name: s.Name,
		Nation: bot.Nation(s.Nation), Lang: bot.Lang(s.Language), Zone: s.Zone,
		Contact: bot.UserID(s.Contact), Roles: map[bot.UserID]bot.Role{},
	}
	for _, p := range s.Places {
		out.Places = append(out.Places, bot.PlaceID(p))
	}
	for role, people := range s.Roles {
		for _, id := range people {
			out.Roles[bot.UserID(id)] = bot.Role(role)
		}
	}
	if out.Nation == "" {
		out.Nation = bot.Both
	}
	if out.Lang == "" {
		out.Lang = bot.English
	}
	out.ID = spaces.ID(bot.Place{Platform: out.Platform, Tenant: out.Tenant, ID: out.Places[0]})
	return out
}

// wire makes the handlers and the core, and hands each what it needs of others.
func (a *app) wire(now bot.Clock) error {
	core, err := words.Core()
	if err != nil {
		return err
	}
	jobs, err := a.jobs(now)
	if err != nil {
		return err
	}
	say := func(lang bot.Lang, id string) string { return core.Say(lang, id) }
	router := bot.NewRouter(append(jobs, bot.Show{Directory: a.store.Directory(), Words: say})...)
	a.bot, err = bot.New(bot.Options{
		Inbox: a.store.Inbox(), Outbox: a.store.Outbox(), Directory: a.store.Directory(),
		Spaces: a.store.Spaces(), Profiles: a.store.Profiles(), Router: router,
		Senders:  a.on,
		Words:    say,
		Language: words.Choose, Clock: now, Log: a.log, Guard: a.guard, Meter: a.monitor, Audit: a.store.Audit(),
		Listening: a.overviews.Listening,
	})
	if err != nil {
		return err
	}
	a.ticker, err = clock.New(clock.Options{
		Schedules: router.Schedules(), Shards: int(a.store.Shards()), Zone: london(), Clock: now, Log: a.log,
	})
	return err
}

// jobs is every handler. Removing one is its folder and its lines here.
func (a *app) jobs(now bot.Clock) ([]bot.Job, error) {
	var err0 error
	a.guard, err0 = safeguarding.NewGuard()
	guarding, err1 := safeguarding.New(helplines(a.cfg), a.store.Profiles())
	greeting, err2 := welcome.New(a.store.Profiles(), now)
	questions := principles.NewStore(a.store.Client(), a.store.Shards(), now)
	dates := supervision.NewStore(a.store.Client(), a.store.Shards())
	chats := meetings.NewStore(a.store.Client(), a.store.Shards(), a.box, chatsFor(a.cfg.Retention))
	forgetting, err3 := privacy.New(privacy.Options{
		Keepers: keepers(keptBy(a.store, a.box, now)), Audit: a.store.Audit(), Spaces: a.store.Spaces(),
		Purges: purges(a.store, a.box, now, a.cfg.Retention), Rewrite: a.store.RewriteFile, Clock: now, Log: a.log,
	})
	reminding, err4 := supervision.New(supervision.Options{
		Store: dates, Spaces: a.store.Spaces(), Profiles: a.store.Profiles(), Clock: now,
		Answer: principles.OpenButton, People: a.on.People, Files: a.on,
		Others: func(data []byte) bool { return a.overviews.IsChat(data) },
	})
	answering, err5 := principles.New(a.library, questions, now, map[string]bot.Handler{
		"route-privacy": forgetting, "route-supervision": reminding,
	})
	var err8 error
	a.overviews, err8 = meetings.New(meetings.Options{
		Store: chats, Spaces: a.store.Spaces(), Clock: now, Guard: a.guard, Files: a.on, People: a.on.People, Questions: answering,
		Page: a.deskAt, Keep: chatsFor(a.cfg.Retention),
	})
	if err8 == nil {
		a.desk, err8 = a.overviews.NewDesk()
	}
	setting, err6 := spaces.New(a.store.Spaces(), now)
	listing, err7 := help.New(
		help.Shortcut{Action: "supervision.mine", Label: "home.supervision"},
		help.Shortcut{Action: "welcome.language", Value: string(bot.Welsh), Label: "home.welsh"},
		help.Shortcut{Action: "welcome.language", Value: string(bot.English), Label: "home.english"},
	)
	return []bot.Job{guarding, greeting, answering, reminding, a.overviews, setting, forgetting, listing},
		errors.Join(err0, err1, err2, err3, err4, err5, err6, err7, err8)
}

// helplines is what ships, with what the operator changed.
func helplines(cfg config.Config) []safeguarding.Helpline {
	lines := safeguarding.Helplines()
	for _, set := range cfg.Helplines {
		for i := range lines {
			if lines[i].ID == set.ID {
				lines[i].On, lines[i].Verified = set.On, set.VerifiedOn
			}
		}
	}
	return lines
}

func london() *time.Location {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC
	}
	return loc
}

// listen opens the addresses, so that a port in use is known before anything
// runs. It returns the one on this machine.
func (a *app) listen() (net.Listener, error) {
	l, err := net.Listen("tcp", a.cfg.Page)
	if err != nil {
		return nil, usageError{fmt.Errorf("PLAYGROUND_ADDR: %s cannot be used (%w). Stop the other program, or set another port, for example 127.0.0.1:8585", a.cfg.Page, err)}
	}
	a.pageAt = "http://" + l.Addr().String()
	if len(a.hooks) == 0 && (a.page != nil || a.cfg.Public == "") {
		return l, nil
	}
	if a.public, err = net.Listen("tcp", a.cfg.Listen); err != nil {
		_ = l.Close()
		return nil, usageError{fmt.Errorf("LISTEN_ADDR: %s cannot be used (%w). Stop the other program, or set another port, for example :3979", a.cfg.Listen, err)}
	}
	return l, nil
}

// serve runs until ctx ends, then lets what is in hand finish.
func (a *app) serve(ctx context.Context, page net.Listener) error {
	g, ctx := errgroup.WithContext(a.untilDrained(ctx))
	g.Go(func() error { return a.tellHealth(ctx) })
	g.Go(func() error { return a.bot.Run(ctx) })
	g.Go(func() error { return a.ticker.Run(ctx, a.bot) })
	g.Go(func() error { return a.library.Run(ctx) })
	for _, s := range a.sources {
		g.Go(func() error { return s.Run(ctx, a.bot) })
	}
	g.Go(func() error { return door{page, a.inside()}.serve(ctx) })
	if a.public != nil {
		g.Go(func() error { return door{a.public, a.outside()}.serve(ctx) })
	}
	if a.page != nil {
		g.Go(func() error {
			<-ctx.Done()
			a.page.Close()
			return nil
		})
	}
	return g.Wait()
}

// health says whether events can be taken in.
func (a *app) health(w http.ResponseWriter, r *http.Request) {
	if err := a.store.Ping(r.Context()); err != nil {
		http.Error(w, "the store cannot be reached; events are refused until it is back", http.StatusServiceUnavailable)
		return
	}
	_, _ = fmt.Fprintln(w, "ok")
}

func (a *app) close() error {
	if a.store == nil {
		return nil
	}
	return a.store.Close()
}
