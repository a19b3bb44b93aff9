package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cymar/bot/bottest"
	"cymar/handlers/supervision/calendar"
)

// now is the time on the page.
func (v *visitor) now() time.Time {
	v.t.Helper()
	res, err := http.Get(v.url + "/api/setting")
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var s struct{ Now time.Time }
	if err := json.NewDecoder(res.Body).Decode(&s); err != nil {
		v.t.Fatal(err)
	}
	return s.Now
}

// moves moves the page's clock forward to a moment.
func (v *visitor) moves(to time.Time) {
	v.t.Helper()
	body := fmt.Sprintf(`{"hours": %f}`, to.Sub(v.now()).Hours())
	res, err := http.Post(v.url+"/api/clock", "application/json", strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		v.t.Fatalf("the clock did not move: %s", res.Status)
	}
}

// drops drops a file into a place.
func (v *visitor) drops(place, name, body string) {
	v.t.Helper()
	v.said++
	url := fmt.Sprintf("%s/api/upload?as=%s&place=%s&name=%s&nonce=%s-%d", v.url, v.as, place, name, v.as, v.said)
	res, err := http.Post(url, "application/octet-stream", bytes.NewReader([]byte(body)))
	if err != nil {
		v.t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode >= 300 {
		v.t.Fatal(res.Status)
	}
}

// workday is a day from which a week on, and the day before that, are working
// days as it is one itself.
func workday(from time.Time) calendar.Date {
	hours := calendar.Hours{Zone: london()}
	d := calendar.On(from, london()).Add(1)
	for !hours.Works(d) || !hours.Works(d.Add(6)) || !hours.Works(d.Add(7)) {
		d++
	}
	return d
}

func TestAReminderThatIsSetUpOnThePageComesOnItsMorning(t *testing.T) {
	t.Parallel()
	server := bottest.NewServer(t)
	v := &visitor{t: t, url: served(t, "REDIS_URL="+server.URL), as: "amara"}
	first := workday(v.now())
	date := first.Add(7).At(0, 0, london()).Format("2 January 2006")
	v.say("direct-amara", "peer-led supervision every 4 weeks with our peer lead, next on "+date)
	v.sees("direct-amara", "Nothing is saved yet", "our peer lead")
	v.say("direct-amara", "save it")
	v.sees("direct-amara", "I will remind you here, privately")
	v.moves(first.At(10, 0, london()))
	v.sees("direct-amara", "is coming up in 7 days")
	v.moves(first.Add(6).At(10, 0, london()))
	v.sees("direct-amara", "is coming up tomorrow", "What you might bring to supervision")
	v.say("direct-amara", "cancelled on me")
	v.sees("direct-amara", "I will not chase you")
}

func TestPeopleOfADroppedListAreInvitedAndTheLeadSeesFigures(t *testing.T) {
	t.Parallel()
	server := bottest.NewServer(t)
	url := served(t, "REDIS_URL="+server.URL)
	ruth, jon := &visitor{t: t, url: url, as: "ruth"}, &visitor{t: t, url: url, as: "jon"}
	ruth.drops("direct-ruth", "people.csv", "Name;Kind;Interval\nJon Hale;peer;every 4 weeks\nS\xf4n Nobody;line;monthly\nKim;peer;every 0 days\n")
	ruth.sees("direct-ruth", "I read 3 lines; 2 can be used", "cannot be. Write how often", "Nobody has been invited yet")
	ruth.say("direct-ruth", "invite them")
	jon.sees("direct-jon", "It is up to you", "Nobody is told whether you accept")
	jon.sees("community", "Sôn Nobody")
	jon.say("direct-jon", "save it")
	jon.sees("direct-jon", "I will remind you here, privately")
	ruth.say("direct-ruth", "supervision coverage")
	ruth.sees("direct-ruth", "Supervision coverage", "about 35", "about 25", "I never say who")
	if n := server.Client(t).ZCard(t.Context(), "{cymar:00}:supervision:due").Val(); n != 1 {
		t.Errorf("%d people are due, and Jon is the only one who is no invention", n)
	}
}

func TestAReminderOfWhoWasForgottenNeverComes(t *testing.T) {
	t.Parallel()
	server := bottest.NewServer(t)
	v := &visitor{t: t, url: served(t, "REDIS_URL="+server.URL), as: "eleri"}
	first := workday(v.now())
	v.say("direct-eleri", "peer supervision monthly, next on "+first.Add(7).At(0, 0, london()).Format("2 January 2006"))
	v.sees("direct-eleri", "Nothing is saved yet")
	v.say("direct-eleri", "save it")
	v.sees("direct-eleri", "I will remind you here, privately")
	due := func() int64 {
		return server.Client(t).ZCard(t.Context(), "{cymar:00}:supervision:due").Val()
	}
	if due() != 1 {
		t.Fatalf("%d are due", due())
	}
	v.say("direct-eleri", "yes forget me")
	v.sees("direct-eleri", "I have deleted everything")
	if due() != 0 {
		t.Errorf("%d are still due", due())
	}
}
