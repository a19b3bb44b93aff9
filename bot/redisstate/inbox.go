package redisstate

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

var _ bot.Inbox = (*Inbox)(nil)

// Inbox makes sure that an event is handled once.
type Inbox struct{ s *Store }

// Inbox is the store's way in.
func (s *Store) Inbox() *Inbox { return &Inbox{s} }

// Begin claims the event; see bot.Inbox.
func (in *Inbox) Begin(ctx context.Context, ev bot.Event, lease time.Duration) (bot.Claim, error) {
	c := bot.Claim{Event: ev.ID, Shard: in.s.shards.For(ev), Token: rand.Text()}
	keys := []string{claimKey(c.Shard, ev.ID), nowKey(c.Shard, ev.ID)}
	got, err := in.s.list(ctx, beginScript, keys, c.Token, lease.Milliseconds())
	if err != nil {
		return bot.Claim{}, err
	}
	switch at(got, 0) {
	case 0:
		return c, nil
	case 1:
		return bot.Claim{}, bot.ErrBusy
	}
	if err := in.s.confirm(ctx, keys[0]); err != nil {
		return bot.Claim{}, err
	}
	c.Done, c.Token = true, ""
	if kept := textAt(got, 1); kept != "" {
		if kept, err = in.s.o.Seal.Open(kept, aboutNow(ev.ID)); err == nil {
			err = json.Unmarshal([]byte(kept), &c.Now)
		}
	}
	if err != nil { // written by a version that we do not know: the event was handled all the same
		c.Now = nil
	}
	return c, nil
}

// Commit marks the event done and puts its outcome on the way; see bot.Inbox.
func (in *Inbox) Commit(ctx context.Context, c bot.Claim, o bot.Outcome) error {
	keys, args, err := in.s.commitment(c, o)
	if err != nil {
		return err
	}
	n, err := in.s.durable(ctx, commitScript, keys, args)
	if err != nil {
		return bot.Unavailable(err)
	}
	if n == 0 {
		return fmt.Errorf("the claim was lost before the commit: %w", bot.ErrBusy)
	}
	in.s.nudge(c.Shard)
	return nil
}

// Release gives the event back; see bot.Inbox.
func (in *Inbox) Release(ctx context.Context, c bot.Claim) error {
	return in.s.do(ctx, releaseScript, []string{claimKey(c.Shard, c.Event)}, c.Token)
}

// commitment is the keys and arguments of the commit script.
func (s *Store) commitment(c bot.Claim, o bot.Outcome) (keys []string, args []any, err error) {
	keep, ttl, err := s.keptNow(c.Event, o)
	if err != nil {
		return nil, nil, err
	}
	keys = append([]string{claimKey(c.Shard, c.Event), nowKey(c.Shard, c.Event), delayedKey(c.Shard)}, streamsKeys(c.Shard)...)
	args = append([]any{c.Token, ttl.Milliseconds(), keep, nowTTL.Milliseconds(), s.ms(s.now())}, s.allMost(c.Shard)...)
	for _, d := range o.Deliveries {
		it, err := s.deliveryItem(c.Shard, d)
		if err != nil {
			return nil, nil, err
		}
		keys, args = it.add(keys, args)
	}
	for _, ev := range o.Next {
		it, err := s.eventItem(c.Shard, ev)
		if err != nil {
			return nil, nil, err
		}
		keys, args = it.add(keys, args)
	}
	return keys, args, nil
}

// keptNow is what is kept of the answer, and how long the event counts as
// handled. Of a personal crisis nothing is kept but that.
func (s *Store) keptNow(id bot.EventID, o bot.Outcome) (string, time.Duration, error) {
	if o.Brief {
		return "", briefTTL, nil
	}
	if o.Now == nil {
		return "", doneTTL, nil
	}
	b, err := json.Marshal(o.Now)
	if err != nil {
		return "", 0, err
	}
	kept, err := s.o.Seal.Seal(string(b), aboutNow(id))
	return kept, doneTTL, err
}

// item is one entry of a commit.
type item struct {
	bodyKey, indexKey        string
	queue                    bot.Queue
	tenant, id, person, body string
	due                      int64
}

func (it item) add(keys []string, args []any) ([]string, []any) {
	return append(keys, it.bodyKey, it.indexKey), append(args, string(it.queue), it.tenant, it.id, it.person, it.body, it.due)
}

// deliveryItem puts a delivery into the claim's shard, whatever its tenant:
// one script cannot reach another.
func (s *Store) deliveryItem(shard int, d bot.Delivery) (item, error) {
	d.Shard = shard
	b, err := json.Marshal(d)
	if err != nil {
		return item{}, err
	}
	if d.Queue != bot.Nudges {
		d.Queue = bot.Replies
	}
	it := item{queue: d.Queue, tenant: bot.TenantDigest(d.Platform, d.Tenant), id: deliveryID(d.ID), person: personID(d.Dest.User)}
	if d.Brief { // somebody may be in danger: it stands in no line
		it.tenant = ""
	}
	if it.body, err = s.o.Seal.Seal(string(b), aboutBody(it.id)); err != nil {
		return item{}, err
	}
	if !d.NotBefore.IsZero() {
		it.due = s.ms(d.NotBefore)
	}
	it.bodyKey, it.indexKey = bodyKey(shard, it.id), queuedKey(shard, d.Platform, d.Tenant)
	return it, nil
}

// eventItem is a follow-up event. One that says when it happens waits until
// then.
func (s *Store) eventItem(shard int, ev bot.Event) (item, error) {
	if ev.ID == "" {
		return item{}, errors.New("a follow-up event has no id")
	}
	b, err := json.Marshal(ev)
	if err != nil {
		return item{}, err
	}
	id := eventBodyID(ev.ID)
	body, err := s.o.Seal.Seal(string(b), aboutBody(id))
	if err != nil {
		return item{}, err
	}
	return item{bodyKey: bodyKey(shard, id), indexKey: queuedKey(shard, ev.In.Platform, ev.In.Tenant),
		queue: bot.Work, tenant: bot.TenantDigest(ev.In.Platform, ev.In.Tenant), id: id, person: personID(ev.From), body: body, due: s.ms(ev.At)}, nil
}

// confirm makes sure that what was found done will outlive a failover. The
// commit may have been refused because no replica had it yet, and a platform
// that is told "done" does not come again.
func (s *Store) confirm(ctx context.Context, key string) error {
	if s.o.Replicas <= 0 {
		return nil
	}
	n, err := s.durable(ctx, touchScript, []string{key}, nil)
	if err == nil && n == 0 {
		err = errors.New("the mark of a handled event is gone")
	}
	return bot.Unavailable(err)
}

// durable runs a script and, where replicas are asked for, waits until they
// have what it wrote. A script that returns 0 wrote nothing to wait for.
func (s *Store) durable(ctx context.Context, sc *redis.Script, keys []string, args []any) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	if s.o.Replicas <= 0 {
		return sc.Run(ctx, s.client, keys, args...).Int64()
	}
	node, err := s.nodeFor(ctx, keys[0])
	if err != nil {
		return 0, err
	}
	n, have, err := s.waited(ctx, node, sc.EvalSha, keys, args)
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		n, have, err = s.waited(ctx, node, sc.Eval, keys, args)
	}
	if err != nil || n == 0 {
		return n, err
	}
	if have < int64(s.o.Replicas) {
		return 0, fmt.Errorf("%d of %d replicas have the commit after %s", have, s.o.Replicas, replicaPatience)
	}
	return n, nil
}

// evaluate is one of the two ways to run a script.
type evaluate func(ctx context.Context, c redis.Scripter, keys []string, args ...any) *redis.Cmd

// waited sends a script and WAIT as one, for WAIT counts what its own
// connection wrote: tried again alone on another, it would have nothing to
// wait for and say that all is well.
func (s *Store) waited(ctx context.Context, node *redis.Client, run evaluate, keys []string, args []any) (n, have int64, err error) {
	var ran, wait *redis.Cmd
	_, err = node.Pipelined(ctx, func(p redis.Pipeliner) error {
		ran = run(ctx, p, keys, args...)
		wait = p.Do(ctx, "wait", s.o.Replicas, replicaPatience.Milliseconds())
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	n, err1 := ran.Int64()
	have, err2 := wait.Int64()
	return n, have, errors.Join(err1, err2)
}

// replicaPatience is how long a commit waits for its replicas.
const replicaPatience = time.Second

// nodeFor is the one node that a key lies on.
func (s *Store) nodeFor(ctx context.Context, key string) (*redis.Client, error) {
	switch c := s.client.(type) {
	case *redis.Client:
		return c, nil
	case *redis.ClusterClient:
		return c.MasterForKey(ctx, key)
	}
	return nil, fmt.Errorf("no single node on a %T", s.client)
}
