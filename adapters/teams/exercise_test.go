package teams_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cymar/adapters/adaptertest"
	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
)

func TestTeamsDoesWhatEveryAdapterMust(t *testing.T) {
	t.Parallel()
	adaptertest.Exercise(t, func(t *testing.T, w adaptertest.World) adaptertest.Rig {
		fake := teamsfake.New()
		t.Cleanup(fake.Close)
		fake.Now = w.Clock.Now
		o := options(fake, w.Clock)
		o.Log = w.Log
		a, err := teams.New(o)
		if err != nil {
			t.Fatal(err)
		}
		at := serve(t, a, w.Receiver)
		amara, _, _ := teamsfake.People()
		return adaptertest.Rig{
			Sender: a,
			Deliver: func(payload string) bool {
				status, _, err := fake.Post(t.Context(), at, "Bearer "+fake.Sign(fake.Claims(fake.ServiceURL())), []byte(payload))
				return err == nil && status < http.StatusInternalServerError
			},
			Payloads: payloads(t, fake),
			Person:   bot.User{Platform: teams.Platform, Tenant: teamsfake.Tenant, ID: bot.UserID(amara.Object)},
			Stranger: bot.User{Platform: teams.Platform, Tenant: teamsfake.Tenant, ID: "29:nobody"},
			Arrived:  func() []adaptertest.Arrival { return arrived(fake) },
			Read:     sendable,
			Break:    func(f adaptertest.Fault) { breaks(t, fake, f) },
			Secrets:  []string{teamsfake.Secret, "bearer-", "eyJ"},
			Passing:  []int{http.StatusPreconditionFailed, http.StatusRequestTimeout},
		}
	})
}

// breaks makes the connector's next answer a fault; a refused token is tried
// once more with a new one, so that fails twice.
func breaks(t *testing.T, fake *teamsfake.Service, f adaptertest.Fault) {
	fault := teamsfake.Fault{Status: f.Status, Cut: f.Cut}
	if f.RetryAfter > 0 {
		fault.Header = map[string]string{"Retry-After": "17"}
	}
	if f.Garbage {
		fault.Status, fault.Body = http.StatusOK, "<html>zebrafinch</html>"
	}
	if f.Stall {
		fault.Slow = t.Context().Done()
	}
	fake.Next("connector", fault)
	if f.Status == http.StatusUnauthorized {
		fake.Next("connector", fault)
	}
}

// arrived is what the connector was given as messages.
func arrived(fake *teamsfake.Service) []adaptertest.Arrival {
	calls, _ := fake.Calls()
	var out []adaptertest.Arrival
	for _, c := range calls {
		rest, ok := strings.CutPrefix(c.Path, "/v3/conversations/")
		id, _, list := strings.Cut(rest, "/activities")
		if !ok || !list || c.Method == http.MethodDelete {
			continue
		}
		if plain, err := url.PathUnescape(id); err == nil {
			id = plain
		}
		id, _, _ = strings.Cut(id, ";messageid=")
		out = append(out, adaptertest.Arrival{Place: bot.PlaceID(id), Message: bot.MessageID(c.ID), Body: string(c.Body)})
	}
	return out
}

const channel = "19:community@thread.tacv2"

func payloads(t *testing.T, fake *teamsfake.Service) adaptertest.Payloads {
	amara, ruth, _ := teamsfake.People()
	thread := teamsfake.ChannelThread(channel, "1700000000100")
	text := func(activities ...map[string]any) []string {
		var out []string
		for _, a := range activities {
			data, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, string(data))
		}
		return out
	}
	mention := fake.ToBot("1700000000100", amara, thread, "zebrafinch")
	again := teamsfake.Merge(mention, map[string]any{"timestamp": "2026-11-23T09:00:12.000Z"})
	program := teamsfake.Merge(fake.Message("p", ruth, thread, "zebrafinch"), map[string]any{"from": map[string]any{"id": "28:other", "name": "Other", "role": "bot"}})
	own := teamsfake.Merge(fake.Message("o", ruth, thread, "zebrafinch"), map[string]any{"from": teamsfake.Bot()})
	coming := teamsfake.Merge(fake.Activity("conversationUpdate", "c", ruth, thread), map[string]any{"membersAdded": []any{teamsfake.Bot()}})
	return adaptertest.Payloads{
		Mention: text(mention)[0],
		Direct:  text(fake.Message("1700000000200", amara, teamsfake.Personal(amara), "zebrafinch"))[0],
		Channel: text(fake.Message("1700000000300", ruth, thread, "zebrafinch"))[0],
		Again:   text(again),
		Own:     text(program, own, coming),
		Unknown: append(text(
			fake.Activity("typing", "t", amara, thread), fake.Activity("handoff", "h", amara, thread), fake.Activity("", "e", amara, thread),
			teamsfake.Merge(fake.Activity("event", "v", amara, thread), map[string]any{"name": "application/vnd.microsoft.readReceipt", "value": map[string]any{"lastReadMessageId": "1"}}),
			teamsfake.Merge(fake.Activity("installationUpdate", "i", amara, thread), map[string]any{"action": "add-upgrade"}),
			teamsfake.Merge(fake.Activity("conversationUpdate", "r", amara, thread), map[string]any{"channelData": map[string]any{"eventType": "channelRenamed"}}),
		), "", "[]", "null", `"zebrafinch"`, "zebrafinch", `{"type":["zebrafinch"]}`, `{"zebrafinch":`),
	}
}
