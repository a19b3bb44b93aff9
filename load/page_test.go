//go:build linux

package load

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// results is what one measurement gave.
type results struct {
	Date, Redis, Go string
	Cores           int
	Load            string // of the machine before it began
	People, Homes   int
	Due             int
	Enrolled        time.Duration
	Memory, Each    float64 // bytes: of Redis with all enrolled, and for each of them
	Quiet           run
	Storm, One      run // over all installations; of one, beside its neighbours' questions
	// Neighbours' questions: on a quiet machine, during one installation's storm
	// of them, and the same if nobody took turns.
	AskedQuiet, Asked, AskedUnfair run
	AskedInThatStorm               int
}

func newResults(t *testing.T) results {
	t.Helper()
	version, err := exec.Command("redis-server", "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	_, v, _ := strings.Cut(string(version), "v=")
	v, _, _ = strings.Cut(v, " ")
	load, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		t.Fatal(err)
	}
	return results{Date: time.Now().Format("2 January 2006"), Redis: v, Go: runtime.Version(), Cores: runtime.NumCPU(),
		Load: strings.Fields(string(load))[0], People: *people, Homes: *homes, Due: *due, AskedInThatStorm: *storm}
}

func (r results) log(t *testing.T) {
	t.Logf("%d people in %d installations enrolled in %v: %.0f B each, %.0f MB", r.People, r.Homes, r.Enrolled, r.Each, r.Memory/1e6)
	for what, m := range map[string]run{"quiet": r.Quiet, "storm": r.Storm, "storm of one": r.One, "storm of questions, before": r.AskedQuiet, "storm of questions": r.Asked, "storm of questions without turns": r.AskedUnfair} {
		t.Logf("%s: %+v", what, m)
	}
}

const kept = "testdata/results-%d.json"

// keep writes the results, and the page from all that are kept.
func (r results) keep(t *testing.T) {
	t.Helper()
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(fmt.Sprintf(kept, r.People), append(data, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(scaling, []byte(page(keptResults(t))), 0o644); err != nil {
		t.Fatal(err)
	}
}

const scaling = "../docs/scaling.md"

// keptResults is all that was measured, the smallest first.
func keptResults(t *testing.T) []results {
	t.Helper()
	files, err := filepath.Glob("testdata/results-*.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []results
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var r results
		if err := json.Unmarshal(data, &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b results) int { return a.People - b.People })
	return all
}

func TestThePageSaysWhatWasMeasured(t *testing.T) {
	t.Parallel()
	all := keptResults(t)
	if len(all) == 0 {
		t.Fatal("nothing was measured: run `make load`")
	}
	got, err := os.ReadFile(scaling)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != page(all) {
		t.Error("docs/scaling.md is not what load/testdata says; `make load` writes it anew")
	}
}

// page is docs/scaling.md.
func page(all []results) string {
	var b strings.Builder
	b.WriteString(head)
	table(&b, all)
	b.WriteString(read)
	arithmetic(&b, all[len(all)-1])
	b.WriteString(tail)
	return b.String()
}

// line is one line of the table.
func line(b *strings.Builder, name string, all []results, cell func(results) string) {
	b.WriteString("| " + name + " |")
	for _, r := range all {
		b.WriteString(" " + cell(r) + " |")
	}
	b.WriteString("\n")
}

func table(b *strings.Builder, all []results) {
	line(b, "", all, func(r results) string { return fmt.Sprintf("%s people", thousands(float64(r.People))) })
	b.WriteString("| --- |" + strings.Repeat(" ---: |", len(all)) + "\n")
	line(b, "again with", all, func(r results) string { return fmt.Sprintf("`make load PEOPLE=%d`", r.People) })
	line(b, "when; Redis; Go; cores; load before", all, func(r results) string {
		return fmt.Sprintf("%s; %s; %s; %d; %s", r.Date, r.Redis, r.Go, r.Cores, r.Load)
	})
	line(b, "installations; reminders due at once", all, func(r results) string {
		return fmt.Sprintf("%s; %s", thousands(float64(r.Homes)), thousands(float64(r.Due)))
	})
	line(b, "Redis memory with all enrolled", all, func(r results) string {
		return fmt.Sprintf("%.0f MB: %.0f B a person", r.Memory/1e6, r.Each)
	})
	line(b, "Redis memory at most, in the storms", all, func(r results) string { return fmt.Sprintf("%.0f MB", r.One.Peak/1e6) })
	line(b, "**the storm**: all delivered after", all, func(r results) string {
		return fmt.Sprintf("%.1f s: **%s a second**", r.Storm.Took.Seconds(), thousands(r.Storm.rate()))
	})
	line(b, "… and every record settled after", all, func(r results) string { return fmt.Sprintf("%.1f s", r.Storm.Settled.Seconds()) })
	line(b, "… CPU for a reminder: replicas; Redis", all, func(r results) string {
		return fmt.Sprintf("%.2f ms; %.2f ms", r.Storm.Bots/float64(r.Due)*1000, r.Storm.Redis/float64(r.Due)*1000)
	})
	line(b, "a question on a quiet machine: p50, p99", all, func(r results) string { return r.Quiet.took() })
	line(b, "a question in the storm: p50, p99 (times quiet)", all, func(r results) string { return r.Storm.against(r.Quiet) })
	line(b, "a question beside **one installation's** storm of reminders, in the same shard", all, func(r results) string { return r.One.against(r.Quiet) })
	line(b, "a question where the platform takes 250 ms: p50, p99", all, func(r results) string { return r.AskedQuiet.took() })
	line(b, "… beside **5,000 questions at once** of one installation, in the same shard", all,
		func(r results) string { return r.Asked.against(r.AskedQuiet) })
	line(b, "… the same if installations took no turns", all, func(r results) string { return r.AskedUnfair.against(r.AskedQuiet) })
	line(b, "… until all 5,000 were answered: with turns, without", all, func(r results) string {
		return fmt.Sprintf("%.1f s, %.1f s", r.Asked.Took.Seconds(), r.AskedUnfair.Took.Seconds())
	})
}

// rate is reminders a second.
func (r run) rate() float64 { return float64(r.Reminded) / r.Took.Seconds() }

func (r run) took() string {
	return fmt.Sprintf("%d ms, %d ms (of %d)", r.P50.Milliseconds(), r.P99.Milliseconds(), r.Asked)
}

func (r run) against(quiet run) string {
	return fmt.Sprintf("%d ms, %d ms (× %.1f, × %.1f; of %d)", r.P50.Milliseconds(), r.P99.Milliseconds(),
		r.P50.Seconds()/quiet.P50.Seconds(), r.P99.Seconds()/quiet.P99.Seconds(), r.Asked)
}

// thousands is a whole number as people read it.
func thousands(v float64) string {
	s := fmt.Sprintf("%.0f", v)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// What the arithmetic supposes.
const (
	all         = 10_000_000.0
	aDay        = 0.3   // messages a person and working day: at most six in four weeks of twenty
	halfHour    = 1800. // seconds over which one morning's reminders are spread
	nodeMemory  = 8e9   // bytes a primary may hold on a machine with 16 GB: rewriting its file may need as much again
	nodeCPU     = 0.5   // of the one core that Redis commands run on
	inHand      = 64.   // reminders a replica works on at once
	aMessage    = 0.25  // seconds a real platform takes for one
	teamsSecond = 50.   // requests a second for one app in one tenant, as Microsoft documents it
)

// arithmetic is what ten million people need, by the largest measurement.
func arithmetic(b *strings.Builder, r results) {
	memory := r.Each * all
	day := all * aDay
	second := day / halfHour
	redis, bots := second*r.Storm.Redis/float64(r.Due), second*r.Storm.Bots/float64(r.Due)
	primaries := math.Max(3, math.Max(math.Ceil(memory/nodeMemory), math.Ceil(redis/nodeCPU)))
	fmt.Fprintf(b, "- **Memory.** %.0f B × %s = %.1f GB. At 8 GB a primary (of 16, for rewriting the append-only file): %.0f.\n",
		r.Each, thousands(all), memory/1e9, math.Ceil(memory/nodeMemory))
	fmt.Fprintf(b, "- **Reminders.** At most one a person a day; with two supervisions every four weeks at most six in twenty working days. %s × 0.3 =\n  %s a working day, spread over half an hour: %s a second.\n",
		thousands(all), thousands(day), thousands(second))
	fmt.Fprintf(b, "- **CPU.** At that pace %.1f cores for Redis (%.2f ms each; at half a core a primary: %.0f) and %.1f for the replicas (%.2f ms each).\n",
		redis, r.Storm.Redis/float64(r.Due)*1000, math.Ceil(redis/nodeCPU), bots, r.Storm.Bots/float64(r.Due)*1000)
	fmt.Fprintf(b, "- **Nodes.** %.0f primaries with two replicas each (docs/reliability.md says why two): %.0f Redis nodes, with 64 shards; %.0f replicas of the bot\n  with two cores each (64 reminders in hand, 250 ms each, and one replica to spare).\n",
		primaries, primaries*3, math.Max(math.Ceil(second*aMessage/inHand), math.Ceil(bots/2))+1)
	fmt.Fprintf(b, "- **The platform is the next limit.** Microsoft documents 50 requests a second for one app in one tenant: %s in the half-hour, which is the\n  morning of %s people in *one* tenant. Ten million in one tenant would need %.0f hours a day; in a hundred tenants %.0f minutes.\n",
		thousands(teamsSecond*halfHour), thousands(teamsSecond*halfHour/aDay), day/teamsSecond/3600, day/100/teamsSecond/60)
}
