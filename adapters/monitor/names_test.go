package monitor_test

import (
	"context"
	"flag"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cymar/adapters/monitor"
	"cymar/bot"
)

var update = flag.Bool("update", false, "write the list of metrics again")

// list is what the alert rules and the dashboard may ask for; deploy/check
// reads it.
const list = "../../deploy/metrics.txt"

// sample is a line of what /metrics answers: a name and its labels.
var sample = regexp.MustCompile(`(?m)^([a-z_]+)(?:\{([^}]*)\})? `)

var label = regexp.MustCompile(`([a-z_]+)="`)

// everything counts and shows one of each.
func everything(t *testing.T) string {
	t.Helper()
	m, get := watched(t, monitor.Options{
		Outbox: func(context.Context) (monitor.Outbox, error) {
			return monitor.Outbox{Failed: map[bot.Reason]int64{bot.Unreachable: 1}}, nil
		},
		Due: func(context.Context) (map[string]int64, error) { return map[string]int64{"supervision": 1}, nil },
	})
	m.Handled("slack", "said", "answer", bot.Accepted, time.Millisecond)
	m.Trouble("answer", "panicked")
	m.Denied(bot.Curate)
	m.Sent("slack", "", time.Millisecond)
	m.Settled(bot.Nudges, "", true, time.Second)
	m.Settled(bot.Nudges, "", false, time.Second)
	_, body := get("/metrics")
	return body
}

func TestTheListOfMetricsIsUpToDate(t *testing.T) {
	t.Parallel()
	lines := map[string]bool{}
	for _, s := range sample.FindAllStringSubmatch(everything(t), -1) {
		if !strings.HasPrefix(s[1], "cymar_") && !strings.HasPrefix(s[1], "process_") && !strings.HasPrefix(s[1], "go_") {
			t.Errorf("%s is whose?", s[1])
		}
		words := []string{s[1]}
		for _, l := range label.FindAllStringSubmatch(s[2], -1) {
			words = append(words, l[1])
		}
		slices.Sort(words[1:])
		lines[strings.Join(words, " ")] = true
	}
	want := strings.Join(slices.Sorted(maps.Keys(lines)), "\n") + "\n"
	if *update {
		if err := os.WriteFile(list, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(list)
	if err != nil || string(got) != want {
		t.Errorf("%s is out of date: run `go test ./adapters/monitor -run UpToDate -update` (%v)", list, err)
	}
}
