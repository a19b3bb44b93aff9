package teams_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
	"cymar/bot/bottest"
)

func hello() bot.Card { return bot.Say(bot.English, "hello") }

func TestAMessageGoesToItsThreadAsOneCardAndNothingEmpty(t *testing.T) {
	t.Parallel()
	r := open(t)
	place := bot.Place{Platform: teams.Platform, Tenant: teamsfake.Tenant, ID: channel, Thread: "170", Kind: bot.Channel, Route: r.fake.ServiceURL()}
	id, err := r.adapter.Send(t.Context(), place, nil, hello())
	if err != nil || id == "" {
		t.Fatal(err)
	}
	calls, _ := r.fake.Calls()
	if len(calls) != 1 || !strings.HasPrefix(calls[0].Path, "/v3/conversations/"+channel+";messageid=170/activities") || calls[0].Method != http.MethodPost {
		t.Fatalf("%+v", calls)
	}
	sent := object(t, calls[0].Body)
	for name := range sent {
		if !slices.Contains([]string{"type", "from", "conversation", "summary", "locale", "attachments"}, name) {
			t.Errorf("%s is sent: %v", name, sent[name])
		}
	}
	if sent["summary"] != "hello" || sent["locale"] != "en" {
		t.Errorf("%v", sent)
	}
}

func TestOneTokenServesSixteenSendersAtAColdStart(t *testing.T) {
	t.Parallel()
	r := open(t)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			place := bot.Place{Tenant: teamsfake.Tenant, ID: bot.PlaceID(fmt.Sprintf("a:%d", i)), Kind: bot.DirectChat}
			if _, err := r.adapter.Send(t.Context(), place, nil, hello()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := r.fake.Count("token"); n != 1 {
		t.Errorf("%d tokens were asked for", n)
	}
}

func TestARefusedTokenIsRenewedOnce(t *testing.T) {
	t.Parallel()
	r := open(t)
	place := r.chat(t)
	if _, err := r.adapter.Send(t.Context(), place, nil, hello()); err != nil {
		t.Fatal(err)
	}
	r.fake.Expire()
	if _, err := r.adapter.Send(t.Context(), place, nil, hello()); err != nil {
		t.Fatal(err)
	}
	if n := r.fake.Count("token"); n != 2 {
		t.Errorf("%d tokens were asked for", n)
	}
}

func TestATokenEndpointThatFailsHasItsReasonAndShowsNoSecret(t *testing.T) {
	t.Parallel()
	refused := `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. zebrafinch"}`
	for name, c := range map[string]struct {
		fault teamsfake.Fault
		want  bot.Reason
		says  string
	}{
		"AADSTS":   {teamsfake.Fault{Status: 401, Body: refused, Header: map[string]string{"Content-Type": "application/json"}}, bot.AuthFailed, "AADSTS7000215"},
		"down":     {teamsfake.Fault{Status: 503, Header: map[string]string{"Retry-After": "7"}}, bot.ServerFault, ""},
		"cut":      {teamsfake.Fault{Cut: true}, bot.ServerFault, ""},
		"nonsense": {teamsfake.Fault{Status: 200, Body: "<html>zebrafinch"}, bot.ServerFault, ""},
		"too many": {teamsfake.Fault{Status: 429}, bot.ServerFault, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			place := r.chat(t)
			r.fake.Next("token", c.fault, c.fault)
			_, err := r.adapter.Send(t.Context(), place, nil, hello())
			if failed := failure(t, err); failed.Reason != c.want || !strings.Contains(failed.Error(), c.says) || strings.Contains(fmt.Sprintf("%+v", err), "zebrafinch") {
				t.Errorf("%v", err)
			}
			r.quiet(t)
		})
	}
}

func TestASlowTokenEndpointDoesNotHoldASenderForLong(t *testing.T) {
	t.Parallel()
	r := open(t, func(o *teams.Options) { o.HTTP = &http.Client{Timeout: 2 * time.Second} })
	place := r.chat(t)
	r.fake.Next("token", teamsfake.Fault{Slow: t.Context().Done()})
	_, err := r.adapter.Send(t.Context(), place, nil, hello())
	if failure(t, err).Reason != bot.ServerFault {
		t.Error(err)
	}
	if _, err := r.adapter.Send(t.Context(), place, nil, hello()); err != nil {
		t.Error(err)
	}
}

func TestNoBearerGoesToAStranger(t *testing.T) {
	t.Parallel()
	r := open(t)
	for _, route := range []string{"https://evil.example/", "http://smba.trafficmanager.net/", "://", "https://x@smba.trafficmanager.net/"} {
		_, err := r.adapter.Send(t.Context(), bot.Place{ID: "a:1", Kind: bot.DirectChat, Route: route}, nil, hello())
		if failure(t, err).Reason != bot.Invalid {
			t.Errorf("%s: %v", route, err)
		}
	}
	if n := r.fake.Count("token"); n != 0 {
		t.Errorf("%d tokens were asked for", n)
	}
}

func TestAPlaceThatCannotStandInAnAddressIsUnreachable(t *testing.T) {
	t.Parallel()
	r := open(t)
	for _, id := range []bot.PlaceID{"", "..", "a/b", "a?b", "a b", "a%2fb", "a#b"} {
		_, err := r.adapter.Send(t.Context(), bot.Place{ID: id, Kind: bot.DirectChat}, nil, hello())
		if failure(t, err).Reason != bot.Unreachable {
			t.Errorf("%q: %v", id, err)
		}
	}
	place := r.chat(t)
	if err := r.adapter.Update(t.Context(), place, "../x", hello()); failure(t, err).Reason != bot.Invalid {
		t.Error(err)
	}
	if err := r.adapter.Delete(t.Context(), place, ""); failure(t, err).Reason != bot.Invalid {
		t.Error(err)
	}
}

func TestAMessageIsChangedAndTakenAway(t *testing.T) {
	t.Parallel()
	r := open(t)
	place := r.chat(t)
	id, err := r.adapter.Send(t.Context(), place, nil, hello())
	err = errors.Join(err, r.adapter.Update(t.Context(), place, id, hello()), r.adapter.Delete(t.Context(), place, id))
	if err != nil {
		t.Fatal(err)
	}
	calls, _ := r.fake.Calls()
	path := "/v3/conversations/a:chat-amara/activities/" + string(id)
	if calls[1].Method != http.MethodPut || calls[1].Path != path || calls[2].Method != http.MethodDelete || calls[2].Path != path {
		t.Errorf("%+v", calls)
	}
	if changed := object(t, calls[1].Body); changed["id"] != string(id) {
		t.Errorf("%v", changed)
	}
}

func TestNothingIsSentFasterThanTeamsAllows(t *testing.T) {
	t.Parallel()
	r := open(t)
	place := r.chat(t)
	sent, asked := 0, 0
	begin := r.clock.Now()
	for sent < 100 {
		asked++
		_, err := r.adapter.Send(t.Context(), place, nil, hello())
		if err == nil {
			sent++
			continue
		}
		failed := failure(t, err)
		if failed.Reason != bot.RateLimited || failed.After <= 0 || failed.After > time.Hour {
			t.Fatal(err)
		}
		r.clock.Advance(failed.After)
	}
	if took := r.clock.Now().Sub(begin); took < 30*time.Second || took > 90*time.Second {
		t.Errorf("100 messages took %v", took)
	}
	if calls, _ := r.fake.Calls(); len(calls) != 100 || asked > 150 {
		t.Errorf("%d calls, asked %d times", len(calls), asked)
	}
	if _, err := r.adapter.Send(t.Context(), bot.Place{ID: "a:other", Kind: bot.DirectChat}, nil, hello()); err != nil {
		t.Errorf("another chat waits as well: %v", err)
	}
}

func TestAWaitThatTeamsAsksForIsKeptAndBounded(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]time.Duration{
		"3": 3 * time.Second, "": time.Second, "nonsense": time.Second, "-5": time.Second, "99999999999": time.Hour,
		"1000000": time.Hour, bottest.Start.Add(20 * time.Second).Format(http.TimeFormat): 20 * time.Second,
	} {
		r := open(t)
		place := r.chat(t)
		r.fake.Next("connector", teamsfake.Fault{Status: 429, Header: map[string]string{"Retry-After": header}})
		_, err := r.adapter.Send(t.Context(), place, nil, hello())
		if got := failure(t, err); got.Reason != bot.RateLimited || got.After < want || got.After > want*6/5 {
			t.Errorf("%q: %s after %v, want %v", header, got.Reason, got.After, want)
		}
	}
}

func TestADirectChatIsOpenedWhereTheTenantWasLastHeardFrom(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, ruth, guest := teamsfake.People()
	user := func(id string) bot.User {
		return bot.User{Platform: teams.Platform, Tenant: teamsfake.Tenant, ID: bot.UserID(id)}
	}
	for _, id := range []string{amara.Object, ruth.ID} {
		place, err := r.adapter.Open(t.Context(), user(id))
		if err != nil || place.Kind != bot.DirectChat || place.Route != r.fake.ServiceURL() {
			t.Errorf("%s: %+v, %v", id, place, err)
		}
	}
	calls, _ := r.fake.Calls()
	if asked := object(t, calls[0].Body); asked["tenantId"] != teamsfake.Tenant || asked["isGroup"] != false {
		t.Errorf("%v", asked)
	}
	for _, id := range []string{guest.ID, ""} {
		if _, err := r.adapter.Open(t.Context(), user(id)); failure(t, err).Reason != bot.Unreachable {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestEverybodyInAPlaceIsNamedPageByPage(t *testing.T) {
	t.Parallel()
	r := open(t)
	place := r.chat(t)
	amara, ruth, guest := teamsfake.People()
	r.fake.Members = []map[string]any{amara.Account(), ruth.Account(), guest.Account()}
	people, err := r.adapter.People(t.Context(), place)
	if err != nil || len(people) != 3 || people[1].Name != ruth.Name || people[1].User.ID != bot.UserID(ruth.Object) || people[2].User.ID != bot.UserID(guest.ID) {
		t.Errorf("%+v, %v", people, err)
	}
	r.fake.Next("connector", teamsfake.Fault{Status: 200, Body: "<html>"})
	if _, err := r.adapter.People(t.Context(), place); failure(t, err).Reason != bot.ServerFault {
		t.Error(err)
	}
}

func TestNothingIsSentForOnePersonIntoASharedPlace(t *testing.T) {
	t.Parallel()
	r := open(t)
	u := bot.User{ID: "u"}
	if _, err := r.adapter.Send(t.Context(), r.chat(t), &u, hello()); failure(t, err).Reason != bot.Invalid {
		t.Error(err)
	}
}

func TestACallThatIsGivenUpEndsAtOnce(t *testing.T) {
	t.Parallel()
	r := open(t)
	place := r.chat(t)
	r.fake.Next("connector", teamsfake.Fault{Slow: t.Context().Done()})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := r.adapter.Send(ctx, place, nil, hello()); failure(t, err).Reason != bot.ServerFault {
		t.Error(err)
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	t.Parallel()
	r := open(t)
	place := r.chat(t)
	for range 20 {
		r.clock.Advance(time.Minute)
		if _, err := r.adapter.Send(t.Context(), place, nil, hello()); err != nil {
			t.Fatal(err)
		}
	}
	if n := r.fake.Connections(); n > 3 { // keys, token, connector
		t.Errorf("%d connections", n)
	}
}

func TestTheSettingsAreTriedBeforeAnythingIsServed(t *testing.T) {
	t.Parallel()
	r := open(t)
	if where, err := r.adapter.Check(t.Context()); err != nil || !strings.Contains(where, teamsfake.AppID) {
		t.Errorf("%q, %v", where, err)
	}
	wrong := open(t, func(o *teams.Options) { o.Secret = func() string { return "wrong" } })
	if _, err := wrong.adapter.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "AADSTS7000215") {
		t.Errorf("a wrong secret: %v", err)
	}
	dark := open(t)
	dark.fake.Next("openid", teamsfake.Fault{Status: 500})
	if _, err := dark.adapter.Check(t.Context()); err == nil {
		t.Error("no keys, and it is well")
	}
}
