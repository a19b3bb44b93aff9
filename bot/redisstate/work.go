package redisstate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"cymar/bot"
)

// job is an entry that was understood.
type job struct {
	entry
	delivery bot.Delivery // of the replies and nudges
	event    bot.Event    // of the work queue
}

// work does what an entry asks for and settles it.
func (l *lane) work(hands context.Context, e entry) {
	if e.gone {
		l.done(job{entry: e}, "")
		return
	}
	j, err := l.understand(e)
	if err == nil && e.taken > mostTaken {
		l.done(j, bot.GaveUp)
		return
	}
	if err != nil { // written by a newer version: leave it for a replica that knows
		l.s.o.Log.Warn("outbox entry not understood", "queue", string(l.queue), "type", fmt.Sprintf("%T", err))
		l.settle(hands, j, verdict{reason: bot.ServerFault, again: true})
		return
	}
	if at, open := l.turn(j); !open {
		l.later(e, verdict{reason: bot.RateLimited, untried: true}, at)
		return
	}
	l.settle(hands, j, judge(l.safely(hands, j)))
}

// mostTaken is how often an entry may be taken over from a replica that died
// with it: more, and it is what they die of.
const mostTaken = 10

func (l *lane) understand(e entry) (job, error) {
	j := job{entry: e}
	body, err := l.s.o.Seal.Open(e.body, aboutBody(e.id))
	if err != nil {
		return j, err
	}
	if l.queue == bot.Work {
		return j, json.Unmarshal([]byte(body), &j.event)
	}
	err = json.Unmarshal([]byte(body), &j.delivery)
	j.delivery.Shard = l.shard
	if err == nil && len(j.delivery.Parts) == 0 {
		err = errors.New("a delivery without parts")
	}
	return j, err
}

// turn asks the gate whether a nudge may go now.
func (l *lane) turn(j job) (time.Time, bool) {
	if l.queue != bot.Nudges {
		return time.Time{}, true
	}
	return l.o.gate.turn(j.delivery, l.s.now(), j.why == bot.RateLimited)
}

// safely runs the worker for at most five sixths of the time after which
// another replica would take the entry over. A panic is a failure for good.
func (l *lane) safely(hands context.Context, j job) (err error) {
	ctx, cancel := context.WithTimeout(hands, l.s.o.Steal*5/6)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			l.s.o.Log.Error("delivery panicked", "queue", string(l.queue), "type", fmt.Sprintf("%T", p))
			err = &bot.SendError{Reason: bot.Invalid, Err: errors.New("panic")}
		}
	}()
	if l.queue == bot.Work {
		defer pass(l.o.work)()
		_, err = l.w.Receive(ctx, j.event)
		return err
	}
	return l.w.Deliver(ctx, j.delivery)
}

// settle does with an entry what the verdict says.
func (l *lane) settle(hands context.Context, j job, v verdict) {
	now := l.s.now()
	spent := now.Sub(j.since) > l.s.o.GiveUp && j.tries+1 >= fewestTries
	if v.again && !spent {
		l.s.o.Meter.Settled(l.queue, v.reason, true, now.Sub(j.since))
	}
	switch {
	case !v.again:
		l.done(j, v.reason)
	case spent:
		l.done(j, bot.GaveUp)
	case hands.Err() != nil: // we are stopping, and it was cut short
		l.later(j.entry, v, now)
	default:
		l.later(j.entry, v, now.Add(l.wait(j, v, now)))
	}
}

// fewestTries is how often an entry is tried before its age can end it: a
// clock that jumps a day ahead, or a weekend without the bot, is no reason.
// With the growing pauses in between it is about eight minutes.
const fewestTries = 10

// wait is how long to wait before the next try: what the platform asked for,
// else longer each time. It closes the gate for an installation whose nudges
// come too fast.
func (l *lane) wait(j job, v verdict, now time.Time) time.Duration {
	wait := backoff(j.tries)
	if v.after > 0 {
		wait = v.after
	}
	if v.reason == bot.RateLimited && l.queue == bot.Nudges {
		l.o.gate.close(j.delivery, now.Add(wait))
	}
	return wait
}

// later puts an entry back until a time.
func (l *lane) later(e entry, v verdict, due time.Time) {
	tries, sure := 1, "0"
	if v.untried {
		tries = 0
	}
	if v.reason == bot.RateLimited {
		sure = "1"
	}
	keys := []string{l.stream, bodyKey(l.shard, e.id), delayedKey(l.shard), lineKey(l.shard, l.queue), shareKey(l.shard, l.queue)}
	l.finish(laterScript, keys, group, e.msg, e.id, string(l.queue), l.s.ms(due), string(v.reason), tries, sure, e.tenant, l.s.most(l.shard, l.queue))
	l.s.nudge(l.shard)
}

// done takes an entry off for good and reports what became of it, if a
// handler wants to know.
func (l *lane) done(j job, why bot.Reason) {
	report, id := l.report(j, why)
	d := j.delivery
	keys := []string{l.stream, bodyKey(l.shard, j.id), queuedKey(l.shard, d.Platform, d.Tenant), countsKey(l.shard),
		failedKey(l.shard), streamKey(l.shard, bot.Work), bodyKey(l.shard, id),
		lineKey(l.shard, l.queue), shareKey(l.shard, l.queue), lineKey(l.shard, bot.Work), shareKey(l.shard, bot.Work)}
	if l.queue == bot.Work {
		keys[2] = queuedKey(l.shard, j.event.In.Platform, j.event.In.Tenant)
	}
	l.tell(j, why)
	l.finish(doneScript, keys, group, j.msg, j.id, string(l.queue), string(why), failedKept, report, id, l.s.ms(l.s.now()), j.tenant, l.s.most(l.shard, l.queue), l.s.most(l.shard, bot.Work))
}

// tell counts and logs what became of an entry. The work queue's events log
// themselves when they are handled.
func (l *lane) tell(j job, why bot.Reason) {
	lag := l.s.now().Sub(j.since)
	l.s.o.Meter.Settled(l.queue, why, false, lag)
	log := l.s.o.Log.With("trace", j.delivery.Trace(), "queue", string(l.queue), "delivery", j.id)
	switch {
	case why != "":
		log.Warn("not delivered", "reason", string(why))
	case !j.gone && l.queue != bot.Work:
		log.Info("delivered", "tries", j.tries+1, "lag_ms", lag.Milliseconds())
	}
}

// report is the event that tells a handler what became of its send.
func (l *lane) report(j job, why bot.Reason) (body, id string) {
	d := j.delivery
	if !d.Report || j.gone {
		return "", ""
	}
	ev := bot.Event{ID: bot.EventID(d.ID + "!"), At: l.s.now(), In: bot.Place{Platform: d.Platform, Tenant: d.Tenant}}
	if why == "" {
		ev.What = bot.Delivered{Key: d.Parts[0].Key, Message: l.message(d)}
	} else {
		ev.What = bot.Undelivered{Key: d.Parts[0].Key, Reason: why}
	}
	b, err := json.Marshal(ev)
	if err != nil {
		return "", ""
	}
	id = eventBodyID(ev.ID)
	body, err = l.s.o.Seal.Seal(string(b), aboutBody(id))
	if err != nil {
		return "", ""
	}
	return body, id
}

// message is the platform's id of what was sent, as far as it is known.
func (l *lane) message(d bot.Delivery) bot.MessageID {
	ctx, cancel := context.WithTimeout(context.Background(), settleTime)
	defer cancel()
	for e := &d; e != nil; e = e.Else {
		e.Shard = l.shard
		text, err := l.s.client.Get(ctx, sentKey(*e, e.Parts[0].Key)).Result()
		if m := readMark(text); err == nil && len(m.Messages) > 0 {
			return m.Messages[len(m.Messages)-1]
		}
	}
	return ""
}
