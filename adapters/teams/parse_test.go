package teams_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
)

// events is what an activity led to.
func (r *rig) events(t *testing.T, activity map[string]any) []bot.Event {
	t.Helper()
	before := len(r.took.All())
	r.deliver(t, http.StatusOK, activity)
	return r.took.All()[before:]
}

// only is the one event that an activity led to.
func (r *rig) only(t *testing.T, activity map[string]any) bot.Event {
	t.Helper()
	all := r.events(t, activity)
	if len(all) != 1 {
		t.Fatalf("%d events: %+v", len(all), all)
	}
	return all[0]
}

func TestPlacesAreToldApart(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	for _, c := range []struct {
		in   map[string]any
		want bot.Place
	}{
		{teamsfake.Personal(amara), bot.Place{ID: "a:chat-amara", Kind: bot.DirectChat}},
		{teamsfake.ChannelThread(channel, "170"), bot.Place{ID: channel, Thread: "170", Kind: bot.Channel}},
		{teamsfake.MeetingChat(), bot.Place{ID: "19:meeting_abc@thread.v2", Kind: bot.MeetingChat}},
	} {
		c.want.Platform, c.want.Tenant, c.want.Route = teams.Platform, teamsfake.Tenant, r.fake.ServiceURL()
		got := r.only(t, r.fake.Message("m", amara, c.in, "hello"))
		if diff := cmp.Diff(c.want, got.In); diff != "" {
			t.Error(diff)
		}
		if got.From.ID != bot.UserID(amara.Object) || got.From.Tenant != teamsfake.Tenant {
			t.Errorf("%+v", got.From)
		}
	}
}

func TestAReplyInAThreadKnowsWhatItRepliesTo(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	first := r.only(t, r.fake.Message("170", amara, teamsfake.ChannelThread(channel, "170"), "hello"))
	second := r.only(t, r.fake.Message("171", amara, teamsfake.ChannelThread(channel, "170"), "and"))
	if a, b := first.What.(bot.Said), second.What.(bot.Said); a.ReplyTo != "" || b.ReplyTo != "170" {
		t.Errorf("%+v %+v", a, b)
	}
}

func TestAMentionIsToldByItsEntityAndNotByTheBotsName(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, ruth, _ := teamsfake.People()
	thread := teamsfake.ChannelThread(channel, "170")
	mention := func(text string, who map[string]any) map[string]any {
		return map[string]any{"type": "mention", "text": text, "mentioned": who}
	}
	for name, c := range map[string]struct {
		text     string
		entities any
		want     bot.Said
	}{
		"typed, not mentioned":  {"<at>Cymar</at> hello", nil, bot.Said{Text: "<at>Cymar</at> hello"}},
		"another name":          {"<at>Cymar (Test)</at> hello", []any{mention("<at>Cymar (Test)</at>", teamsfake.Bot())}, bot.Said{Text: "hello", ToBot: true}},
		"at the end":            {"hello&nbsp;<at>Cymar</at>", []any{mention("<at>Cymar</at>", teamsfake.Bot())}, bot.Said{Text: "hello", ToBot: true}},
		"somebody else":         {"ask <at>Ruth Marsh</at>", []any{mention("<at>Ruth Marsh</at>", ruth.Account())}, bot.Said{Text: "ask Ruth Marsh", Mentions: []bot.User{{Platform: teams.Platform, Tenant: teamsfake.Tenant, ID: bot.UserID(ruth.Object)}}}},
		"escaped by Teams":      {"is 3 &lt; 5 &amp; so on?", nil, bot.Said{Text: "is 3 < 5 & so on?"}},
		"entities that are odd": {"hello", []any{nil, 7, "x", map[string]any{"type": 7}, mention("", nil)}, bot.Said{Text: "hello"}},
		"entities of no list":   {"hello", "x", bot.Said{Text: "hello"}},
	} {
		activity := teamsfake.Merge(r.fake.Message("m"+name, amara, thread, c.text), map[string]any{"entities": c.entities})
		got, ok := r.only(t, activity).What.(bot.Said)
		got.Message, got.ReplyTo = "", ""
		if diff := cmp.Diff(c.want, got); !ok || diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestSomebodyMentionedByTheirTeamsIDIsTheSamePersonAsWhenTheySpeak(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, ruth, guest := teamsfake.People()
	r.fake.Members = []map[string]any{amara.Account(), ruth.Account()}
	ask := func(id string, who teamsfake.Person) bot.UserID {
		entity := map[string]any{"type": "mention", "text": "<at>X</at>", "mentioned": map[string]any{"id": who.ID, "name": who.Name}}
		ev := r.only(t, teamsfake.Merge(r.fake.Message(id, amara, teamsfake.ChannelThread(channel, "1"), "<at>X</at>"), map[string]any{"entities": []any{entity}}))
		return ev.What.(bot.Said).Mentions[0].ID
	}
	if id := ask("1", ruth); id != bot.UserID(ruth.Object) {
		t.Errorf("Ruth is %q", id)
	}
	ask("2", ruth)
	if n := r.fake.Count("connector"); n != 1 {
		t.Errorf("asked %d times for the same person", n)
	}
	if id := ask("3", guest); id != bot.UserID(guest.ID) {
		t.Errorf("a guest is %q", id)
	}
	r.fake.Next("connector", teamsfake.Fault{Status: 500})
	if id := ask("4", teamsfake.Person{Name: "New", ID: "29:new"}); id != "29:new" {
		t.Errorf("while the connector is down: %q", id)
	}
}

func TestTheOtherActivitiesBecomeTheirEvents(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, ruth, _ := teamsfake.People()
	own, meeting := teamsfake.Personal(amara), teamsfake.MeetingChat()
	activity := func(kind string, over map[string]any) map[string]any {
		return teamsfake.Merge(r.fake.Activity(kind, "m1", amara, meeting), over)
	}
	for name, c := range map[string]struct {
		activity map[string]any
		want     []bot.What
	}{
		"edited":    {activity("messageUpdate", map[string]any{"text": "better", "channelData": map[string]any{"eventType": "editMessage"}}), []bot.What{bot.Edited{Text: "better", Message: "m1"}}},
		"undeleted": {activity("messageUpdate", map[string]any{"text": "back", "channelData": map[string]any{"eventType": "undeleteMessage"}}), []bot.What{bot.Edited{Text: "back", Message: "m1"}}},
		"deleted":   {activity("messageDelete", nil), []bot.What{bot.Removed{Message: "m1"}}},
		"joined":    {activity("conversationUpdate", map[string]any{"membersAdded": []any{ruth.Account(), teamsfake.Bot()}}), []bot.What{bot.Joined{}}},
		"left":      {activity("conversationUpdate", map[string]any{"membersRemoved": []any{ruth.Account()}}), []bot.What{bot.Left{}}},
		"installed": {teamsfake.Merge(r.fake.Activity("installationUpdate", "i", amara, own), map[string]any{"action": "add"}), []bot.What{bot.Installed{}}},
		"removed":   {teamsfake.Merge(r.fake.Activity("installationUpdate", "i", amara, own), map[string]any{"action": "remove"}), []bot.What{bot.Uninstalled{}}},
		"liked":     {activity("messageReaction", map[string]any{"replyToId": "m0", "reactionsAdded": []any{map[string]any{"type": "like"}, map[string]any{"type": "heart"}}}), []bot.What{bot.Reacted{Message: "m0", Name: "like"}, bot.Reacted{Message: "m0", Name: "heart"}}},
		"unliked":   {activity("messageReaction", map[string]any{"replyToId": "m0", "reactionsRemoved": []any{map[string]any{"type": "like"}}}), []bot.What{bot.Reacted{Message: "m0", Name: "like", Gone: true}}},
		"began":     {r.fake.Meeting("s", ruth, "meetingStart", "Peer support"), []bot.What{bot.MeetingStarted{Title: "Peer support"}}},
		"ended":     {r.fake.Meeting("e", ruth, "meetingEnd", "Peer support"), []bot.What{bot.MeetingEnded{}}},
		"no value":  {teamsfake.Merge(r.fake.Meeting("s", ruth, "meetingStart", ""), map[string]any{"value": "x"}), []bot.What{bot.MeetingStarted{}}},
	} {
		got := r.events(t, c.activity)
		var what []bot.What
		for _, ev := range got {
			what = append(what, ev.What)
		}
		if diff := cmp.Diff(c.want, what); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		again := r.events(t, c.activity)
		for i := range got {
			if got[i].ID == "" || again[i].ID != got[i].ID {
				t.Errorf("%s: %q, then %q", name, got[i].ID, again[i].ID)
			}
		}
	}
}

func TestWhoJoinsIsWhoJoinedAndNotWhoAddedThem(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, ruth, guest := teamsfake.People()
	all := r.events(t, teamsfake.Merge(r.fake.Activity("conversationUpdate", "c", amara, teamsfake.MeetingChat()),
		map[string]any{"membersAdded": []any{ruth.Account(), guest.Account()}}))
	if len(all) != 2 || all[0].From.ID != bot.UserID(ruth.Object) || all[1].From.ID != bot.UserID(guest.ID) || all[0].ID == all[1].ID {
		t.Errorf("%+v", all)
	}
}

func TestEachEditIsAnEventAndARepeatOfItIsNot(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	edit := func(text string) map[string]any {
		return teamsfake.Merge(r.fake.Activity("messageUpdate", "m1", amara, teamsfake.MeetingChat()), map[string]any{"text": text})
	}
	a := r.only(t, edit("one")).ID
	if again := r.only(t, edit("one")).ID; again != a {
		t.Errorf("%q and %q", a, again)
	}
	r.clock.Advance(time.Second)
	if b := r.only(t, edit("one")).ID; b == a {
		t.Error("a later edit has the same id")
	}
}

func TestADroppedFileComesWithWhatWasSaidOfIt(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	file := func(name string) map[string]any {
		return map[string]any{"contentType": "application/vnd.microsoft.teams.file.download.info", "name": name,
			"content": map[string]any{"downloadUrl": r.fake.Drive(name), "fileType": "csv", "uniqueId": "u"}}
	}
	activity := teamsfake.Merge(r.fake.Message("m", amara, teamsfake.Personal(amara), "here"), map[string]any{"attachments": []any{
		file("chat.csv"), file("b.csv"), map[string]any{"contentType": "text/html", "content": "<div>here</div>"}, nil,
	}})
	all := r.events(t, activity)
	if len(all) != 3 {
		t.Fatalf("%+v", all)
	}
	up, ok := all[1].What.(bot.Uploaded)
	if _, said := all[0].What.(bot.Said); !said || !ok || up.File.Name != "chat.csv" || up.Message != "m" || all[1].ID == all[2].ID {
		t.Errorf("%+v", all)
	}
	activity["text"] = ""
	if all := r.events(t, activity); len(all) != 2 {
		t.Errorf("a file without words: %+v", all)
	}
}

// Bad input: each has a status of its own, a calm line in the log, and leaves
// the adapter well.
func TestBadInputHasItsStatusAndHarmsNothing(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	message := r.fake.Message("m", amara, teamsfake.Personal(amara), "zebrafinch")
	for name, c := range map[string]struct {
		body any
		want int
	}{
		"300 kB":                   {teamsfake.Merge(message, map[string]any{"text": strings.Repeat("zebrafinch ", 30_000)}), 200},
		"over 1 MiB":               {teamsfake.Merge(message, map[string]any{"text": strings.Repeat("x", 1<<20)}), 413},
		"not JSON":                 {[]byte("zebrafinch"), 400},
		"a list":                   {[]byte("[]"), 400},
		"empty":                    {[]byte(""), 400},
		"a value that is a text":   {teamsfake.Merge(message, map[string]any{"value": "x"}), 200},
		"an empty local time":      {teamsfake.Merge(message, map[string]any{"localTimestamp": ""}), 200},
		"a time that is none":      {teamsfake.Merge(message, map[string]any{"timestamp": "yesterday"}), 200},
		"nobody":                   {teamsfake.Merge(message, map[string]any{"from": nil}), 200},
		"nowhere":                  {teamsfake.Merge(message, map[string]any{"conversation": "x"}), 200},
		"a conversation upwards":   {teamsfake.Merge(message, map[string]any{"conversation": map[string]any{"id": "../../evil"}}), 400},
		"a conversation with ?":    {teamsfake.Merge(message, map[string]any{"conversation": map[string]any{"id": "a?b"}}), 400},
		"a forged service URL":     {teamsfake.Merge(message, map[string]any{"serviceUrl": "https://evil.example/"}), 401},
		"numbers for texts":        {teamsfake.Merge(message, map[string]any{"text": 7, "id": 8, "recipient": 9}), 200},
		"an unknown invoke":        {r.fake.Invoke("i", amara, teamsfake.Personal(amara), "composeExtension/query", map[string]any{}), 501},
		"a button that is not our": {r.fake.Invoke("i", amara, teamsfake.Personal(amara), "adaptiveCard/action", map[string]any{"action": map[string]any{"data": map[string]any{"x": 1}}}), 400},
		"an action of no object":   {r.fake.Invoke("i", amara, teamsfake.Personal(amara), "adaptiveCard/action", "x"), 400},
	} {
		if got := r.post(t, "Bearer "+r.fake.Sign(r.fake.Claims(r.fake.ServiceURL())), c.body); got != c.want {
			t.Errorf("%s: status %d, want %d", name, got, c.want)
		}
	}
	r.quiet(t, "zebrafinch")
	r.deliver(t, http.StatusOK, message)
}

func TestAServiceURLThatIsNotMicrosoftsIsRefusedEvenWhenItIsSigned(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	for url, want := range map[string]int{
		"https://evil.example/": 403, "http://smba.trafficmanager.net/uk/": 403, "https://smba.trafficmanager.net:8443/": 403,
		"https://smba.trafficmanager.net.evil.example/": 403, "https://u@smba.trafficmanager.net/": 403, "file:///etc": 403,
		"https://smba.trafficmanager.net/uk/": 200, "https://europe.webchat.botframework.com/": 200,
	} {
		activity := teamsfake.Merge(r.fake.Message("m", amara, teamsfake.Personal(amara), "hello"), map[string]any{"serviceUrl": url})
		if got := r.post(t, "Bearer "+r.fake.Sign(r.fake.Claims(url)), activity); got != want {
			t.Errorf("%s: status %d, want %d", url, got, want)
		}
	}
}

// FuzzActivity lets anything in that a signed body could hold.
func FuzzActivity(f *testing.F) {
	fake := &teamsfake.Service{Now: time.Now}
	amara, ruth, _ := teamsfake.People()
	for _, a := range []map[string]any{
		fake.ToBot("m", amara, teamsfake.ChannelThread(channel, "1"), "hello"),
		fake.Meeting("e", ruth, "meetingStart", "T"),
		fake.Invoke("i", amara, teamsfake.Personal(amara), "adaptiveCard/action", map[string]any{"action": map[string]any{"data": map[string]any{"cymar": map[string]any{"n": "1", "a": "a.b"}, "in-x": "y"}}}),
		teamsfake.Merge(fake.Activity("messageReaction", "r", amara, teamsfake.MeetingChat()), map[string]any{"reactionsAdded": []any{map[string]any{"type": "like"}}}),
	} {
		data, err := json.Marshal(a)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"type":"message","entities":[{"type":"mention","text":"","mentioned":{}}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, ev := range teams.Read(body, teamsfake.Tenant, time.Unix(0, 0)) {
			if ev.ID == "" || ev.What == nil || ev.In.Platform != teams.Platform || ev.In.Tenant == "" {
				t.Errorf("an incomplete event: %+v", ev)
			}
			if _, err := json.Marshal(ev); err != nil {
				t.Error(err)
			}
		}
	})
}
