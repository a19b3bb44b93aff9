package bottest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
)

// State is the state of the core, wherever it is kept.
type State struct {
	bot.Inbox
	bot.Outbox
	bot.Directory
	bot.Spaces
	bot.Profiles
	// Lapse lets a lease of d run out. Nil: time does it.
	Lapse func(d time.Duration)
}

// ExerciseState tests what every state of the core must do. New makes an empty
// one.
func ExerciseState(t *testing.T, fresh func(t *testing.T) State) {
	for name, test := range map[string]func(*testing.T, State){
		"an event is claimed by one":                          claimedByOne,
		"a claim that was given back can be taken again":      claimReleased,
		"an event that was handled gives its answer again":    answeredAgain,
		"of a crisis no answer is kept":                       crisisKeepsNothing,
		"a claim whose lease ran out passes on":               claimLapses,
		"a claim that was lost commits nothing":               lostClaimCommitsNothing,
		"a part that was sent carries a mark":                 partIsMarked,
		"marks of two installations are apart":                marksApart,
		"a direct chat is remembered and a channel is not":    directRemembered,
		"what was left for somebody is theirs alone":          leftForOne,
		"a place belongs to the space that was saved last":    placeMoves,
		"in a direct chat the space is where one was last":    spaceLastSeen,
		"in a direct chat the only space counts":              onlySpace,
		"where there are two spaces nobody guesses":           nobodyGuesses,
		"spaces of another installation are not seen":         tenantsApart,
		"a profile is kept as it was saved":                   profileKept,
		"a person without a profile has an empty one, always": profileEmpty,
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); test(t, fresh(t)) })
	}
}

const longLease = time.Hour

func begin(t *testing.T, s State, ev bot.Event, lease time.Duration) bot.Claim {
	t.Helper()
	c, err := s.Begin(t.Context(), ev, lease)
	if err != nil {
		t.Fatalf("Begin: %v", err)
	}
	return c
}

func commit(t *testing.T, s State, c bot.Claim, o bot.Outcome) {
	t.Helper()
	if err := s.Commit(t.Context(), c, o); err != nil {
		t.Fatalf("Commit: %v", err)
	}
}

var hello = Said(Person("u1"), Channel("c1"), "hello")

func claimedByOne(t *testing.T, s State) {
	begin(t, s, hello, longLease)
	if _, err := s.Begin(t.Context(), hello, longLease); !errors.Is(err, bot.ErrBusy) {
		t.Errorf("the second claim: %v", err)
	}
	other := Said(Person("u1"), Channel("c1"), "another")
	if c := begin(t, s, other, longLease); c.Done {
		t.Error("another event counts as handled")
	}
}

func claimReleased(t *testing.T, s State) {
	c := begin(t, s, hello, longLease)
	if err := s.Release(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if again := begin(t, s, hello, longLease); again.Done {
		t.Error("an event that was given back counts as handled")
	}
}

func answeredAgain(t *testing.T, s State) {
	card := Cards()[0].Card
	now := &bot.Now{Card: &card, FieldErrors: map[string]string{"when": "not a date"}}
	commit(t, s, begin(t, s, hello, longLease), bot.Outcome{Now: now})
	again := begin(t, s, hello, longLease)
	if !again.Done {
		t.Fatal("a handled event is handled again")
	}
	if diff := cmp.Diff(now, again.Now); diff != "" {
		t.Error(diff)
	}
}

func crisisKeepsNothing(t *testing.T, s State) {
	commit(t, s, begin(t, s, hello, longLease), bot.Outcome{Brief: true, Now: &bot.Now{}})
	if again := begin(t, s, hello, longLease); !again.Done || again.Now != nil {
		t.Errorf("got %+v", again)
	}
}

// lapse lets the lease run out and takes the claim.
func lapse(t *testing.T, s State, lease time.Duration) bot.Claim {
	t.Helper()
	if s.Lapse != nil {
		s.Lapse(lease)
	}
	var c bot.Claim
	Eventually(t, "the lease runs out", func() bool {
		var err error
		c, err = s.Begin(t.Context(), hello, longLease)
		return err == nil
	})
	return c
}

func claimLapses(t *testing.T, s State) {
	const lease = 20 * time.Millisecond
	begin(t, s, hello, lease)
	if c := lapse(t, s, lease); c.Done {
		t.Error("an event whose claim ran out counts as handled")
	}
}

func lostClaimCommitsNothing(t *testing.T, s State) {
	const lease = 20 * time.Millisecond
	lost := begin(t, s, hello, lease)
	held := lapse(t, s, lease)
	if err := s.Commit(t.Context(), lost, bot.Outcome{}); !errors.Is(err, bot.ErrBusy) {
		t.Errorf("a lost claim was committed: %v", err)
	}
	if err := s.Release(t.Context(), lost); err != nil {
		t.Errorf("Release of a lost claim: %v", err)
	}
	commit(t, s, held, bot.Outcome{})
}

func someDelivery(tenant bot.TenantID) bot.Delivery {
	return bot.Delivery{ID: "e1/0", Queue: bot.Replies, Platform: "fake", Tenant: tenant,
		Parts: []bot.Part{{Key: "k"}, {Key: "other"}}}
}

func partIsMarked(t *testing.T, s State) {
	d := someDelivery(Tenant)
	if _, err := s.Sent(t.Context(), d, "k"); !errors.Is(err, bot.ErrNotFound) {
		t.Fatalf("before it was sent: %v", err)
	}
	want := bot.Mark{Place: Channel("c1"), Messages: []bot.MessageID{"m1", "m2"}}
	if err := s.MarkSent(t.Context(), d, "k", want); err != nil {
		t.Fatal(err)
	}
	got, err := s.Sent(t.Context(), d, "k")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Sent(t.Context(), d, "other"); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("another part: %v", err)
	}
}

func marksApart(t *testing.T, s State) {
	if err := s.MarkSent(t.Context(), someDelivery("t1"), "k", bot.Mark{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sent(t.Context(), someDelivery("t2"), "k"); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("another installation's part of the same key: %v", err)
	}
}
