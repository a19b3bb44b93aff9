package redisstate_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

// shelfPatterns is every kind of key the tests below use.
var shelfPatterns = append([]bot.KeyPattern{
	{Key: "{cymar:NN}:shelf:<tenant>:text:<x>", Type: "string"},
	{Key: "{cymar:NN}:shelf:homes", Type: "set"},
	{Key: "{cymar:NN}:shelf:due", Type: "zset"},
}, redisstate.Patterns...)

func storeOn(t *testing.T, db redis.UniversalClient, shards int) *redisstate.Store {
	t.Helper()
	s, err := redisstate.New(t.Context(), db, redisstate.Options{Shards: shards, Clock: bottest.NewClock(bottest.Start)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// filled is a store with two installations in it, each with something of every
// type, and the export of the first.
func filled(t *testing.T) (db redis.UniversalClient, export []byte) {
	t.Helper()
	db = bottest.Redis(t)
	s := storeOn(t, db, 1)
	for _, tenant := range []bot.TenantID{"mine", "theirs"} {
		u := bot.User{Platform: "fake", Tenant: tenant, ID: "ann"}
		own := bot.TenantDigest("fake", tenant)
		if err := s.Profiles().SaveProfile(t.Context(), u, bot.Profile{Lang: bot.Welsh}); err != nil {
			t.Fatal(err)
		}
		db.Set(t.Context(), "{cymar:00}:shelf:"+own+":text:a", "bytes \xff\x00 "+string(tenant), time.Hour)
		db.Set(t.Context(), "{cymar:00}:shelf:"+own+":text:b", "base64:not", 0)
		db.SAdd(t.Context(), "{cymar:00}:shelf:homes", "fake\x00"+string(tenant))
		db.ZAdd(t.Context(), "{cymar:00}:shelf:due", redis.Z{Score: 1.5, Member: own + ":ann"})
	}
	var out bytes.Buffer
	n, err := s.Export(t.Context(), &out, "fake", "mine", shelfPatterns)
	if err != nil || n != 5 {
		t.Fatalf("%d keys, %v:\n%s", n, err, out.String())
	}
	return db, out.Bytes()
}

func TestAnExportHoldsOneInstallationAndComesBackTheSameInAnyShard(t *testing.T) {
	t.Parallel()
	_, file := filled(t)
	if strings.Contains(string(file), "theirs") || strings.Contains(string(file), bot.TenantDigest("fake", "theirs")) {
		t.Fatalf("it holds another installation: %s", file)
	}
	db := bottest.Redis(t)
	s := storeOn(t, db, 16)
	got, err := s.Import(t.Context(), bytes.NewReader(file), shelfPatterns)
	want := redisstate.Imported{Platform: "fake", Tenant: "mine", At: bottest.Start, Keys: 5}
	if err != nil || !cmp.Equal(got, want) {
		t.Fatalf("%+v, %v", got, err)
	}
	tag := s.Shards().Tag("fake", "mine")
	own := bot.TenantDigest("fake", "mine")
	if v := db.Get(t.Context(), tag+":shelf:"+own+":text:a").Val(); v != "bytes \xff\x00 mine" {
		t.Errorf("%q", v)
	}
	if v := db.Get(t.Context(), tag+":shelf:"+own+":text:b").Val(); v != "base64:not" {
		t.Errorf("%q", v)
	}
	if n := db.ZScore(t.Context(), tag+":shelf:due", own+":ann").Val(); n != 1.5 {
		t.Errorf("score %v", n)
	}
	p, err := s.Profiles().Profile(t.Context(), bot.User{Platform: "fake", Tenant: "mine", ID: "ann"})
	if err != nil || p.Lang != bot.Welsh {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := s.Import(t.Context(), bytes.NewReader(file), shelfPatterns); !errors.Is(err, redisstate.ErrInstalled) {
		t.Errorf("over data that are there: %v", err)
	}
}

func TestAnExportThatIsNotWholeWritesNothing(t *testing.T) {
	t.Parallel()
	_, file := filled(t)
	lines := strings.SplitAfter(strings.TrimSuffix(string(file), "\n"), "\n")
	join := func(l ...string) string { return strings.Join(l, "") }
	theirs := bot.TenantDigest("fake", "theirs")
	for name, text := range map[string]string{
		"nothing":            "",
		"no export":          "{}\n",
		"a later form":       strings.Replace(string(file), `"cymar_export":1`, `"cymar_export":2`, 1),
		"cut short":          join(lines[:len(lines)-1]...),
		"a line missing":     join(append(append([]string{}, lines[:2]...), lines[3:]...)...),
		"a letter changed":   strings.Replace(string(file), "mine", "nine", 2),
		"something after it": string(file) + "\n{}",
		"an unknown key":     join(lines[0], `{"key":":other","type":"string","text":"x"}`+"\n"),
		"somebody else's":    join(lines[0], `{"key":":shelf:`+theirs+`:text:a","type":"string","text":"x"}`+"\n"),
		"a shared member":    join(lines[0], `{"key":":shelf:homes","type":"set","fields":["fake\u0000theirs"]}`+"\n"),
		"half a field":       join(lines[0], `{"key":":profile:`+bot.TenantDigest("fake", "mine")+`","type":"hash","fields":["x"]}`+"\n"),
		"another type":       join(lines[0], `{"key":":shelf:homes","type":"string","text":"x"}`+"\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := bottest.Redis(t)
			s := storeOn(t, db, 1)
			if _, err := s.Import(t.Context(), strings.NewReader(text), shelfPatterns); !errors.Is(err, redisstate.ErrExport) {
				t.Errorf("%v", err)
			}
			if n := db.DBSize(t.Context()).Val(); n != 1 { // the store's own key
				t.Errorf("%d keys were written", n)
			}
		})
	}
}

func TestWhatExpiredSinceStaysOut(t *testing.T) {
	t.Parallel()
	_, file := filled(t)
	db := bottest.Redis(t)
	clock := bottest.NewClock(bottest.Start.Add(2 * time.Hour))
	s, err := redisstate.New(t.Context(), db, redisstate.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Import(t.Context(), bytes.NewReader(file), shelfPatterns); err != nil || got.Keys != 4 {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzImport(f *testing.F) {
	f.Add(`{"cymar_export":1,"tenant":"t"}` + "\n" + `{"lines":0,"sha256":""}`)
	f.Add(`{"cymar_export":1,"tenant":"t"}` + "\n" + `{"key":"}:x","type":"hash"}`)
	s, err := redisstate.New(f.Context(), bottest.Redis(f), redisstate.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := s.Import(t.Context(), strings.NewReader(text), shelfPatterns); err != nil && got.Keys != 0 {
			t.Errorf("%d keys of a file that was refused: %v", got.Keys, err)
		}
	})
}
