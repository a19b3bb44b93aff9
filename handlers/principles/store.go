package principles

import (
	"context"
	"time"

	"cymar/bot"
)

// Home is the installation that a record belongs to.
type Home struct {
	Platform bot.Platform
	Tenant   bot.TenantID
}

func homeOf(u bot.User) Home { return Home{u.Platform, u.Tenant} }

// Question is one that had no answer: its words and how often it came, never
// who asked.
type Question struct {
	ID    string    `json:"id"`
	Words string    `json:"words"`
	Lang  bot.Lang  `json:"lang"`
	First time.Time `json:"first"`
	Times int       `json:"-"`
}

// Rating is what people made of an entry.
type Rating struct {
	Entry    string
	Up, Down int
}

// Store is what the job keeps. Every write may come twice.
type Store interface {
	// Topic is the last topic of a thread or a direct chat, for an hour.
	Topic(ctx context.Context, p bot.Place) (string, error)
	SetTopic(ctx context.Context, p bot.Place, topic string) error

	// Log keeps the words of an unanswered question for 180 days under key,
	// so that the same question is kept once; event makes a repeat harmless.
	Log(ctx context.Context, h Home, key string, q Question, event bot.EventID) (Question, error)
	Question(ctx context.Context, h Home, id string) (Question, error) // bot.ErrNotFound
	Questions(ctx context.Context, h Home) ([]Question, error)
	Close(ctx context.Context, h Home, id string) error

	// Wait keeps that somebody wants to be told; Waiting says who.
	Wait(ctx context.Context, u bot.User, id string) error
	Unwait(ctx context.Context, u bot.User, id string) error
	Waiting(ctx context.Context, h Home, id string) ([]bot.User, error)
	// Homes is every installation of the shard with open questions.
	Homes(ctx context.Context, shard int) ([]Home, error)

	// Rate keeps one opinion a person and entry; the last one counts.
	Rate(ctx context.Context, u bot.User, entry string, up bool) error
	Ratings(ctx context.Context, h Home) ([]Rating, error)

	bot.Keeper
}
