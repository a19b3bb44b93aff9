// Package clock turns cron schedules into Tick events. It fires on every
// replica: the event's id is the same on all of them, and the inbox lets one
// through. So there is no leader and no lock.
package clock

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"cymar/bot"
)

// Options is what the adapter is made of.
type Options struct {
	Schedules []bot.Schedule
	Shards    int
	Zone      *time.Location // whose hours the schedules mean
	Clock     bot.Clock
	Log       *slog.Logger
}

// Clock is a bot.Source.
type Clock struct {
	o    Options
	jobs []job
}

type job struct {
	name string
	when cron.Schedule
	last time.Time // fired, or began to watch, up to here
}

var _ bot.Source = (*Clock)(nil)

// New reads the schedules; the error names the one that cannot be read.
func New(o Options) (*Clock, error) {
	c := &Clock{o: o}
	for _, s := range o.Schedules {
		when, err := cron.ParseStandard(s.Spec)
		if err != nil {
			return nil, fmt.Errorf("schedule of %s: %w", s.Job, err)
		}
		c.jobs = append(c.jobs, job{s.Job, when, o.Clock.Now()})
	}
	return c, nil
}

// Run looks at the clock every second until ctx ends.
func (c *Clock) Run(ctx context.Context, r bot.Receiver) error {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
			c.Step(ctx, r)
		}
	}
}

// Step fires what has become due since the last step. When the clock leapt
// over several times of a job, the latest stands for all: a job asks what is
// due now, not what was due then. A tick that was not accepted comes again
// with the next step.
func (c *Clock) Step(ctx context.Context, r bot.Receiver) {
	now := c.o.Clock.Now()
	for i := range c.jobs {
		j := &c.jobs[i]
		due, ok := latest(j.when, j.last.In(c.o.Zone), now.In(c.o.Zone))
		if ok && c.fire(ctx, r, j.name, due) {
			j.last = due
		}
		if now.Before(j.last) {
			j.last = now
		}
	}
}

// horizon bounds the search for the latest due time after a great leap.
const horizon = 32 * 24 * time.Hour

// latest is the last time of the schedule in (from, now].
func latest(s cron.Schedule, from, now time.Time) (time.Time, bool) {
	if now.Sub(from) > horizon {
		from = now.Add(-horizon)
	}
	due, found := time.Time{}, false
	if near := now.Add(-2 * time.Hour); from.Before(near) {
		if next := s.Next(near); !next.IsZero() && !next.After(now) {
			from = near
		}
	}
	for next := s.Next(from); !next.IsZero() && !next.After(now); next = s.Next(next) {
		due, found = next, true
	}
	return due, found
}

// fire sends the tick to every shard and reports whether all accepted it.
func (c *Clock) fire(ctx context.Context, r bot.Receiver, name string, due time.Time) bool {
	all := true
	for shard := range c.o.Shards {
		ev := bot.Event{
			ID:   bot.EventID(fmt.Sprintf("tick:%s:%02d:%s", name, shard, due.UTC().Format("2006-01-02T15:04Z"))),
			At:   c.o.Clock.Now(),
			What: bot.Tick{Job: name, Shard: shard, Due: due},
		}
		if _, err := r.Receive(ctx, ev); err != nil {
			c.o.Log.Warn("tick not accepted; it comes again", "job", name, "shard", shard)
			all = false
		}
	}
	return all
}
