package supervision_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

const list = "roster\nName,Kind,Interval,Next date,Supervisor,Team\nBea Jones,peer,every 4 weeks,12/12/2026,peer lead,North\n" +
	"Nobody Known,line,monthly,,,\nCat Ray,peer,every 0 days,,,\n=HYPERLINK(1),peer,,,,"

func TestARosterIsTriedBeforeAnybodyIsInvited(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	got := sc.text(sc.Say(lead, channel, list))
	has(t, got, "I read 4 lines; 2 can be used", "4 | “every 0 days” cannot be", "5 | “=HYPERLINK(1)” is a formula", "Nobody has been invited yet", "invite them",
		"fit exactly one person here: 1.", "not sure of: 1.")
	if _, err := sc.store.Load(t.Context(), bea); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("somebody was enrolled: %v", err)
	}
	hasNot(t, sc.text(sc.Say(bea, channel, list)), "lines")
}

func TestNobodyIsEnrolledWithoutAccepting(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.Say(lead, channel, list)
	var toBea, inChannel string
	for _, s := range sc.Say(lead, channel, "invite them") {
		switch s.To.ID {
		case bottest.Direct(bea).ID:
			toBea += s.Text()
		case channel.ID:
			if s.Only == nil {
				inChannel += s.Text()
			}
		}
	}
	has(t, toBea, "It is up to you", "every 4 weeks", "Saturday 12 December", "Yes, remind me (save it Peer-led supervision)", "No, thank you (no reminders thanks)", "Nobody is told whether you accept")
	has(t, inChannel, "That's me · Fi yw hwnna: Nobody Known")
	hasNot(t, inChannel, "Bea")
	r, err := sc.store.Load(t.Context(), bea)
	if err != nil || len(r.Clocks) != 0 || !r.Accepted.Zero() || r.Invited.Zero() {
		t.Fatalf("%+v, %v", r, err)
	}
	if sent := sc.tick(at("2026-12-12 10:00")); len(sent) != 0 {
		t.Error("somebody was reminded who did not accept")
	}
	has(t, sc.says(bea, "save it"), "Saved")
	if r, err := sc.store.Load(t.Context(), bea); err != nil || r.Accepted.Zero() || r.Team != "North" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestAnInvitationCanBeDeclined(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.Say(lead, channel, list)
	sc.Say(lead, channel, "invite them")
	has(t, sc.press(bea, "supervision.decline", ""), "no reminders")
	if r, err := sc.store.Load(t.Context(), bea); err != nil || r.Draft != nil || len(r.Clocks) > 0 || r.Invited.Zero() {
		t.Errorf("%+v, %v", r, err)
	}
	has(t, sc.says(bea, "save it"), "nothing waiting")
}

func TestWhoIsNotCertainSaysThatItIsThem(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.Say(lead, channel, list)
	var claim bot.Button
	for _, s := range sc.Say(lead, channel, "invite them") {
		for _, b := range s.Card.Blocks {
			if bs, ok := b.(bot.Buttons); ok && bs.Buttons[0].Action == "supervision.claim" {
				claim = bs.Buttons[0]
			}
		}
	}
	ann := bottest.Person("ann")
	_, sent := sc.Press(ann, channel, claim.Action, claim.Value)
	if len(sent) != 1 || sent[0].Only == nil || sent[0].Only.ID != "ann" {
		t.Fatalf("%+v", sent)
	}
	has(t, sent[0].Text(), "Line management", "every month")
	has(t, sc.says(bottest.Person("dan"), claim.Command), "Line management")
	has(t, sc.says(ann, "save it"), "Saved")
	has(t, sc.says(ann, "that is me 0123456789012345678901 7"), "no longer there")
}

func TestARosterCanBeDropped(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	drop := bot.Uploaded{File: bot.FileRef{Name: "roster.csv", Route: strings.TrimPrefix(list, "roster\n")}}
	_, sent := sc.Do(lead, channel, drop)
	has(t, sc.text(sent), "I read 4 lines")
	for name, u := range map[string]bot.User{"roster.csv": bea, "notes.txt": lead} {
		if _, sent := sc.Do(u, channel, bot.Uploaded{File: bot.FileRef{Name: name, Route: list}}); len(sent) != 0 {
			t.Errorf("%s of %s: %v", name, u.ID, sent)
		}
	}
}

// dropped opens what a test dropped: the route is the content.
type dropped struct{}

func (dropped) Open(_ context.Context, _ bot.Platform, f bot.FileRef) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(f.Route)), nil
}

func TestTheCommandLineChecksARosterToo(t *testing.T) {
	t.Parallel()
	text, ok, err := supervision.CheckRoster([]byte(strings.TrimPrefix(list, "roster\n")), bottest.Start, bot.English)
	if err != nil || ok {
		t.Errorf("%v, %v", ok, err)
	}
	has(t, text, "I read 4 lines; 2 can be used", "Line 4: “every 0 days” cannot be")
	if _, ok, err := supervision.CheckRoster([]byte("Ann,peer,4 weeks"), bottest.Start, bot.Welsh); err != nil || !ok {
		t.Errorf("%v, %v", ok, err)
	}
}

// fill enrols n people of a team, of whom held had peer-led supervision in
// time and nobody have nobody.
func (sc *scene) fill(team string, n, held, nobody int) {
	sc.t.Helper()
	today := calendar.On(sc.Clock.Now(), london)
	for i := range n {
		u := bottest.Person(bot.UserID(fmt.Sprintf("%s%d", team, i)))
		c := ladder.Clock{Kind: when.Peer, Every: when.Weeks(4), Next: today.Add(30), Since: today}
		switch {
		case i < held:
			c = c.Held(today.Add(-3), today, 0)
		case i < held+nobody:
			c = c.WithNobody(today, false)
		}
		_, err := sc.store.Change(sc.t.Context(), u, func(r *supervision.Record) error {
			r.Space, r.Team, r.Invited, r.Accepted, r.Clocks = "s1", team, today, today, []supervision.Clock{{Clock: c}}
			return nil
		})
		if err != nil {
			sc.t.Fatal(err)
		}
	}
}

func TestCoverageIsAPictureAndATableAndNamesNobody(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 14, 8, 6)
	sc.fill("South", 9, 2, 6)
	sc.fill("=East", 3, 3, 0)
	sent := sc.Say(lead, channel, "supervision coverage")
	got := sc.text(sent)
	has(t, got, "Invited: about 25. Accepted: all or nearly all.", "1 | Peer-led supervision | about 15 (60%) | about 10 | fewer than five",
		"North | about 15 | about 10 (70%)", "Smaller teams and others together | about 10 | about 5 (50%)", "rounded to the nearest five")
	hasNot(t, got, "North0", "=East")
	if sent[0].Only == nil {
		t.Error("everybody sees it")
	}
	for _, b := range sent[0].Card.Blocks {
		if p, ok := b.(bot.Picture); ok {
			if _, err := png.Decode(bytes.NewReader(p.PNG)); err != nil || !strings.Contains(p.Alt, "1. Peer-led supervision: about 15 (60%).") {
				t.Errorf("%v, %q", err, p.Alt)
			}
		}
	}
	hasNot(t, sc.text(sc.Say(bea, channel, "supervision coverage")), "about")
}

func TestFewerThanFiveShowNoFigures(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 4, 4, 0)
	has(t, sc.text(sc.Say(lead, channel, "coverage")), "Fewer than five people have accepted")
	has(t, sc.text(sc.Say(lead, channel, "coverage file")), "Fewer than five")
}

func TestTheFileHasTheSameFiguresAndNoFormula(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("=cmd|calc", 8, 5, 0)
	sc.fill("South", 9, 2, 6)
	body := ""
	for _, s := range sc.Say(lead, channel, "coverage file") {
		if s.To.Kind != bot.DirectChat {
			t.Error("the file is not private")
		}
		body += s.Body
	}
	has(t, body, "about 5 (30%)", "'=cmd|calc,about 10")
	for _, line := range strings.Split(body, "\n") {
		if strings.IndexAny(line, "=+-@") == 0 {
			t.Errorf("a formula: %s", line)
		}
	}
}

func TestWhoCouldNotBeReachedIsANumberUnlessTheyAgreed(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 12, 6, 0)
	for i, named := range []bool{false, true} {
		_, err := sc.store.Change(t.Context(), bottest.Person(bot.UserID(fmt.Sprint("North", i))), func(r *supervision.Record) error {
			r.Missed, r.Reason, r.Wishes.Named = 3, bot.Unreachable, named
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	sent := sc.Say(lead, channel, "coverage")
	has(t, sc.text(sent), "2 people could not be reached", "agreed to be named")
	mentions := 0
	for _, b := range sent[0].Card.Blocks {
		if p, ok := b.(bot.Text); ok {
			for _, s := range p.Spans {
				if s.Mention.ID == "North1" {
					mentions++
				} else if s.Mention.ID != "" {
					t.Errorf("%s is named", s.Mention.ID)
				}
			}
		}
	}
	if mentions != 1 {
		t.Errorf("%d mentions", mentions)
	}
}

func TestTheMonthsAreKeptAsTheyWereShown(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for i, held := range []int{3, 8, 14} {
		sc.Clock.Set(time.Date(2026, time.Month(9+i), 1, 3, 15, 0, 0, london))
		sc.fill("North", 20, held, 0)
		sc.Receive(bottest.Tick("supervision.month", sc.Clock.Now()))
	}
	sc.Clock.Set(at("2026-11-23 09:00"))
	has(t, sc.text(sc.Say(lead, channel, "coverage")), "August 2026 | about 20 | fewer than five", "September 2026 | about 20 | about 10 (50%)", "October 2026 | about 20 | about 15 (80%)")
}

func TestTheDigestComesOnMondaysOnRequest(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 20, 10, 0)
	monday := at("2026-11-30 09:00")
	fire := func(day time.Time) int {
		sc.Clock.Set(day)
		_, sent := sc.Receive(bottest.Tick("supervision.digest", day))
		return len(sent)
	}
	if n := fire(monday); n != 0 {
		t.Errorf("%d without asking", n)
	}
	has(t, sc.text(sc.Say(lead, channel, "weekly digest on")), "Mondays at 9")
	if n := fire(monday.AddDate(0, 0, 7)); n != 1 {
		t.Errorf("%d when asked", n)
	}
	sc.Say(lead, channel, "weekly digest off")
	if n := fire(monday.AddDate(0, 0, 14)); n != 0 {
		t.Errorf("%d when switched off", n)
	}
}

func TestASpaceChoosesItsOwnRungs(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	has(t, sc.text(sc.Say(lead, channel, "reminder days")), "7 1 0 after 3")
	has(t, sc.text(sc.Say(lead, channel, "reminder days 90 1 after 3 every 7 times 4")), "At most 60")
	has(t, sc.text(sc.Say(lead, channel, "reminder days 9 2 after 1 every 3 times 1")), "before the date: 9, 2 (0 is the day itself)", "passed: 1.", "reminders: 3.", "at most: 1.")
	told(t, sc.until(at("2026-11-24 12:00")), "Tue 24 Nov 09:23 d-bea: Peer-led supervision is coming up in 9 days, Thursday 3 December.")
}

func TestASupervisorGetsTheDateOnlyIfBothAgree(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	sam := bottest.Person("sam")
	_, sent := sc.Do(bea, bottest.Direct(bea), bot.Said{Text: "tell my supervisor @Sam", Message: "m", ToBot: true, Mentions: []bot.User{sam}})
	has(t, sc.text(sent), "asking your supervisor", "Do you agree?")
	if got := sc.until(at("2026-11-26 10:00")); len(got) != 1 {
		t.Errorf("without agreeing: %v", got)
	}
	has(t, sc.press(bottest.Person("eve"), "supervision.agree", "bea peer"), "no longer asked")
	has(t, sc.says(sam, "agree to share bea peer"), "Thank you")
	sc.Clock.Set(at("2026-12-02 09:00"))
	got := sc.until(at("2026-12-02 10:00"))
	told(t, got, "Wed 2 Dec 09:05 d-sam: Supervision: a date that somebody shares with you",
		"Wed 2 Dec 09:23 d-bea: Peer-led supervision is coming up tomorrow, Thursday 3 December.")
	has(t, sc.says(bea, "ask my supervisor to confirm"), "once you have recorded")
	sc.says(bea, "held")
	has(t, sc.says(bea, "ask my supervisor to confirm"), "asking your supervisor")
	has(t, sc.press(sam, "supervision.confirmed", "bea peer 2026-12-01"), "no longer")
	has(t, sc.press(sam, "supervision.confirmed", "bea peer 2026-12-02"), "confirmed")
	if r, err := sc.store.Load(t.Context(), bea); err != nil || r.Clocks[0].Confirmed.String() != "2026-12-02" {
		t.Errorf("%+v, %v", r, err)
	}
}
