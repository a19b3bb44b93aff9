//go:build unix

package meetings_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

// play runs a replica to its end and reports whether kill -9 ended it.
func play(t *testing.T, server *bottest.Server, point, way string) (killed bool) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*bottest.Patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = append(os.Environ(), "CYMAR_TEST_REDIS="+server.Addr(), "CYMAR_TEST_POINT="+point, "CYMAR_TEST_WAY="+way)
	out, err := cmd.CombinedOutput()
	status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if ctx.Err() != nil || err != nil && status.Signal() != syscall.SIGKILL {
		t.Fatalf("%v, %v: %s", ctx.Err(), err, out)
	}
	return err != nil
}

// left is what a meeting and its screen are once nothing is under way.
type left struct {
	Draft    string
	Messages []meetings.Message
	State    meetings.State
	Checks   []string // still to be told
	Quiet    []meetings.Quiet
}

func leftIn(t *testing.T, db redis.UniversalClient) left {
	t.Helper()
	store := meetings.NewStore(db, 1, nil, meetings.Keep{})
	all, err := store.All(t.Context(), meetings.Home{Platform: "fake", Tenant: bottest.Tenant})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d meetings, %v", len(all), err)
	}
	msgs, err := store.Messages(t.Context(), all[0])
	if err != nil {
		t.Fatal(err)
	}
	draft, err := json.Marshal(all[0].Draft)
	if err != nil {
		t.Fatal(err)
	}
	return left{string(draft), msgs, all[0].State, all[0].Checks, all[0].Quiet}
}

// seen is how often each card stands on the screen, by its heading where it
// has one.
func seen(t *testing.T, db redis.UniversalClient) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, body := range db.HGetAll(t.Context(), "screen").Val() {
		var s shown
		if err := json.Unmarshal([]byte(body), &s); err != nil {
			t.Fatal(err)
		}
		name := s.Heading
		if name == "" {
			name = s.Text
		}
		if s.stage() == "head" {
			name = "head"
		}
		out[string(s.To)+": "+name]++
	}
	return out
}

// theatre is a real Redis, which several processes can use.
func theatre(t *testing.T) *bottest.Server {
	t.Helper()
	server := bottest.NewServer(t)
	if !server.Real() {
		t.Skip("other processes cannot use miniredis: redis-server is not installed")
	}
	return server
}

// early are the points before the outcome of a drawing is on its way: none of
// its cards may go twice. Later ones may fall between the platform's accepting
// a card and our mark, which is counted; the head takes the place of the card
// that told of progress, so it stands there once in any case.
var early = map[string]bool{"before claim": true, "after claim": true, "before reading": true, "after reading": true, "amid the themes": true,
	"before settling messages": true, "after settling messages": true, "before keeping the draft": true, "after keeping the draft": true, "before enqueue": true}

func TestAReplicaKilledAtAnyStepOfADrawingIsFollowedByOneThatFinishesIt(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("some sixty processes: not in the short form")
	}
	points := []string{"amid the themes"}
	for _, step := range []string{"claim", "reading", "settling messages", "keeping the draft", "enqueue", "head", "part", "mark"} {
		points = append(points, "before "+step, "after "+step)
	}
	for _, way := range []string{"pasted", "live"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			calm := theatre(t)
			if play(t, calm, "never", way) {
				t.Fatal("the undisturbed replica was killed")
			}
			db := calm.Client(t)
			want, cards := leftIn(t, db), seen(t, db)
			if want.State != meetings.Reviewing || len(want.Messages) == 0 || cards["d-lead: head"] != 1 {
				t.Fatalf("undisturbed: %s, %d messages, %v", want.State, len(want.Messages), cards)
			}
			for _, point := range points {
				t.Run(point, func(t *testing.T) {
					t.Parallel()
					killedAt(t, point, way, want, cards)
				})
			}
		})
	}
}

// before reports whether a card went before the drawing and may be on its way
// still as it begins.
func before(name string) bool {
	return strings.HasPrefix(name, "d-lead: I am drawing the themes") || strings.HasPrefix(name, "c1: I have stopped collecting here")
}

// killedAt lets a replica die at a point, another one go on, and compares with
// what is left where none died.
func killedAt(t *testing.T, point, way string, want left, cards map[string]int) {
	t.Helper()
	server := theatre(t)
	if !play(t, server, point, way) {
		t.Fatal("it never came to that point")
	}
	if play(t, server, "never", way) {
		t.Fatal("the second replica was killed too")
	}
	db := server.Client(t)
	if diff := cmp.Diff(want, leftIn(t, db)); diff != "" {
		t.Errorf("what is kept differs from a drawing in which nobody died:\n%s", diff)
	}
	got, again := seen(t, db), 0
	for name, n := range got {
		again += max(n-cards[name], 0)
		if n > cards[name] && early[point] && !before(name) {
			t.Errorf("%d times: %s", n, name)
		}
	}
	for name, n := range cards {
		if got[name] < n {
			t.Errorf("lost: %s", name)
		}
	}
	if n := got["d-lead: head"]; n != 1 {
		t.Errorf("the draft's card stands there %d times", n)
	}
	counted, err := db.HGet(t.Context(), "{cymar:00}:counts", "twice:died").Int()
	if again > 0 && (err != nil || counted < again) {
		t.Errorf("%d cards went twice, %d are counted: %v", again, counted, err)
	}
}
