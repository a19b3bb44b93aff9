package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"cymar/bot"
	"cymar/bot/redisstate"
	"cymar/bot/seal"
	"cymar/config"
	"cymar/handlers/supervision"
)

// adminCmd is what an operator can look at and do. Nothing that it prints
// names a person or says what was said, but for an export.
type adminCmd struct {
	Due         dueCmd         `cmd:"" help:"For how many people there is something to do now."`
	Outbox      outboxCmd      `cmd:"" help:"What is on its way, and how long it has waited."`
	Undelivered undeliveredCmd `cmd:"" help:"What could not be delivered, and why, the newest first."`
	Audit       auditCmd       `cmd:"" help:"The audit log of an installation, as JSON Lines."`
	Export      exportCmd      `cmd:"" help:"Write an installation's data as JSON Lines, with a sum at the end."`
	Import      importCmd      `cmd:"" help:"Read an export into a store that has no data of that installation."`
	Purge       purgeCmd       `cmd:"" help:"Remove what is older than its class is kept, or say what that would be."`
}

// office is the store that a command works on.
type office struct {
	io    stdio
	cfg   config.Config
	store *redisstate.Store
	box   *seal.Box
	all   []kept
}

// inOffice opens the store, lets do work on it and closes it.
func inOffice(ctx context.Context, io stdio, do func(office) error) error {
	cfg, err := load(io)
	if err != nil {
		return err
	}
	store, box, err := openStore(ctx, cfg, redisstate.Options{Log: logger(io.err, cfg)})
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	return do(office{io, cfg, store, box, keptBy(store, box, bot.SystemClock{})})
}

type dueCmd struct{}

// Run counts who is due.
func (dueCmd) Run(ctx context.Context, io stdio) error {
	return inOffice(ctx, io, func(o office) error {
		n, err := supervision.CountDue(ctx, o.store.Client(), o.store.Shards(), time.Now())
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "supervision: %d people\n", n)
		return err
	})
}

type outboxCmd struct{}

// Run shows how the outbox stands.
func (outboxCmd) Run(ctx context.Context, io stdio) error {
	return inOffice(ctx, io, func(o office) error {
		s, err := o.store.Stats(ctx)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(io.out, 0, 4, 2, ' ', 0)
		_, _ = fmt.Fprintln(w, "queue\twaiting\toldest")
		for _, q := range []bot.Queue{bot.Replies, bot.Nudges, bot.Work} {
			_, _ = fmt.Fprintf(w, "%s\t%d\t%v\n", q, s.Waiting[q], s.Oldest[q].Round(time.Second))
		}
		_, _ = fmt.Fprintf(w, "later\t%d\t\n", s.Delayed)
		_, _ = fmt.Fprintf(w, "may have gone twice\t%d\t\n", s.TwiceDied+s.TwiceFault)
		return w.Flush()
	})
}

type undeliveredCmd struct {
	Most int64 `default:"50" help:"How many of each part of the state to show."`
}

// Run lists what could not be delivered.
func (c undeliveredCmd) Run(ctx context.Context, io stdio) error {
	return inOffice(ctx, io, func(o office) error {
		failures, err := o.store.Failures(ctx, c.Most)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(io.out, 0, 4, 2, ' ', 0)
		_, _ = fmt.Fprintln(w, "at\tqueue\treason\tdelivery")
		for _, f := range failures {
			_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", f.At.UTC().Format(time.RFC3339), f.Queue, f.Reason, f.Delivery)
		}
		return w.Flush()
	})
}

// tenantArgs says which installation is meant.
type tenantArgs struct {
	Platform string `arg:"" help:"slack, teams or playground."`
	Tenant   string `arg:"" help:"The workspace's or Microsoft 365 tenant's id."`
}

func (t tenantArgs) ids() (bot.Platform, bot.TenantID) {
	return bot.Platform(t.Platform), bot.TenantID(t.Tenant)
}

// note writes to the installation's audit log that the operator did something.
func (o office) note(ctx context.Context, p bot.Platform, t bot.TenantID, verb string) error {
	now := time.Now()
	return o.store.Audit().Record(ctx, bot.AuditLine{At: now, Platform: p, Tenant: t, Verb: verb,
		Event: bot.EventID(verb + now.String()).Trace()})
}

type auditCmd struct{ tenantArgs }

// Run prints the audit log.
func (c auditCmd) Run(ctx context.Context, io stdio) error {
	return inOffice(ctx, io, func(o office) error {
		p, t := c.ids()
		lines, err := o.store.Audit().Lines(ctx, p, t, time.Time{})
		if err != nil {
			return err
		}
		enc := json.NewEncoder(io.out)
		for _, l := range lines {
			if err := enc.Encode(l); err != nil {
				return err
			}
		}
		return nil
	})
}

type exportCmd struct {
	tenantArgs
	Out string `short:"o" help:"The file to write; only its owner can read it. Without it: the standard output."`
}

// Run writes an installation's data and notes it in the audit log, first: an
// export that nobody knows of is worse than a note of one that failed.
func (c exportCmd) Run(ctx context.Context, io stdio) error {
	return inOffice(ctx, io, func(o office) error {
		p, t := c.ids()
		if err := o.note(ctx, p, t, "admin export"); err != nil {
			return err
		}
		out, done, err := c.open(io)
		if err != nil {
			return err
		}
		n, err := o.store.Export(ctx, out, p, t, patterns(o.all))
		if err = errors.Join(err, done()); err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.err, "%d keys were exported. The file holds people's data: keep it as you keep those.\n", n)
		return err
	})
}

func (c exportCmd) open(std stdio) (io.Writer, func() error, error) {
	if c.Out == "" {
		return std.out, func() error { return nil }, nil
	}
	f, err := os.OpenFile(c.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, usageError{fmt.Errorf("the export cannot be written (%w). Name a new file", err)}
	}
	return f, f.Close, nil
}

type importCmd struct {
	File string `arg:"" type:"existingfile" help:"An export."`
}

// Run reads an export.
func (c importCmd) Run(ctx context.Context, io stdio) error {
	return inOffice(ctx, io, func(o office) error {
		f, err := os.Open(c.File)
		if err != nil {
			return usageError{err}
		}
		defer func() { _ = f.Close() }()
		got, err := o.store.Import(ctx, f, patterns(o.all))
		if err != nil {
			return usageError{err}
		}
		if err := o.note(ctx, got.Platform, got.Tenant, "admin import"); err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "%d keys were imported, as they were on %s. Whoever was forgotten since then is back: erase them again.\n",
			got.Keys, got.At.Format(time.RFC3339))
		return err
	})
}

type purgeCmd struct {
	DryRun bool `help:"Only say what would be removed."`
}

// Run does what the nightly purge does.
func (c purgeCmd) Run(ctx context.Context, io stdio) error {
	return inOffice(ctx, io, func(o office) error {
		verb := "removed"
		if c.DryRun {
			verb = "would be removed"
		}
		for _, p := range purges(o.store, o.box, bot.SystemClock{}, o.cfg.Retention) {
			var sum int64
			for shard := range int(o.store.Shards()) {
				for from, more := "", true; more; more = from != "" {
					n, next, err := p.Run(ctx, shard, p.Keep, c.DryRun, from)
					if err != nil {
						return err
					}
					sum, from = sum+n, next
				}
			}
			_, _ = fmt.Fprintf(io.out, "%s: %d %s (older than %d days)\n", p.Class, sum, verb, int(p.Keep.Hours()/24))
		}
		return nil
	})
}
