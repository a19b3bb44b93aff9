package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"cymar/adapters/playground"
	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

var meetingLines = []string{
	"Our supervision is monthly and peer-led, and it keeps me well in the role",
	"We have no peer-led supervision at all, only line management",
	"Peer-led supervision every four weeks would help our team as well",
	"Role drift is a worry, I was asked to do observations on the ward",
	"Same here, peer workers cover observations when the ward is short of staff",
	"Role drift happens when nobody knows the job description",
	"Could somebody share a job description for a senior peer worker?",
	"I can share our job description for senior peer workers next week",
}

// held lets a meeting take place in the playground's meeting chat, and gives
// its facilitator and those who wrote.
func held(t *testing.T, url string, db redis.UniversalClient) (ruth *visitor, people []*visitor) {
	t.Helper()
	ruth = &visitor{t: t, url: url, as: "ruth"}
	people = []*visitor{{t: t, url: url, as: "amara"}, {t: t, url: url, as: "jon"}, {t: t, url: url, as: "eleri"}}
	people[0].say("meeting", "said before the notice, falcon")
	ruth.say("meeting", "@Cymar start collecting Peer space")
	ruth.sees("meeting", "This chat is being collected", "Mae’r sgwrs hon")
	store := meetings.NewStore(db, 1, nil, meetings.Keep{})
	room := bot.Place{Platform: playground.Platform, Tenant: playground.Tenant, ID: "meeting"}
	bottest.Eventually(t, "it collects", func() bool {
		id, err := store.Running(t.Context(), room)
		return err == nil && id != ""
	})
	for i, line := range meetingLines {
		people[i%3].say("meeting", line)
	}
	people[1].say("meeting", "i want to kill myself, zebrafinch")
	people[1].sees("direct-jon", "116 123")
	return ruth, people
}

// publishes settles what may be kept as it is and publishes.
func (v *visitor) publishes() {
	v.t.Helper()
	v.say("direct-"+v.as, "overview chart off")
	for _, kind := range []string{"single", "name", "place", "number", "health", "untraced"} {
		v.say("direct-"+v.as, "overview keep "+kind)
	}
	v.say("direct-"+v.as, "overview publish")
}

func TestAMeetingBecomesAPublishedOverview(t *testing.T) {
	t.Parallel()
	url, db := whole(t)
	ruth, people := held(t, url, db)
	ruth.say("meeting", "@Cymar stop collecting")
	ruth.sees("direct-ruth", "The draft is ready", "Peer space: Meeting Chat Overview", "may need somebody to check in", "Evidence")
	if all := stored(t, db); strings.Contains(all, "falcon") || strings.Contains(all, "zebrafinch") || !strings.Contains(all, "peer-led") {
		t.Error("something that was said before the notice, or in danger, is kept; or nothing is")
	}
	ruth.publishes()
	ruth.sees("meeting", "Peer space: Meeting Chat Overview", "approved by the facilitator", ".docx")
	eleri := people[2]
	eleri.say("community", "@Cymar what did we talk about in the last six meetings?")
	eleri.sees("community", "Themes of the last meeting", "1 of 1")
}

func TestForgettingTakesWordsOutOfAMeeting(t *testing.T) {
	t.Parallel()
	url, db := whole(t)
	_, people := held(t, url, db)
	amara := people[0]
	amara.say("direct-amara", "what do you hold on me")
	amara.sees("direct-amara", "Messages of yours collected for overviews")
	amara.say("direct-amara", "yes forget me")
	amara.sees("direct-amara", "I have deleted everything")
	bottest.Eventually(t, "her words to go", func() bool { return !strings.Contains(stored(t, db), "keeps me well in the role") })
}

var linkRE = regexp.MustCompile(`http://[^"\\ ]+/desk/open\?key=[A-Za-z0-9_-]+`)

// link is the newest link to the desk that somebody was given in a place.
func (v *visitor) link(place string) string {
	v.t.Helper()
	seen := v.sees(place, "/desk/open?key=")
	all := linkRE.FindAllString(seen, -1)
	if len(all) == 0 {
		v.t.Fatal("there is no link")
	}
	return all[len(all)-1]
}
