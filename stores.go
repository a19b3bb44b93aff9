package main

import (
	"context"
	"fmt"
	"time"

	"cymar/bot"
	"cymar/bot/redisstate"
	"cymar/bot/seal"
	"cymar/config"
	"cymar/handlers/meetings"
	"cymar/handlers/principles"
	"cymar/handlers/privacy"
	"cymar/handlers/supervision"
)

// kept is a package that keeps something in Redis: the kinds of its keys, and
// who tells and erases what is in them about a person. A job with a store of
// its own has a line in keptBy; a test fails when one is missing.
type kept struct {
	name   string
	keys   []bot.KeyPattern
	keeper bot.Keeper
}

func keptBy(s *redisstate.Store, box *seal.Box, now bot.Clock) []kept {
	return []kept{
		{"bot/redisstate", redisstate.Patterns, s.Keeper()},
		{"handlers/principles", principles.Patterns, principles.NewStore(s.Client(), s.Shards(), now)},
		{"handlers/meetings", meetings.Patterns, meetings.NewStore(s.Client(), s.Shards(), box, meetings.Keep{})},
		{"handlers/supervision", supervision.Patterns, supervision.NewStore(s.Client(), s.Shards())},
	}
}

func keepers(all []kept) []bot.Keeper {
	var out []bot.Keeper
	for _, k := range all {
		out = append(out, k.keeper)
	}
	return out
}

func patterns(all []kept) []bot.KeyPattern {
	var out []bot.KeyPattern
	for _, k := range all {
		out = append(out, k.keys...)
	}
	return out
}

// purges is what the nightly purge goes through: all whose time can be set but
// the marks of what was sent, which end by themselves as all else does; see
// docs/data.md.
func purges(s *redisstate.Store, box *seal.Box, now bot.Clock, keep config.Retention) []privacy.Purge {
	dates, chats := supervision.NewStore(s.Client(), s.Shards()), meetings.NewStore(s.Client(), s.Shards(), box, chatsFor(keep))
	return []privacy.Purge{
		{Class: "audit", Keep: days(keep.Audit), Run: inOneGo(s.PurgeAudit)},
		{Class: "undelivered", Keep: days(keep.Undelivered), Run: inOneGo(s.PurgeFailures)},
		{Class: "questions", Keep: days(keep.Questions), Run: inOneGo(func(ctx context.Context, shard int, keep time.Duration, dry bool) (int64, error) {
			return principles.PurgeQuestions(ctx, s.Client(), s.Shards(), now, shard, keep, dry)
		})},
		{Class: "published_chat", Keep: days(keep.PublishedChat), Run: inOneGo(func(ctx context.Context, shard int, keep time.Duration, dry bool) (int64, error) {
			return meetings.PurgePublished(ctx, chats, now, shard, keep, dry)
		})},
		{Class: "chat", Keep: days(keep.Chat), Run: inOneGo(func(ctx context.Context, shard int, keep time.Duration, dry bool) (int64, error) {
			return meetings.PurgeChats(ctx, chats, now, shard, keep, dry)
		})},
		{Class: "reminders", Keep: days(keep.Reminders), Run: func(ctx context.Context, shard int, keep time.Duration, dry bool, from string) (int64, string, error) {
			return supervision.PurgeIdle(ctx, dates, now, shard, keep, dry, from)
		}},
	}
}

// inOneGo is a purge that needs no steps.
func inOneGo(do func(ctx context.Context, shard int, keep time.Duration, dry bool) (int64, error)) func(context.Context, int, time.Duration, bool, string) (int64, string, error) {
	return func(ctx context.Context, shard int, keep time.Duration, dry bool, _ string) (int64, string, error) {
		n, err := do(ctx, shard, keep, dry)
		return n, "", err
	}
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// chatsFor is how long meetings are kept by the settings.
func chatsFor(r config.Retention) meetings.Keep {
	return meetings.Keep{Chat: days(r.Chat), Published: days(r.PublishedChat)}
}

// openStore opens the store that the settings name, with their keys.
func openStore(ctx context.Context, cfg config.Config, o redisstate.Options) (*redisstate.Store, *seal.Box, error) {
	box, err := seal.New(cfg.Keys.Reveal())
	if err != nil {
		return nil, nil, usageError{fmt.Errorf("CYMAR_KEYS: %w", err)}
	}
	o.SentMarks = days(cfg.Retention.SentMarks)
	o.Seal, o.URL, o.DataDir, o.Shards = box, cfg.RedisURL.Reveal(), cfg.DataDir, cfg.Shards
	store, err := redisstate.Open(ctx, o)
	return store, box, err
}
