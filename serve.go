package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"cymar/config"
	"cymar/handlers/principles"
)

type serveCmd struct{}

// Run serves until ctx ends.
func (serveCmd) Run(ctx context.Context, io stdio) error {
	cfg, err := load(io)
	if err != nil {
		return err
	}
	log := logger(io.err, cfg)
	a, err := assemble(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { _ = a.close() }()
	page, err := a.listen()
	if err != nil {
		return err
	}
	if a.store.Volatile {
		_, _ = fmt.Fprintln(io.err, "Nothing is kept: no REDIS_URL is set and no redis-server was found, so all that people tell the bot is lost when it stops.")
	}
	_, _ = fmt.Fprintln(io.out, a.greeting(page.Addr()))
	return a.serve(ctx, page)
}

// greeting says where the bot is to be found.
func (a *app) greeting(page net.Addr) string {
	switch {
	case a.page != nil:
		return fmt.Sprintf("Cymar is running. Open http://%s in a browser. Stop it with Ctrl-C.", page)
	case a.public == nil:
		return "Cymar is running in Slack, over Socket Mode. Stop it with Ctrl-C."
	}
	return fmt.Sprintf("Cymar is running and listens on %s for what the platforms send. Stop it with Ctrl-C.", a.public.Addr())
}

// logger writes structured lines; never a text or a name.
func logger(w io.Writer, cfg config.Config) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(cfg.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

type checkCmd struct{}

// Run checks what serve would need, and starts nothing that stays.
func (checkCmd) Run(ctx context.Context, io stdio) error {
	cfg, err := config.Load(io.environ)
	lib, errKB := principles.Open(cfg.Knowledge, logger(io.err, cfg))
	if err = errors.Join(err, errKB); err != nil {
		return usageError{fmt.Errorf("not ready:\n%w", err)}
	}
	a, err := assemble(ctx, cfg, logger(io.err, cfg))
	if err != nil {
		return err
	}
	defer func() { _ = a.close() }()
	_, _ = fmt.Fprintf(io.out, "Settings: fine.\nKnowledge base: %d entries.\nStore: %s.\n", len(lib.Base().Entries()), a.store.Where)
	if err := a.reach(ctx, io.out); err != nil {
		return err
	}
	for _, l := range helplines(cfg) {
		_, _ = fmt.Fprintf(io.out, "Helpline %-17s %s\n", l.ID, l.State(time.Now()))
	}
	return nil
}

type healthCmd struct{}

// Run asks the running bot whether it can take events in; for a container's
// health check.
func (healthCmd) Run(ctx context.Context, io stdio) error {
	cfg, err := load(io)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+healthAddr(cfg)+"/healthz", nil)
	if err != nil {
		return err
	}
	client := http.Client{Timeout: 3 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the bot answers %s", res.Status)
	}
	return nil
}
