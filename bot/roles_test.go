package bot_test

import (
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	may := map[bot.Permission]string{ // participant, psw, curator, facilitator, administrator
		bot.Anyone: "yyyyy", bot.Curate: "--yyy", bot.SetUpSpace: "---yy", bot.GrantRoles: "---yy", bot.CollectMeeting: "---yy",
		bot.PublishOverview: "---yy", bot.InvitePeople: "---yy", bot.SeeCoverage: "---yy", bot.Administer: "----y",
	}
	for p, row := range may {
		for i, r := range bot.Roles {
			if got, want := r.May(p), row[i] == 'y'; got != want {
				t.Errorf("%s, %q: %v", r, p, got)
			}
		}
		if p != bot.Anyone && bot.Role("").May(p) {
			t.Errorf("no role at all may %q", p)
		}
	}
	if bot.Administrator.May("something nobody thought of") {
		t.Error("an unknown permission is granted")
	}
}

func TestASpaceKnowsItsPlacesRolesAndZone(t *testing.T) {
	t.Parallel()
	s := bottest.Space("a", "c1")
	if !s.Holds("c1") || s.Holds("c2") || s.Zero() || !(bot.Space{}).Zero() {
		t.Error("places")
	}
	if s.RoleOf("lead") != bot.Facilitator || s.RoleOf("ann") != bot.Participant || (bot.Space{}).RoleOf("x") != bot.Participant {
		t.Error("roles")
	}
	for zone, want := range map[string]string{"": "Europe/London", "Europe/Paris": "Europe/Paris", "Nowhere/At all": "UTC"} {
		s.Zone = zone
		if got := s.Location().String(); got != want {
			t.Errorf("%q: %s", zone, got)
		}
	}
	s.Zone = ""
	if _, offset := time.Date(2026, 7, 1, 0, 0, 0, 0, s.Location()).Zone(); offset != 3600 {
		t.Error("no summer time")
	}
}

func TestTheSamePlaceInAnotherThreadIsTheSamePlace(t *testing.T) {
	t.Parallel()
	a, b := channel, channel
	b.Thread, b.Route = "t", "other"
	if !a.Same(b) {
		t.Error("another thread is another place")
	}
	b.Tenant = "t2"
	if a.Same(b) {
		t.Error("another installation's is the same")
	}
}
