package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// TestARestoreIntoAnEmptyRedisGivesTheSameAnswers lets people use the whole
// bot, exports, imports into another Redis, and asks the bot there.
func TestARestoreIntoAnEmptyRedisGivesTheSameAnswers(t *testing.T) {
	t.Parallel()
	first, second := bottest.NewServer(t), bottest.NewServer(t)
	v := &visitor{t: t, url: served(t, "REDIS_URL="+first.URL), as: "eleri"}
	v.say("direct-eleri", "iaith Cymraeg")
	v.sees("direct-eleri", "yn Gymraeg")
	v.say("direct-eleri", "how many peer support workers does leeds employ")
	v.sees("direct-eleri", "Tell me when there is an answer")
	v.say("direct-eleri", "tell me when there is an answer")
	v.sees("direct-eleri", "I will write to you")
	v.say("direct-eleri", "beth wyt ti'n ei gadw amdana i")
	v.sees("direct-eleri", "Cymraeg", "Dyma beth")

	file := filepath.Join(t.TempDir(), "export.jsonl")
	if got := cymar(t, "", []string{"REDIS_URL=" + first.URL}, "admin", "export", "playground", "playground", "-o", file); got.status != 0 {
		t.Fatalf("%+v", got)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read it: %v, %v", info, err)
	}
	if got := cymar(t, "", []string{"REDIS_URL=" + second.URL}, "admin", "import", file); got.status != 0 || !strings.Contains(got.out, "were imported") {
		t.Fatalf("%+v", got)
	}
	if got := cymar(t, "", []string{"REDIS_URL=" + second.URL}, "admin", "import", file); got.status != 2 || !strings.Contains(got.err, "data of this installation already") {
		t.Errorf("a second time: %+v", got)
	}

	w := &visitor{t: t, url: served(t, "REDIS_URL="+second.URL), as: "eleri"}
	w.say("direct-eleri", "beth wyt ti'n ei gadw amdana i")
	w.sees("direct-eleri", "Cymraeg", "Dyma beth")
	for _, key := range []string{"profile", "direct", "principles:*:questions", "principles:*:waiting"} {
		if a, b := digestOf(t, first, key), digestOf(t, second, key); a != b || a == "" {
			t.Errorf("%s: %q, then %q", key, a, b)
		}
	}
}

// digestOf is what the keys of a kind hold, in order.
func digestOf(t *testing.T, s *bottest.Server, kind string) string {
	t.Helper()
	db := s.Client(t)
	var all []string
	for _, key := range db.Keys(t.Context(), "{cymar:00}:"+kind+":*").Val() {
		all = append(all, key+strings.Join(values(t, db, key), ""))
	}
	for _, key := range db.Keys(t.Context(), "{cymar:00}:"+kind).Val() {
		all = append(all, key+strings.Join(values(t, db, key), ""))
	}
	return strings.Join(all, "\n")
}

func TestAnOperatorSeesHowThingsStandAndNobodysName(t *testing.T) {
	t.Parallel()
	server := bottest.NewServer(t)
	v := &visitor{t: t, url: served(t, "REDIS_URL="+server.URL), as: "amara"}
	v.say("direct-amara", "what does non-directive mean")
	v.sees("direct-amara", "Sources:")
	environ := []string{"REDIS_URL=" + server.URL}
	for args, want := range map[string]string{
		"due": "supervision: ", "outbox": "reply", "undelivered": "reason", "purge --dry-run": "audit: 0 would be removed (older than 400 days)",
		"purge": "questions: 0 removed",
	} {
		got := cymar(t, "", environ, append([]string{"admin"}, strings.Fields(args)...)...)
		if got.status != 0 || !strings.Contains(got.out, want) || strings.Contains(got.out, "amara") {
			t.Errorf("%s: %+v", args, got)
		}
	}
	if got := cymar(t, "", environ, "admin", "export", "playground", "playground"); got.status != 0 || !strings.Contains(got.out, "cymar_export") {
		t.Errorf("%+v", got)
	}
	got := cymar(t, "", environ, "admin", "audit", "playground", "playground")
	if got.status != 0 || !strings.Contains(got.out, `"verb":"admin export","who":"operator"`) {
		t.Errorf("the export is not in the audit log: %+v", got)
	}
}

func TestAnExportNeverOverwritesAFileAndAnImportOfAnythingElseIsRefused(t *testing.T) {
	t.Parallel()
	environ := []string{"REDIS_URL=" + bottest.NewServer(t).URL}
	file := filepath.Join(t.TempDir(), "there")
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := cymar(t, "", environ, "admin", "export", "slack", "T1", "-o", file); got.status != 2 || !strings.Contains(got.err, "new file") {
		t.Errorf("%+v", got)
	}
	if got := cymar(t, "", environ, "admin", "import", file); got.status != 2 || !strings.Contains(got.err, "no whole export") {
		t.Errorf("%+v", got)
	}
	if kept, _ := os.ReadFile(file); string(kept) != "precious" {
		t.Error("the file was changed")
	}
}

// TestForgettingIsQuickAndLeavesNothing takes less than ten seconds, and looks for the
// person's id in every key and value of a store with 20,000 others in it.
func TestForgettingIsQuickAndLeavesNothing(t *testing.T) {
	t.Parallel()
	server := bottest.NewServer(t)
	url := served(t, "REDIS_URL="+server.URL)
	db := server.Client(t)
	tenant := bot.TenantDigest("playground", "playground")
	pipe := db.Pipeline()
	for i := range 20_000 {
		id := "other" + time.Duration(i).String()
		pipe.HSet(t.Context(), "{cymar:00}:profile:"+tenant, id, `{"lang":"en"}`)
		pipe.HSet(t.Context(), "{cymar:00}:direct:"+tenant, id, `{"platform":"playground","tenant":"playground","id":"d","kind":"direct"}`)
	}
	if _, err := pipe.Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, url: url, as: "jon"}
	v.say("direct-jon", "language English")
	v.sees("direct-jon", "in English")
	v.say("direct-jon", "how many peer support workers does leeds employ")
	v.sees("direct-jon", "Tell me when there is an answer")
	v.say("direct-jon", "tell me when there is an answer")
	v.sees("direct-jon", "I will write to you")
	if !strings.Contains(stored(t, db), "direct-jon") {
		t.Fatal("nothing was kept, so this test shows nothing")
	}
	began := time.Now()
	v.say("direct-jon", "yes forget me")
	v.sees("direct-jon", "I have deleted everything")
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	bottest.Eventually(t, "the last traces to go", func() bool {
		for line := range strings.Lines(stored(t, db)) {
			if strings.Contains(line, "direct-jon") || strings.Contains(line, `"jon"`) {
				return false
			}
		}
		return true
	})
}
