package supervision_test

import (
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"

	"cymar/bot"
	"cymar/bot/bottest"
)

// event is one event of a calendar file, as another program reads it.
type event struct {
	Summary, Start, End string
	ID                  string
	Sequence            string
}

// calendarOf asks for the calendar file and parses it back.
func (sc *scene) calendarOf(u bot.User, command string) (events []event, file bot.FileRef) {
	sc.t.Helper()
	for _, s := range sc.Say(u, bottest.Direct(u), command) {
		if s.How != "upload" {
			continue
		}
		file = s.File
		cal, err := ics.ParseCalendar(strings.NewReader(s.Body))
		if err != nil {
			sc.t.Fatalf("%v in\n%s", err, s.Body)
		}
		for _, e := range cal.Events() {
			start, err1 := e.GetAllDayStartAt()
			end, err2 := e.GetAllDayEndAt()
			if err1 != nil || err2 != nil {
				sc.t.Fatalf("%v, %v in\n%s", err1, err2, s.Body)
			}
			out := event{Summary: e.GetProperty(ics.ComponentPropertySummary).Value, ID: e.Id(),
				Start: start.Format(time.DateOnly), End: end.Format(time.DateOnly)}
			if p := e.GetProperty(ics.ComponentPropertySequence); p != nil {
				out.Sequence = p.Value
			}
			events = append(events, out)
		}
	}
	return events, file
}

func TestTheCalendarFileIsReadBackByAnotherProgram(t *testing.T) {
	t.Parallel()
	sc := both(t)
	got, file := sc.calendarOf(bea, "supervision calendar")
	want := []event{
		{Summary: "Peer-led supervision", Start: "2026-12-03", End: "2026-12-04"},
		{Summary: "Line management", Start: "2026-12-15", End: "2026-12-16"},
	}
	for i := range got {
		got[i].ID, got[i].Sequence = "", ""
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if file.Name != "supervision.ics" || file.Type != "text/calendar" {
		t.Errorf("%+v", file)
	}
}

func TestANudgesCalendarButtonIsOneEvent(t *testing.T) {
	t.Parallel()
	sc := both(t)
	_, sent := sc.Press(bea, channel, "supervision.calendar", "line")
	for _, s := range sent {
		if s.To.Kind != bot.DirectChat {
			t.Errorf("the file went to %s", s.To.ID)
		}
	}
	if got, _ := sc.calendarOf(bea, "supervision calendar line"); len(got) != 1 || got[0].Summary != "Line management" {
		t.Errorf("%+v", got)
	}
}

func TestASupervisionThatMovesKeepsItsPlaceInACalendar(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	before, _ := sc.calendarOf(bea, "supervision calendar")
	sc.Clock.Set(at("2026-11-24 10:00"))
	sc.says(bea, "moved to 9 December")
	after, _ := sc.calendarOf(bea, "supervision calendar")
	if len(before) != 1 || len(after) != 1 || before[0].ID != after[0].ID || after[0].Start != "2026-12-09" {
		t.Fatalf("%+v, then %+v", before, after)
	}
	if before[0].Sequence >= after[0].Sequence {
		t.Errorf("a calendar would keep the old one: %s, then %s", before[0].Sequence, after[0].Sequence)
	}
	ann := bottest.Person("ann")
	sc.says(ann, "peer supervision monthly, next on 9 December")
	sc.says(ann, "save it")
	if other, _ := sc.calendarOf(ann, "supervision calendar"); len(other) != 1 || other[0].ID == after[0].ID {
		t.Errorf("two people share an event: %+v", other)
	}
}

func TestTheCalendarFileIsInThePersonsLanguage(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(bea, "goruchwyliaeth glinigol bob mis, nesaf ar 3 Rhagfyr")
	sc.says(bea, "cadw")
	if got, _ := sc.calendarOf(bea, "calendr goruchwyliaeth"); len(got) != 1 || got[0].Summary != "Goruchwyliaeth glinigol" {
		t.Errorf("%+v", got)
	}
}

func TestWhatHasNoDateToComeIsInNoCalendar(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"nobody yet peer", "cancelled on me"} {
		sc := setUp(t, "3 December")
		sc.says(bea, said)
		has(t, sc.says(bea, "supervision calendar"), "no date to come")
	}
	sc := setUp(t, "3 December")
	sc.Clock.Set(at("2026-12-04 10:00"))
	has(t, sc.says(bea, "supervision calendar"), "no date to come")
}

func TestACalendarFileNamesNobodyAndTellsNothing(t *testing.T) {
	t.Parallel()
	for name, hostile := range bottest.Hostile() {
		sc := newScene(t)
		sc.says(bea, "peer supervision every 4 weeks with "+hostile+", next on 3 December")
		sc.says(bea, "save it")
		for _, s := range sc.Say(bea, bottest.Direct(bea), "supervision calendar") {
			if s.How != "upload" {
				continue
			}
			if strings.Contains(s.Body, "bea") || strings.Count(s.Body, "BEGIN:") != 2 || len(s.Body) > 500 {
				t.Errorf("%s:\n%s", name, s.Body)
			}
		}
	}
}
