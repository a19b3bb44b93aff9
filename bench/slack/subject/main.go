// Subject is a small bot for bench/slack: it says hello to whoever mentions
// it, through the whole core: claimed in Redis, committed, and answered from
// the outbox.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"cymar/adapters/slack"
	"cymar/bot"
	"cymar/bot/redisstate"
	"cymar/bot/words"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if err := serve(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// hello answers every mention in its thread.
type hello struct{}

func (hello) Register(r *bot.Router) {
	r.Answer(bot.HandlerFunc(func(context.Context, bot.Event) (bot.Reply, error) {
		return bot.Reply{Sends: []bot.Send{{To: bot.Here(), Card: bot.Say(bot.English, "Hello, how can I help?")}}}, nil
	}))
}

func serve(ctx context.Context) error {
	log := slog.New(slog.DiscardHandler)
	redisstate.LogTo(log)
	store, err := redisstate.Open(ctx, redisstate.Options{URL: "unix://" + os.Getenv("REDIS_SOCKET"), Shards: 1, Clock: bot.SystemClock{}, Log: log})
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	s, err := slack.New(slack.Options{BotToken: os.Getenv("SLACK_BOT_TOKEN"), Signing: os.Getenv("SLACK_SIGNING_SECRET"), APIURL: os.Getenv("SLACK_API_URL")})
	if err != nil {
		return err
	}
	core, err := words.Core()
	if err != nil {
		return err
	}
	b, err := bot.New(bot.Options{
		Inbox: store.Inbox(), Outbox: store.Outbox(), Directory: store.Directory(), Spaces: store.Spaces(), Profiles: store.Profiles(),
		Router: bot.NewRouter(hello{}), Senders: []bot.Sender{s}, Language: words.Choose, Clock: bot.SystemClock{}, Log: log,
		Words: func(lang bot.Lang, id string) string { return core.Say(lang, id) },
	})
	if err != nil {
		return err
	}
	return run(ctx, s, b)
}

func run(ctx context.Context, s *slack.Slack, b *bot.Bot) error {
	mux := http.NewServeMux()
	s.Mount(mux, b)
	server := &http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return b.Run(ctx) })
	g.Go(func() error { return s.Run(ctx, b) })
	g.Go(func() error {
		if err := server.ListenAndServe(); ctx.Err() == nil {
			return err
		}
		return nil
	})
	g.Go(func() error { <-ctx.Done(); return server.Close() })
	return g.Wait()
}
