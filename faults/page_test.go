//go:build linux

package faults

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

// where the page lies, seen from this folder.
const reliability = "../docs/reliability.md"

func TestThePageTellsEveryFault(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(reliability)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults() {
		if !strings.Contains(string(text), "| "+f.name+" | "+f.expect+" |") {
			t.Errorf("docs/reliability.md does not tell of %q as it is tried now; `make faults` writes it anew", f.name)
		}
	}
	if got, want := strings.Count(string(text), "\n| "), len(faults())+2; got != want {
		t.Errorf("docs/reliability.md has %d lines in its table, and %d are due; `make faults` writes it anew", got, want)
	}
}

const head = `# What happens when things break

Written by ` + "`make faults`" + ` on %s: Redis %s, %s, %d cores that other work shared. Do not edit; run it again.
` + "`go test ./faults -v`" + ` is the same with a tenth of the events, and every change has to pass it.

Events are offered as a platform offers them: again and again until they are accepted. *Lost*: accepted, and no answer ever came.
*Twice*: answers more than one. *Counted*: how often the bot itself says that something may have gone twice
(` + "`twice:died`, `twice:fault`" + `; the tests fail when more came twice than it counted; a replica that was promoted
cannot count what it was never told). The store is one Redis unless the line says otherwise; with Sentinel, a primary and two replicas.
What was in hand is taken over after 2 to 6 s here, and after 30 s in production.

| What breaks | What is expected | Accepted | Refused first | Lost | Twice | Counted | Took | What was seen |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
`

const tail = `
## What follows for whoever runs it

- **Two replicas of each Redis primary.** With one, a promoted replica has none, and ` + "`WAIT 1`" + ` refuses events until it does: nothing is
  lost, and nothing is answered either. The Cluster line above shows it: the killed node had to come back.
- **An append-only file on a disk with room.** A full disk stops the bot from accepting, not from keeping what it has accepted.
- **Connections that fall silent** (a firewall that forgets them) cost seconds: a command waits two, a reader of the outbox eleven.
- **A clock that ran ahead** leaves what waited for a second try until the clock is there again: late, not lost. Run NTP.
- A full disk is a limit on the size of the files of redis-server here (RLIMIT_FSIZE), which takes no privilege and looks the same to it.
`

// writePage writes what came of a whole run.
func writePage(t *testing.T, file string, results []tally) {
	t.Helper()
	version, err := exec.Command("redis-server", "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	_, v, _ := strings.Cut(string(version), "v=")
	v, _, _ = strings.Cut(v, " ")
	var b strings.Builder
	fmt.Fprintf(&b, head, time.Now().Format("2 January 2006"), v, runtime.Version(), runtime.NumCPU())
	for _, r := range results {
		b.WriteString(row(r))
	}
	b.WriteString(tail)
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func row(r tally) string {
	return fmt.Sprintf("| %s | %s | %d | %d | %d | %d | %d | %.0f s | %s |\n",
		r.Fault.name, r.Fault.expect, r.Accepted, r.Refused, r.Lost, r.Doubled, r.Counted, r.Took.Seconds(), r.Seen)
}
