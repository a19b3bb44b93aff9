package privacy_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/privacy"
)

// ledger is an audit log in memory.
type ledger struct{ lines []bot.AuditLine }

func (l *ledger) Record(_ context.Context, line bot.AuditLine) error {
	line.Digest = l.Digest(line.Who)
	l.lines = append(l.lines, line)
	return nil
}
func (l *ledger) Lines(_ context.Context, _ bot.Platform, _ bot.TenantID, since time.Time) ([]bot.AuditLine, error) {
	var out []bot.AuditLine
	for _, line := range l.lines {
		if !line.At.Before(since) {
			out = append(out, line)
		}
	}
	return out, nil
}
func (*ledger) Digest(u bot.User) string { return "#" + bot.Digest("pepper", string(u.ID))[:6] }

var chief, lead = bottest.Person("chief"), bottest.Person("lead")

// office is a stage with a space that has an administrator, an audit log and
// one store.
func office(t *testing.T, edit func(*privacy.Options)) (*bottest.Stage, *ledger, *shelf) {
	t.Helper()
	log, held := &ledger{}, &shelf{facts: []bot.Fact{{Label: "Language", Value: "Welsh"}}}
	s := bottest.NewStage(t, func(s *bottest.Stage, o *bot.Options) []bot.Job {
		po := privacy.Options{Keepers: []bot.Keeper{held}, Audit: log, Spaces: s.Memory, Clock: s.Clock, Log: slog.New(slog.DiscardHandler)}
		if edit != nil {
			edit(&po)
		}
		h, err := privacy.New(po)
		if err != nil {
			t.Fatal(err)
		}
		o.Audit = log
		return []bot.Job{h}
	})
	err := s.Memory.Save(t.Context(), bot.Space{ID: "s", Platform: chief.Platform, Tenant: chief.Tenant, Name: "S", Lang: bot.English,
		Places: []bot.PlaceID{bottest.Channel("c").ID}, Roles: map[bot.UserID]bot.Role{chief.ID: bot.Administrator, lead.ID: bot.Facilitator}})
	if err != nil {
		t.Fatal(err)
	}
	return s, log, held
}

func TestWhatIsHeldComesAsAFileThatAProgramCanRead(t *testing.T) {
	t.Parallel()
	s, _, _ := office(t, nil)
	sent := s.Say(u, bottest.Direct(u), "my data as a file")
	var got struct {
		Language string
		Held     []struct{ What, Value string }
	}
	for _, m := range sent {
		if m.How == "upload" {
			if err := json.Unmarshal([]byte(m.Body), &got); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got.Language != "en" || len(got.Held) != 1 || got.Held[0].What != "Language" || got.Held[0].Value != "Welsh" {
		t.Errorf("%+v in %v", got, sent)
	}
}

func TestTheFileHasItsButtonAndItsWelshCommand(t *testing.T) {
	t.Parallel()
	s, _, _ := office(t, nil)
	if _, sent := s.Press(u, bottest.Direct(u), "privacy.file", ""); len(sent) == 0 {
		t.Error("the button does nothing")
	}
	if sent := s.Say(u, bottest.Direct(u), "fy nata fel ffeil"); len(sent) == 0 || !strings.Contains(sent[0].Text(), "fel ffeil") {
		t.Errorf("%v", sent)
	}
}

func TestWhatIsErasedIsInTheAuditLogWithoutTheName(t *testing.T) {
	t.Parallel()
	s, log, _ := office(t, nil)
	s.Say(u, bottest.Direct(u), "yes forget me")
	s.Press(lead, bottest.Direct(lead), "privacy.forget", "")
	s.Do(bot.User{}, bot.Place{Platform: "fake", Tenant: bottest.Tenant}, bot.Uninstalled{})
	var verbs []string
	for _, l := range log.lines {
		verbs = append(verbs, l.Verb)
	}
	if got := strings.Join(verbs, ", "); got != "yes forget me, privacy.forget, uninstalled" {
		t.Error(got)
	}
}

func TestTheAuditLogIsForAdministratorsAndDeniedTriesAreInIt(t *testing.T) {
	t.Parallel()
	s, log, _ := office(t, nil)
	if sent := s.Say(lead, bottest.Channel("c"), "audit log"); len(sent) != 1 || strings.Contains(sent[0].Text(), "lines") {
		t.Errorf("a facilitator sees %v", sent)
	}
	if len(log.lines) != 1 || log.lines[0].Verb != "denied: audit log" || log.lines[0].Who != lead {
		t.Fatalf("%+v", log.lines)
	}
	log.lines = append(log.lines, bot.AuditLine{At: s.Clock.Now().Add(-500 * 24 * time.Hour), Verb: "too old"},
		bot.AuditLine{At: s.Clock.Now(), Verb: "yes forget me", Digest: log.Digest(u)})
	sent := s.Say(chief, bottest.Channel("c"), "audit log")
	if len(sent) == 0 || sent[0].Only == nil {
		t.Fatalf("%v", sent)
	}
	text := sent[0].Text()
	if !strings.Contains(text, "denied: audit log") || !strings.Contains(text, log.Digest(u)) || strings.Contains(text, "too old") {
		t.Error(text)
	}
	for _, m := range sent {
		if m.How == "upload" && (strings.Contains(m.Body, `"u"`) || strings.Count(m.Body, "\n") != 2) {
			t.Errorf("the file: %s", m.Body)
		}
	}
}

func TestAnEmptyAuditLogIsSaidToBeEmpty(t *testing.T) {
	t.Parallel()
	s, _, _ := office(t, nil)
	if text := s.Say(chief, bottest.Channel("c"), "audit log")[0].Text(); !strings.Contains(text, "empty") {
		t.Error(text)
	}
}

func TestAdministratorsAreToldOfExportsThatMayStillHoldSomebodyWhoIsForgotten(t *testing.T) {
	t.Parallel()
	s, log, _ := office(t, nil)
	day := s.Clock.Now().Add(-24 * time.Hour)
	log.lines = append(log.lines, bot.AuditLine{At: day, Verb: "admin export"}, bot.AuditLine{At: day, Verb: "role"})
	told := 0
	for _, m := range s.Say(u, bottest.Direct(u), "yes forget me") {
		if m.To.ID != bottest.Direct(chief).ID {
			continue
		}
		told++
		if text := m.Text(); !strings.Contains(text, day.Format("02/01/2006 15:04")) || strings.Contains(text, string(u.ID)+" ") {
			t.Error(text)
		}
	}
	if told != 1 {
		t.Errorf("%d messages to the administrator", told)
	}
}

func TestTheNightlyPurgeGoesThroughEveryClassAndSaysWhatItRemoved(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	rewritten := 0
	s, _, _ := office(t, func(o *privacy.Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
		o.Rewrite = func(context.Context) bool { rewritten++; return false }
		for i, class := range []string{"audit", "questions"} {
			o.Purges = append(o.Purges, privacy.Purge{Class: class, Keep: time.Hour, Run: func(_ context.Context, shard int, keep time.Duration, dry bool, from string) (int64, string, error) {
				if shard != 3 || keep != time.Hour || dry {
					t.Errorf("shard %d, keep %v, dry %v", shard, keep, dry)
				}
				if from == "" && i == 1 {
					return 40, "half way", nil
				}
				return int64(i + 7), "", nil
			}})
		}
		o.Purges = slices.Insert(o.Purges, 1, privacy.Purge{Class: "broken", Run: func(context.Context, int, time.Duration, bool, string) (int64, string, error) {
			return 0, "", errors.New("cannot be read")
		}})
	})
	s.Receive(bot.Event{ID: "tick", What: bot.Tick{Job: "privacy.purge", Shard: 3}})
	if rewritten != 0 {
		t.Error("the file was written while classes are being purged")
	}
	s.Clock.Advance(10*time.Minute + time.Second)
	_ = s.Memory.Drain(t.Context(), s.Bot)
	if got := log.String(); rewritten != 1 || !strings.Contains(got, "class=audit shard=3 removed=7 older_than_days=0") ||
		!strings.Contains(got, "class=questions shard=3 removed=40 older_than_days=0 more=true") || !strings.Contains(got, "class=questions shard=3 removed=8") {
		t.Errorf("%d, %s", rewritten, got)
	}
}

func TestAPurgeThatFailedComesAgain(t *testing.T) {
	t.Parallel()
	s, _, _ := office(t, func(o *privacy.Options) {
		o.Purges = []privacy.Purge{{Class: "audit", Run: func(context.Context, int, time.Duration, bool, string) (int64, string, error) {
			return 0, "", bot.Unavailable(errors.New("down"))
		}}}
	})
	_, err := s.Bot.Receive(t.Context(), bot.Event{ID: "tick", What: bot.Continue{Job: "privacy.purge", State: "audit"}})
	if !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("%v", err)
	}
}
