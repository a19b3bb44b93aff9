//go:build linux

package load

import (
	"flag"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"cymar/bot/redisstate"
)

var (
	people = flag.Int("people", 2000, "how many are enrolled")
	homes  = flag.Int("tenants", 40, "in how many installations")
	due    = flag.Int("due", 160, "how many reminders are due in the storm")
	storm  = flag.Int("asked", 300, "how many questions of one installation come at once")
	write  = flag.Bool("write", false, "keep the results and write docs/scaling.md")
)

func TestMain(m *testing.M) {
	redisstate.LogTo(slog.New(slog.DiscardHandler))
	flag.Parse()
	os.Exit(m.Run())
}

// How long the platform takes to accept a message, and how long in the storm
// of questions, where it is as slow as a real one.
const (
	latency = 20 * time.Millisecond
	slow    = 250 * time.Millisecond
)

func TestAStormOfRemindersHoldsUpNobodysQuestion(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed")
	}
	s := newStage(t, true)
	r := newResults(t)
	s.enrol(&r)
	r.Quiet = s.while(func() *times { return s.ask(200 + *due/20) })
	r.Storm = s.storm(0, s.askUntil)
	s.who = s.neighbours(big, askers)
	r.One = s.storm(1, s.askUntil)
	r.AskedQuiet, r.Asked = s.questions(*storm)
	s.check()
	if *write { // as it would be if nobody took turns
		_, r.AskedUnfair = newStage(t, false).questions(*storm)
	}
	r.log(t)
	if *write && !t.Failed() {
		r.keep(t)
	}
}
