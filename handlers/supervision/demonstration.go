package supervision

import (
	"context"
	"fmt"
	"time"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/coverage"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// invented is one of the invented colleagues of a demonstration, so many times.
type invented struct {
	n    int
	team string
	ago  int // how many days ago peer-led supervision was held; 0: never
	is   ladder.State
	off  int // how many days ago it was cancelled on them; 0: it was not
}

var colleagues = []invented{
	{n: 9, team: "North", ago: 5},
	{n: 5, team: "North", is: ladder.Nobody},
	{n: 5, team: "South", ago: 12, off: 30},
	{n: 3, team: "South", ago: 40, is: ladder.Cancelled, off: 4},
	{n: 2, team: "East", ago: 9},
}

// declined is how many more were invited and have not accepted.
const declined = 8

// Demonstrate gives a space invented colleagues with figures of the months
// before, so that there is something to see where nobody works yet. They are
// never written to, and nothing brings them back once they were forgotten.
func Demonstrate(ctx context.Context, store Store, space bot.Space, now time.Time) error {
	today, n := calendar.On(now, space.Location()), 0
	var people []coverage.Person
	add := func(r Record) error {
		n++
		r.User = bot.User{Platform: space.Platform, Tenant: space.Tenant, ID: bot.UserID(fmt.Sprintf("invented-%02d", n))}
		r.Space, r.Invited = space.ID, today.Add(-200)
		r.Told = today.Add(100 * 366) // so no rung is ever pending
		people = append(people, counted(r, today))
		_, err := store.Change(ctx, r.User, func(to *Record) error {
			*to = r
			return nil
		})
		return err
	}
	for _, c := range colleagues {
		for i := range c.n {
			if err := add(c.record(today, i)); err != nil {
				return err
			}
		}
	}
	for range declined {
		if err := add(Record{}); err != nil {
			return err
		}
	}
	return demonstrateTrend(ctx, store, space, people, today)
}

// record is the ith of such colleagues.
func (c invented) record(today calendar.Date, i int) Record {
	clock := Clock{Clock: ladder.Clock{Kind: when.Peer, Every: when.Weeks(4), State: c.is, Since: today.Add(-c.ago)}}
	if c.ago > 0 {
		clock.Last = today.Add(-c.ago - i%3)
	}
	if c.is == ladder.Running {
		clock.Next = clock.After(clock.Last, 0)
	}
	if c.off > 0 {
		clock.LastOff = today.Add(-c.off)
	}
	r := Record{Team: c.team, Accepted: today.Add(-200), Clocks: []Clock{clock}}
	if i%2 == 0 {
		last := today.Add(-20 - i)
		line := ladder.Clock{Kind: when.Line, Every: when.Weeks(6), Last: last, Next: last.Add(42), Since: last}
		r.Clocks = append(r.Clocks, Clock{Clock: line})
	}
	return r
}

// demonstrateTrend keeps figures of the five months before: fewer of the people
// had had supervision, the longer ago it is.
func demonstrateTrend(ctx context.Context, store Store, space bot.Space, people []coverage.Person, today calendar.Date) error {
	home := Home{space.Platform, space.Tenant}
	for back := 1; back < trendMonths; back++ {
		month := make([]coverage.Person, len(people))
		for i, p := range people {
			if month[i] = p; i < 2*back {
				month[i].Standing = nil
			}
		}
		y, m, _ := today.AddMonths(-back).YMD()
		if err := store.SetTrend(ctx, home, space.ID, fmt.Sprintf("%04d-%02d", y, m), coverage.Make(month)); err != nil {
			return err
		}
	}
	return nil
}
