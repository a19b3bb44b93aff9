package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"strings"
	"testing"
)

// pkg is what the go command says of a package, without its tests.
type pkg struct {
	ImportPath string
	Imports    []string
}

// arrow is one rule of the house: packages that match from may not import
// those that match to, but for what is allowed.
type arrow struct {
	name  string
	from  func(string) bool
	to    func(string) bool
	allow func(from, to string) bool
}

func in(prefix string) func(string) bool {
	return func(s string) bool { return s == prefix || strings.HasPrefix(s, prefix+"/") }
}

func not(f func(string) bool) func(string) bool { return func(s string) bool { return !f(s) } }

func anyOf(fs ...func(string) bool) func(string) bool {
	return func(s string) bool {
		for _, f := range fs {
			if f(s) {
				return true
			}
		}
		return false
	}
}

func exactly(p string) func(string) bool { return func(s string) bool { return s == p } }

// room is the folder of a handler or an adapter: cymar/handlers/principles.
func room(s string) string {
	parts := strings.SplitN(s, "/", 4)
	if len(parts) < 3 {
		return s
	}
	return path.Join(parts[:3]...)
}

var pure = anyOf(
	in("cymar/text"), in("cymar/handlers/principles/kb"), in("cymar/handlers/safeguarding/signs"),
	in("cymar/handlers/meetings/transcript"), in("cymar/handlers/meetings/themes"), in("cymar/handlers/meetings/document"),
	in("cymar/handlers/supervision/ladder"), in("cymar/handlers/supervision/calendar"), in("cymar/handlers/supervision/when"),
)

var arrows = []arrow{
	{"the core imports nothing of ours", exactly("cymar/bot"), in("cymar"), nil},
	{"the core imports the standard library only", exactly("cymar/bot"), func(s string) bool { return strings.Contains(s, ".") }, nil},
	{"settings import nothing of ours", in("cymar/config"), anyOf(in("cymar/bot"), in("cymar/adapters"), in("cymar/handlers"), in("cymar/text")), nil},
	{"handlers and adapters do not know each other", anyOf(in("cymar/handlers"), in("cymar/adapters")), anyOf(in("cymar/handlers"), in("cymar/adapters")),
		func(from, to string) bool { return room(from) == room(to) }},
	{"handlers and adapters do not know the core's stores", anyOf(in("cymar/handlers"), in("cymar/adapters")), in("cymar/bot/redisstate"), nil},
	{"pure packages know no bot", pure, in("cymar/bot"), nil},
	{"pure packages keep nothing", pure, in("github.com/redis/go-redis"), nil},
	{"Slack's types stay in its adapter", not(in("cymar/adapters/slack")), in("github.com/slack-go/slack"), nil},
	{"Teams' types stay in its adapter", not(in("cymar/adapters/teams")), in("github.com/infracloudio/msbotbuilder-go"), nil},
	{"cron stays in the clock", not(in("cymar/adapters/clock")), in("github.com/robfig/cron"), nil},
	{"Redis stays with the stores", anyOf(in("cymar/adapters"), exactly("cymar"), in("cymar/config"), in("cymar/text")), in("github.com/redis/go-redis"), nil},
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(p.ImportPath, "test") {
			all = append(all, p)
		}
	}
}

func TestNoPackageImportsWhatItsRoomMayNot(t *testing.T) {
	t.Parallel()
	all := packages(t)
	if len(all) < 10 {
		t.Fatalf("only %d packages were found", len(all))
	}
	for _, a := range arrows {
		for _, p := range all {
			for _, i := range p.Imports {
				if a.from(p.ImportPath) && a.to(i) && (a.allow == nil || !a.allow(p.ImportPath, i)) {
					t.Errorf("%s: %s imports %s", a.name, p.ImportPath, i)
				}
			}
		}
	}
}

func TestTheArrowsCatchAWrongImport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to string }{
		{"cymar/bot", "cymar/text"}, {"cymar/bot", "github.com/redis/go-redis/v9"},
		{"cymar/handlers/help", "cymar/handlers/privacy"}, {"cymar/adapters/clock", "cymar/handlers/help"},
		{"cymar/handlers/principles/kb", "cymar/bot"}, {"cymar/handlers/help", "github.com/slack-go/slack"},
	} {
		caught := false
		for _, a := range arrows {
			caught = caught || a.from(c.from) && a.to(c.to) && (a.allow == nil || !a.allow(c.from, c.to))
		}
		if !caught {
			t.Errorf("%s may import %s", c.from, c.to)
		}
	}
}
