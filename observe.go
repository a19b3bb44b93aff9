package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"cymar/adapters/monitor"
	"cymar/bot"
	"cymar/config"
	"cymar/handlers/supervision"
)

// watch tells the monitor what to look at.
func (a *app) watch(now bot.Clock) {
	a.monitor.Watch(monitor.Options{
		Version: version(),
		Checks:  append([]monitor.Check{{Name: "store", Ask: a.store.Ping}}, a.connections()...),
		Outbox:  a.outbox,
		Due: func(ctx context.Context) (map[string]int64, error) {
			n, err := supervision.CountDue(ctx, a.store.Client(), a.store.Shards(), now.Now())
			return map[string]int64{"supervision": n}, err
		},
	})
}

// connections asks every adapter that has to be connected whether it is.
func (a *app) connections() []monitor.Check {
	return []monitor.Check{{Name: "adapters", Ask: func(context.Context) error {
		for _, s := range a.on {
			if r, ok := s.(bot.Ready); ok && r.Ready() != nil {
				return r.Ready()
			}
		}
		return nil
	}}}
}

// outbox is how the outbox stands, in the monitor's terms.
func (a *app) outbox(ctx context.Context) (monitor.Outbox, error) {
	s, err := a.store.Stats(ctx)
	return monitor.Outbox{Waiting: s.Waiting, Oldest: s.Oldest, Delayed: s.Delayed, Failed: s.Failed,
		TwiceDied: s.TwiceDied, TwiceFault: s.TwiceFault}, err
}

// tellHealth serves /healthz, /readyz and /metrics on an address of their own
// until everything else has had its time to end.
func (a *app) tellHealth(ctx context.Context) error {
	if a.cfg.Health == "" {
		return nil
	}
	l, err := net.Listen("tcp", a.cfg.Health)
	if err != nil {
		return usageError{fmt.Errorf("HEALTH_ADDR: %s cannot be used (%w). Set another address, for example :9090", a.cfg.Health, err)}
	}
	mux := http.NewServeMux()
	a.monitor.Mount(mux)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// untilDrained is a context that ends DRAIN_FOR after ctx; from when ctx ends,
// /readyz says that this replica wants no more work.
func (a *app) untilDrained(ctx context.Context) context.Context {
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() {
		a.monitor.Drain()
		if a.cfg.Drain > 0 {
			a.log.Info("stopping: no more work is wanted", "for", a.cfg.Drain)
		}
		time.AfterFunc(a.cfg.Drain, stop)
	})
	return working
}

// healthAddr is where a running bot on this machine tells whether it is well.
func healthAddr(cfg config.Config) string {
	if strings.HasPrefix(cfg.Health, ":") {
		return "127.0.0.1" + cfg.Health
	}
	if cfg.Health != "" {
		return cfg.Health
	}
	return cfg.Page
}
