package meetings_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

const aDay = 24 * time.Hour

// aged is a store with a meeting that was made at the start, with a message.
func aged(t *testing.T, keep meetings.Keep, state meetings.State) (meetings.Store, *bottest.Clock, meetings.Meeting) {
	t.Helper()
	store, clock := meetings.NewStore(bottest.Redis(t), 1, nil, keep), bottest.NewClock(bottest.Start)
	m, err := store.Make(t.Context(), meetings.Meeting{ID: "m", Owner: lead, Live: true, Place: channel, State: state, Made: clock.Now(), At: clock.Now().Add(aDay)})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Keep(t.Context(), m, meetings.Message{ID: "1", Text: "something"}); err != nil {
		t.Fatal(err)
	}
	return store, clock, m
}

func TestMessagesGoWhenTheirTimeAfterPublicationIsOver(t *testing.T) {
	t.Parallel()
	for state, want := range map[meetings.State]int64{meetings.Published: 1, meetings.Collecting: 0} {
		store, clock, m := aged(t, meetings.Keep{}, state)
		purge := func(dry bool) int64 {
			n, err := meetings.PurgePublished(t.Context(), store, clock, 0, 20*aDay, dry)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		clock.Advance(20 * aDay)
		if n := purge(false); n != 0 {
			t.Errorf("%s: %d a day too early", state, n)
		}
		clock.Advance(aDay + time.Minute)
		if dry, done, again := purge(true), purge(false), purge(false); dry != want || done != want || again != 0 {
			t.Errorf("%s: counted %d, purged %d, then %d", state, dry, done, again)
		}
		msgs, err := store.Messages(t.Context(), m)
		if err != nil || len(msgs) != 1-int(want) {
			t.Errorf("%s: %d messages, %v", state, len(msgs), err)
		}
		if kept, err := store.Load(t.Context(), meetings.Home{Platform: lead.Platform, Tenant: lead.Tenant}, "m"); err != nil || kept.Purged != (want == 1) {
			t.Errorf("%s: %v, %v", state, kept.Purged, err)
		}
	}
}

func TestAMeetingGoesWithItsDraftWhenItsTimeIsOver(t *testing.T) {
	t.Parallel()
	store, clock, _ := aged(t, meetings.Keep{}, meetings.Collecting)
	clock.Advance(60*aDay + time.Minute)
	for _, dry := range []bool{true, false} {
		if n, err := meetings.PurgeChats(t.Context(), store, clock, 0, 60*aDay, dry); err != nil || n != 1 {
			t.Errorf("dry %v: %d, %v", dry, n, err)
		}
	}
	if _, err := store.Load(t.Context(), meetings.Home{Platform: lead.Platform, Tenant: lead.Tenant}, "m"); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

func TestWhatBelongsToAMeetingLivesNoLongerThanTheSettingsSay(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	store := meetings.NewStore(db, 1, nil, meetings.Keep{Chat: 5 * aDay})
	m, err := store.Make(t.Context(), meetings.Meeting{ID: "m", Owner: lead, Live: true, Place: channel, Made: bottest.Start})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(store.Keep(t.Context(), m, meetings.Message{ID: "1"}), store.Collect(t.Context(), m), store.SetDesk(t.Context(), lead, "m"),
		store.AddPiece(t.Context(), m, meetings.Piece{Name: "1.txt", Data: []byte("x")})); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, key := range db.Keys(t.Context(), "*").Val() {
		if strings.HasSuffix(key, ":all") || strings.HasSuffix(key, ":homes") || strings.HasSuffix(key, ":routes") { // nothing of the meeting but its id
			continue
		}
		if ttl := db.TTL(t.Context(), key).Val(); ttl <= 0 || ttl > 5*aDay {
			t.Errorf("%s lives %v", key, ttl)
		}
		n++
	}
	if n < 5 {
		t.Errorf("%d keys were looked at", n)
	}
}

func TestTheNoticeSaysHowLongTheSettingsKeepMessages(t *testing.T) {
	t.Parallel()
	for keep, want := range map[meetings.Keep][]string{
		{}:                                      {"deleted 30 days after the overview is published, and after 90 days in any case", "eu dileu 30 diwrnod ar ôl cyhoeddi’r trosolwg, ac ar ôl 90 diwrnod"},
		{Chat: 60 * aDay, Published: 14 * aDay}: {"deleted 14 days after the overview is published, and after 60 days in any case", "eu dileu 14 diwrnod ar ôl cyhoeddi’r trosolwg, ac ar ôl 60 diwrnod"},
	} {
		h, err := meetings.New(meetings.Options{Keep: keep})
		if err != nil {
			t.Fatal(err)
		}
		said := bottest.Sent{Card: h.Notice(bot.Wales, lead)}.Text()
		for _, w := range want {
			if !strings.Contains(said, w) {
				t.Errorf("no %q in %s", w, said)
			}
		}
	}
}
