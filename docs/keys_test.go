package docs_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/redisstate"
	"cymar/handlers/meetings"
	"cymar/handlers/principles"
	"cymar/handlers/supervision"
)

var update = flag.Bool("update", false, "write the documents again")

// patterns is every package's keys, under a heading. A job with a store of its
// own adds a line here.
var patterns = []struct {
	heading string
	keys    []bot.KeyPattern
}{
	{"The core (`bot/redisstate`)", redisstate.Patterns},
	{"Questions and answers (`handlers/principles`)", principles.Patterns},
	{"Supervision (`handlers/supervision`)", supervision.Patterns},
	{"Overviews (`handlers/meetings`)", meetings.Patterns},
}

const keysIntro = `# Redis keys

Generated from the lists named Patterns; ` + "`make generate`" + ` writes it again, and a test fails when it is out of date.

` + "`NN`" + ` is the shard: every installation (a workspace, a Microsoft 365 tenant, the playground) belongs to one by hash,
and the braces keep a shard's keys together on a cluster. ` + "`<tenant>`, `<event>`, `<delivery>` and `<send>`" + ` are digests of 22
characters: whoever knows an id finds its key, but no id can be read in one. *Personal* keys say something about a
person; “what do you hold on me” and “forget me” cover them, or they end by themselves in the time given.
`

func TestTheListOfRedisKeysIsUpToDate(t *testing.T) {
	t.Parallel()
	var w strings.Builder
	w.WriteString(keysIntro)
	for _, p := range patterns {
		fmt.Fprintf(&w, "\n## %s\n\n| key | type | lives | personal | what for |\n| --- | --- | --- | --- | --- |\n", p.heading)
		for _, k := range p.keys {
			personal := ""
			if k.Personal {
				personal = "yes"
			}
			fmt.Fprintf(&w, "| `%s` | %s | %s | %s | %s |\n", k.Key, k.Type, k.TTL, personal, k.For)
		}
	}
	current(t, "redis-keys.md", w.String())
}

// current compares a document with what it should be, or writes it.
func current(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Errorf("%s is out of date: run `make generate` (%v)", file, err)
	}
}

func TestEveryKeyPatternIsComplete(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range patterns {
		for _, k := range p.keys {
			if k.Key == "" || k.Type == "" || k.TTL == "" || k.For == "" || seen[k.Key] {
				t.Errorf("%s: something is missing, or it is there twice: %+v", p.heading, k)
			}
			if !strings.HasPrefix(k.Key, "{cymar:NN}:") {
				t.Errorf("%s does not begin with the shard's tag", k.Key)
			}
			seen[k.Key] = true
		}
	}
}
