package main

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/config"
)

// listsPatterns reports whether a file declares the variable Patterns.
func listsPatterns(t *testing.T, path string) bool {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(f.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return ok && slices.ContainsFunc(g.Specs, func(s ast.Spec) bool {
			v, ok := s.(*ast.ValueSpec)
			return ok && v.Names[0].Name == "Patterns"
		})
	})
}

// TestEveryStoreOfPersonalDataCanTellAndErase fails when a package that lists
// keys has no line in keptBy, or no keeper for the personal ones.
func TestEveryStoreOfPersonalDataCanTellAndErase(t *testing.T) {
	t.Parallel()
	s, err := redisstate.New(t.Context(), bottest.Redis(t), redisstate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := keptBy(s, nil, bot.SystemClock{})
	var listed []string
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if listsPatterns(t, path) {
			listed = append(listed, filepath.ToSlash(filepath.Dir(path)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range listed {
		i := slices.IndexFunc(all, func(k kept) bool { return k.name == dir })
		if i < 0 {
			t.Errorf("%s lists keys and has no line in keptBy: nobody would erase what is in them", dir)
			continue
		}
		if personal := slices.ContainsFunc(all[i].keys, func(k bot.KeyPattern) bool { return k.Personal }); personal && all[i].keeper == nil {
			t.Errorf("%s keeps something about people and has no keeper", dir)
		}
	}
	if len(listed) != len(all) || len(listed) < 3 {
		t.Errorf("found %v, and keptBy has %d lines", listed, len(all))
	}
}

// TestARemovedInstallationLeavesNothingButItsAuditLog, and for an hour the last
// topics, which are ids of entries: it fills every keeper's
// store by using the whole bot, and takes the installation away.
func TestARemovedInstallationLeavesNothingButItsAuditLog(t *testing.T) {
	t.Parallel()
	server := bottest.NewServer(t)
	v := &visitor{t: t, url: served(t, "REDIS_URL="+server.URL), as: "jon"}
	v.say("direct-jon", "how many peer support workers does leeds employ")
	v.sees("direct-jon", "Tell me when there is an answer")
	v.say("direct-jon", "tell me when there is an answer")
	v.sees("direct-jon", "I will write to you")
	db := server.Client(t)
	s, err := redisstate.New(t.Context(), db, redisstate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keptBy(s, nil, bot.SystemClock{}) {
		for range 2 {
			if err := k.keeper.EraseTenant(t.Context(), "playground", "playground"); err != nil {
				t.Fatalf("%s: %v", k.name, err)
			}
		}
	}
	tenant := bot.TenantDigest("playground", "playground")
	for _, key := range db.Keys(t.Context(), "*"+tenant+"*").Val() {
		ttl := db.TTL(t.Context(), key).Val()
		if soon := ttl > 0 && ttl <= time.Hour; !soon && !strings.Contains(key, ":audit:") {
			t.Errorf("left: %s", key)
		}
	}
	for line := range strings.Lines(stored(t, db)) {
		if strings.Contains(line, "leeds employ") {
			t.Errorf("left: %s", line)
		}
	}
}

// ledger is an audit log that remembers the verbs.
type ledger struct{ verbs []string }

func (l *ledger) Record(_ context.Context, line bot.AuditLine) error {
	l.verbs = append(l.verbs, line.Verb)
	return nil
}
func (*ledger) Lines(context.Context, bot.Platform, bot.TenantID, time.Time) ([]bot.AuditLine, error) {
	return nil, nil
}
func (*ledger) Digest(bot.User) string { return "" }

// TestEveryCommandObeysTheOneTableOfRoles walks every command of the whole bot
// that needs a permission, as somebody of every role.
func TestEveryCommandObeysTheOneTableOfRoles(t *testing.T) {
	t.Parallel()
	cfg, err := config.Load([]string{"CYMAR_DATA=" + t.TempDir(), "REDIS_URL=" + bottest.NewServer(t).URL})
	if err != nil {
		t.Fatal(err)
	}
	a, err := assemble(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.close() })
	jobs, err := a.jobs(bot.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	log, place := &ledger{}, bottest.Channel("c")
	b := bottest.NewBench(t, jobs, func(o *bot.Options) { o.Audit = log })
	space := bot.Space{ID: "s", Platform: place.Platform, Tenant: place.Tenant, Name: "S", Places: []bot.PlaceID{place.ID}, Roles: map[bot.UserID]bot.Role{}}
	for _, role := range bot.Roles {
		space.Roles[bot.UserID(role)] = role
	}
	walked := 0
	for _, c := range bot.NewRouter(jobs...).Commands() {
		if c.Needs == bot.Anyone {
			continue
		}
		walked++
		for _, role := range bot.Roles {
			if err := b.Memory.Save(t.Context(), space); err != nil {
				t.Fatal(err)
			}
			log.verbs = nil
			sent := b.Say(bottest.Person(bot.UserID(role)), place, tryOf(c))
			denied := slices.Contains(log.verbs, "denied: "+c.Name)
			if denied == role.May(c.Needs) {
				t.Errorf("%q as %s: denied %v, and the table says that they may: %v", c.Name, role, denied, role.May(c.Needs))
			}
			told := slices.ContainsFunc(sent, func(s bottest.Sent) bool { return strings.Contains(s.Text(), "core.denied") })
			if denied != told {
				t.Errorf("%q as %s: they are told %v", c.Name, role, sent)
			}
		}
	}
	if walked < 5 {
		t.Errorf("only %d commands need a permission", walked)
	}
}

// tryOf is a message that is this command: its phrase, and what it understands
// after it.
func tryOf(c bot.Command) string {
	phrase := c.Phrases[bot.English][0]
	for _, rest := range []string{"facilitator @x", "@x", "none", "1", "CM-1"} {
		if c.Takes != nil && c.Takes(rest) {
			return phrase + " " + rest
		}
	}
	return phrase
}

func TestEveryClassWhoseTimeCanBeSetIsPurgedOrEndsByItself(t *testing.T) {
	t.Parallel()
	s, err := redisstate.New(t.Context(), bottest.Redis(t), redisstate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	purged := map[string]time.Duration{"sent_marks": days(40)} // by time to live: TestMarksLiveAsLongAsTheyShould
	for _, p := range purges(s, nil, bot.SystemClock{}, cfg.Retention) {
		purged[p.Class] = p.Keep
		for _, dry := range []bool{true, false} {
			if n, next, err := p.Run(t.Context(), 0, p.Keep, dry, ""); err != nil || n != 0 || next != "" {
				t.Errorf("%s of an empty store: %d, %v", p.Class, n, err)
			}
		}
	}
	for _, c := range config.Classes() {
		if purged[c.Name] != days(c.Usual) {
			t.Errorf("%s is purged after %v, not %d days", c.Name, purged[c.Name], c.Usual)
		}
	}
	if len(purged) != len(config.Classes()) {
		t.Errorf("%d classes are purged and %d can be set", len(purged), len(config.Classes()))
	}
}
