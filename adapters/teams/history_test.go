package teams_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
	"cymar/bot/bottest"
)

const meetingID = "19:meeting_abc@thread.v2"

// listed is a message as Graph lists it.
func listed(id, who, html string, at time.Time, over ...map[string]any) map[string]any {
	m := map[string]any{"id": id, "messageType": "message", "createdDateTime": at.Format(time.RFC3339),
		"lastEditedDateTime": nil, "deletedDateTime": nil,
		"from": map[string]any{"user": map[string]any{"id": who}, "application": nil}, "body": map[string]any{"contentType": "html", "content": html}}
	return teamsfake.Merge(m, over...)
}

func pastChat(r *rig) {
	amara, ruth, _ := teamsfake.People()
	at := func(ago time.Duration) time.Time { return r.clock.Now().Add(-ago) }
	r.fake.Chat(meetingID,
		listed("105", ruth.Object, "", at(time.Minute), map[string]any{"deletedDateTime": at(0).Format(time.RFC3339)}),
		listed("104", amara.Object, "<p>one</p><p>two &lt;three&gt; <at id=\"0\">Ruth</at></p>", at(2*time.Minute), map[string]any{"lastEditedDateTime": at(time.Minute).Format(time.RFC3339)}),
		listed("103", "", "joined", at(3*time.Minute), map[string]any{"messageType": "systemEventMessage"}),
		listed("102", ruth.Object, "hello&nbsp;all", at(4*time.Minute)),
		listed("101", ruth.Object, "too long ago", at(48*time.Hour)),
		listed("100", ruth.Object, "never asked for", at(49*time.Hour)))
}

func room(r *rig) bot.Place {
	return bot.Place{Platform: teams.Platform, Tenant: teamsfake.Tenant, ID: meetingID, Kind: bot.MeetingChat, Route: r.fake.ServiceURL()}
}

func TestTheLastDayOfAChatIsReadOldestFirst(t *testing.T) {
	t.Parallel()
	r := open(t)
	pastChat(r)
	events, err := r.adapter.History(t.Context(), room(r), r.clock.Now().Add(-24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var what []bot.What
	for _, ev := range events {
		what = append(what, ev.What)
		if ev.From.ID == "" || ev.In != room(r) || ev.ID == "" {
			t.Errorf("%+v", ev)
		}
	}
	want := []bot.What{bot.Said{Text: "hello all", Message: "102"}, bot.Said{Text: "one\ntwo <three> Ruth", Message: "104"},
		bot.Edited{Text: "one\ntwo <three> Ruth", Message: "104"}, bot.Removed{Message: "105"}}
	if diff := cmp.Diff(want, what); diff != "" {
		t.Error(diff)
	}
	if n := r.fake.Count("graph"); n != 3 {
		t.Errorf("%d pages were read", n)
	}
}

func TestWhatWasMissedIsHandedOnUnderTheIdsThatItWouldHaveHad(t *testing.T) {
	t.Parallel()
	r := open(t, func(o *teams.Options) { o.History = true })
	pastChat(r)
	_, ruth, _ := teamsfake.People()
	live := r.events(t, r.fake.Message("102", ruth, teamsfake.MeetingChat(), "hello all"))[0]
	bottest.Eventually(t, "the past to come", func() bool { return len(r.took.All()) == 5 })
	if missed := r.took.All()[1]; missed.ID != live.ID || missed.From != live.From {
		t.Errorf("%+v, live %+v", missed, live)
	}
	r.deliver(t, http.StatusOK, r.fake.Message("106", ruth, teamsfake.MeetingChat(), "again"))
	r.deliver(t, http.StatusOK, r.fake.Meeting("e", ruth, "meetingEnd", ""))
	bottest.Eventually(t, "it to be read again at the meeting's end", func() bool { return len(r.took.All()) == 11 })
	r.adapter.CaughtUp()
	if n := r.fake.Count("graph"); n != 6 {
		t.Errorf("%d pages were read", n)
	}
}

func TestAPastThatCannotBeReadIsTriedAgainLaterAndHarmsNothing(t *testing.T) {
	t.Parallel()
	r := open(t, func(o *teams.Options) { o.History = true })
	pastChat(r)
	_, ruth, _ := teamsfake.People()
	r.fake.Next("graph", teamsfake.Fault{Status: 403}, teamsfake.Fault{Status: 429, Header: map[string]string{"Retry-After": "9"}})
	for i, id := range []string{"a", "b"} {
		r.deliver(t, http.StatusOK, r.fake.Message(id, ruth, teamsfake.MeetingChat(), "zebrafinch"))
		r.adapter.CaughtUp()
		if n := len(r.took.All()); n != i+1 {
			t.Errorf("%d events", n)
		}
	}
	r.deliver(t, http.StatusOK, r.fake.Message("c", ruth, teamsfake.MeetingChat(), "zebrafinch"))
	r.adapter.CaughtUp()
	if n := len(r.took.All()); n != 7 {
		t.Errorf("%d events", n)
	}
	r.quiet(t, "zebrafinch")
}

func TestNoPastIsReadWhereItWasNotSwitchedOnOrIsNoChat(t *testing.T) {
	t.Parallel()
	r := open(t)
	pastChat(r)
	_, ruth, _ := teamsfake.People()
	r.only(t, r.fake.Message("106", ruth, teamsfake.MeetingChat(), "hello"))
	r.adapter.CaughtUp()
	if n := r.fake.Count("graph"); n != 0 {
		t.Errorf("%d pages were read", n)
	}
	in := room(r)
	in.Kind = bot.Channel
	if _, err := r.adapter.History(t.Context(), in, r.clock.Now()); failure(t, err).Reason != bot.Invalid {
		t.Error(err)
	}
	r.fake.Next("graph", teamsfake.Fault{Status: 200, Body: "<html>"})
	if _, err := r.adapter.History(t.Context(), room(r), r.clock.Now()); failure(t, err).Reason != bot.ServerFault {
		t.Error(err)
	}
}
