package bot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// jobFunc is a job that is only its registration.
type jobFunc func(r *bot.Router)

func (f jobFunc) Register(r *bot.Router) { f(r) }

// handle is a handler without a context.
func handle(f func(ev bot.Event) (bot.Reply, error)) bot.Handler {
	return bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) { return f(ev) })
}

// saying is a handler that always says the same.
func saying(text string) bot.Handler {
	return handle(func(bot.Event) (bot.Reply, error) { return reply(send(text)), nil })
}

func send(text string) bot.Send { return bot.Send{Card: bot.Say(bot.English, text)} }

func reply(all ...bot.Send) bot.Reply { return bot.Reply{Sends: all} }

// answers is a job with this answerer.
func answers(h bot.Handler) []bot.Job {
	return []bot.Job{jobFunc(func(r *bot.Router) { r.Answer(h) })}
}

var (
	ann     = bottest.Person("ann")
	channel = bottest.Channel("c1")
)

func texts(sent []bottest.Sent) string {
	var all []string
	for _, s := range sent {
		all = append(all, s.Text())
	}
	return strings.Join(all, " / ")
}

func TestAnEventThatComesTwiceIsHandledOnceAndAnsweredTwice(t *testing.T) {
	t.Parallel()
	handled := 0
	b := bottest.NewBench(t, answers(handle(func(bot.Event) (bot.Reply, error) {
		handled++
		return bot.Reply{Now: &bot.Now{FieldErrors: map[string]string{"a": "b"}}, Sends: []bot.Send{send("hello")}}, nil
	})))
	ev := bottest.Said(ann, channel, "hello")
	for range 2 {
		if now, _ := b.Do(ev); now == nil || now.FieldErrors["a"] != "b" {
			t.Errorf("answered with %+v", now)
		}
	}
	if handled != 1 || len(b.Platform.All()) != 1 {
		t.Errorf("handled %d times, sent %d", handled, len(b.Platform.All()))
	}
}

func TestAnEventThatIsHandledElsewhereIsRefused(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, answers(saying("hello")))
	ev := bottest.Said(ann, channel, "hello")
	if _, err := b.Memory.Begin(t.Context(), ev, time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Receive(t.Context(), ev); !errors.Is(err, bot.ErrBusy) {
		t.Errorf("got %v", err)
	}
}

func TestAFaultThatPassesGivesTheEventBack(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]error{
		"a store": bot.Unavailable(errors.New("connection refused")), "a deadline": fmt.Errorf("asking: %w", context.DeadlineExceeded),
		"the caller": context.Canceled, "a cut connection": &net.OpError{Op: "read", Err: errors.New("reset")}, "the end of one": io.EOF,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faults := []error{fault}
			b := bottest.NewBench(t, answers(handle(func(bot.Event) (bot.Reply, error) {
				if len(faults) > 0 {
					faults = nil
					return bot.Reply{}, fault
				}
				return reply(send("hello")), nil
			})))
			ev := bottest.Said(ann, channel, "hello")
			if _, err := b.Receive(t.Context(), ev); !errors.Is(err, fault) {
				t.Errorf("got %v", err)
			}
			if _, sent := b.Do(ev); texts(sent) != "hello" {
				t.Errorf("then sent %q", texts(sent))
			}
		})
	}
}

func TestEveryStepThatFailsLeavesTheEventToComeAgain(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"Begin", "Of", "Profile", "Remember", "Commit"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			b := bottest.NewBench(t, answers(saying("hello")))
			b.Memory.Fail = func(m string) error {
				if m == method {
					return bot.Unavailable(errors.New("no"))
				}
				return nil
			}
			ev := bottest.Said(ann, channel, "hello")
			if _, err := b.Receive(t.Context(), ev); !errors.Is(err, bot.ErrUnavailable) {
				t.Fatalf("got %v", err)
			}
			b.Memory.Fail = nil
			if _, sent := b.Do(ev); texts(sent) != "hello" {
				t.Errorf("then sent %q", texts(sent))
			}
		})
	}
}

func TestAFaultOfOursBecomesAnApologyAndIsDone(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]bot.Handler{
		"an error": handle(func(bot.Event) (bot.Reply, error) { return bot.Reply{}, errors.New("secret of Ann's") }),
		"a panic":  handle(func(bot.Event) (bot.Reply, error) { panic("secret of Ann's") }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			b := bottest.NewBench(t, answers(h), func(o *bot.Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
			sent := b.Say(ann, channel, "hello, I am Ann")
			if texts(sent) != "en:core.apology" || sent[0].Only == nil || *sent[0].Only != ann {
				t.Errorf("sent %q to %v", texts(sent), sent)
			}
			if log.Len() == 0 || strings.Contains(log.String(), "Ann") || strings.Contains(log.String(), "ann") {
				t.Errorf("logged %q", log.String())
			}
		})
	}
}

func TestWordsForThePersonReachOnlyThem(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, answers(handle(func(bot.Event) (bot.Reply, error) {
		return bot.Reply{}, fmt.Errorf("reading the date: %w", &bot.UserError{Text: "write a date"})
	})))
	sent := b.Say(ann, channel, "x")
	if texts(sent) != "write a date" || sent[0].Only == nil || *sent[0].Only != ann {
		t.Errorf("sent %v", sent)
	}
}

func TestAFormThatIsRefusedShowsWhyInTheForm(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		r.Form("test.form", bot.Anyone, handle(func(bot.Event) (bot.Reply, error) {
			return bot.Reply{}, &bot.UserError{Text: "not a date"}
		}))
	})})
	now, sent := b.Do(bot.Event{ID: "f", From: ann, In: channel, What: bot.Submitted{Form: "test.form"}})
	if now == nil || now.FieldErrors[""] != "not a date" || len(sent) != 0 {
		t.Errorf("got %+v, sent %v", now, sent)
	}
}

func TestNobodyIsToldOfAFaultInWhatTheClockBegan(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		r.Tick("test.job", "* * * * *", handle(func(bot.Event) (bot.Reply, error) { return bot.Reply{}, errors.New("no") }))
	})})
	if _, sent := b.Do(bottest.Tick("test.job", bottest.Start)); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestOfWhatPeopleSayToEachOtherOnlyAnAnnouncedCollectionIsRead(t *testing.T) {
	t.Parallel()
	var seen []string
	var listening, asked bool
	jobs := []bot.Job{jobFunc(func(r *bot.Router) {
		r.Answer(saying("I was not asked"))
		r.Observe(handle(func(ev bot.Event) (bot.Reply, error) {
			seen = append(seen, fmt.Sprintf("%T", ev.What))
			return bot.Reply{}, nil
		}))
	})}
	b := bottest.NewBench(t, jobs, func(o *bot.Options) {
		o.Listening = func(context.Context, bot.Place, bot.What) (bool, error) { asked = true; return listening, nil }
	})
	whats := []bot.What{bot.Said{Text: "between us"}, bot.Edited{Text: "changed"}, bot.Removed{}, bot.Reacted{}}
	for _, listening = range []bool{false, true} {
		for i, w := range whats {
			_, sent := b.Do(bot.Event{ID: bot.EventID(fmt.Sprint(listening, i)), From: ann, In: channel, What: w})
			if len(sent) != 0 {
				t.Errorf("%T: it barged in with %q", w, texts(sent))
			}
		}
		if want := map[bool]int{false: 0, true: len(whats)}[listening]; len(seen) != want {
			t.Errorf("listening %v: it saw %v", listening, seen)
		}
	}
	if !asked {
		t.Error("nobody asked whether a collection was announced")
	}
}

func TestInADirectChatNoMentionIsNeeded(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, answers(saying("hello")))
	ev := bot.Event{ID: "1", From: ann, In: bottest.Direct(ann), What: bot.Said{Text: "hi", ToBot: true}}
	if _, sent := b.Do(ev); texts(sent) != "hello" {
		t.Errorf("sent %v", sent)
	}
}

func TestWithoutAStoreToAskWhetherItListensTheEventComesAgain(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, nil, func(o *bot.Options) {
		o.Listening = func(context.Context, bot.Place, bot.What) (bool, error) {
			return false, bot.Unavailable(errors.New("no"))
		}
	})
	_, err := b.Receive(t.Context(), bot.Event{ID: "1", From: ann, In: channel, What: bot.Said{Text: "x"}})
	if !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}

func TestARouterWithFaultsMakesNoBot(t *testing.T) {
	t.Parallel()
	r := bot.NewRouter(jobFunc(func(r *bot.Router) { r.Action("nodot", bot.Anyone, saying("")) }))
	if _, err := bot.New(bot.Options{Router: r}); err == nil {
		t.Error("no error")
	}
}

func TestAClaimIsGivenBackEvenWhenTheCallerHasGone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	b := bottest.NewBench(t, answers(bot.HandlerFunc(func(ctx context.Context, _ bot.Event) (bot.Reply, error) {
		cancel()
		return reply(send("hello")), ctx.Err()
	})))
	ev := bottest.Said(ann, channel, "hello")
	if _, err := b.Receive(ctx, ev); err == nil {
		t.Error("accepted after the caller had gone")
	}
	if _, err := b.Receive(t.Context(), ev); errors.Is(err, bot.ErrBusy) {
		t.Error("the claim is still held")
	}
}

func TestAHandlerHasTwoSeconds(t *testing.T) {
	t.Parallel()
	var left time.Duration
	b := bottest.NewBench(t, answers(bot.HandlerFunc(func(ctx context.Context, _ bot.Event) (bot.Reply, error) {
		if end, ok := ctx.Deadline(); ok {
			left = time.Until(end)
		}
		return bot.Reply{}, nil
	})))
	b.Say(ann, channel, "x")
	if left <= 0 || left > 2*time.Second {
		t.Errorf("%v", left)
	}
}
