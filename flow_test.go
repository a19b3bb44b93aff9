package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot/bottest"
)

// visitor is somebody at the page, without a browser.
type visitor struct {
	t    *testing.T
	url  string
	as   string
	said int
}

func (v *visitor) post(path string, body map[string]any) {
	v.t.Helper()
	v.said++
	body["nonce"], body["as"] = fmt.Sprintf("%s-%s-%d", v.t.Name(), v.as, v.said), v.as
	data, err := json.Marshal(body)
	if err != nil {
		v.t.Fatal(err)
	}
	res, err := http.Post(v.url+"/api/"+path, "application/json", strings.NewReader(string(data)))
	if err != nil {
		v.t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode >= 300 {
		v.t.Fatalf("%s: %s", path, res.Status)
	}
}

func (v *visitor) say(place, text string) {
	v.t.Helper()
	v.post("say", map[string]any{"place": place, "text": text})
}

// sees waits until what the person sees in a place holds every one of want,
// and returns it.
func (v *visitor) sees(place string, want ...string) string {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.t.Context(), bottest.Patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, v.url+"/api/events?as="+v.as, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var seen strings.Builder
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && strings.Contains(data, `"place":"`+place+`"`) {
			seen.WriteString(data)
		}
		if holds(seen.String(), want) {
			return seen.String()
		}
	}
	v.t.Fatalf("%s never saw %q in %s", v.as, want, place)
	return ""
}

func holds(s string, want []string) bool {
	for _, w := range want {
		if !strings.Contains(s, w) {
			return false
		}
	}
	return true
}

// stored is every key and value in a Redis, as one text.
func stored(t *testing.T, db redis.UniversalClient) string {
	t.Helper()
	var all strings.Builder
	keys := db.Scan(t.Context(), 0, "*", 1000).Iterator()
	for keys.Next(t.Context()) {
		key := keys.Val()
		dump, err := db.Dump(t.Context(), key).Result()
		if err != nil {
			continue // it went meanwhile
		}
		all.WriteString(key + "\n" + dump + "\n")
		for _, v := range values(t, db, key) {
			all.WriteString(v + "\n")
		}
	}
	return all.String()
}

// values reads a key's content whatever its type; a dump is packed and may
// hide a text from a search.
func values(t *testing.T, db redis.UniversalClient, key string) []string {
	t.Helper()
	ctx := t.Context()
	switch db.Type(ctx, key).Val() {
	case "string":
		return []string{db.Get(ctx, key).Val()}
	case "hash":
		var out []string
		for f, v := range db.HGetAll(ctx, key).Val() {
			out = append(out, f, v)
		}
		return out
	case "set":
		return db.SMembers(ctx, key).Val()
	case "zset":
		return db.ZRange(ctx, key, 0, -1).Val()
	case "stream":
		return []string{fmt.Sprint(db.XRange(ctx, key, "-", "+").Val())}
	}
	return nil
}

func whole(t *testing.T) (string, redis.UniversalClient) {
	t.Helper()
	server := bottest.NewServer(t)
	return served(t, "REDIS_URL="+server.URL), server.Client(t)
}

func TestNothingThatSomebodyInDangerWritesIsStored(t *testing.T) {
	t.Parallel()
	url, db := whole(t)
	v := &visitor{t: t, url: url, as: "jon"}
	v.say("community", "@Cymar i want to kill myself, zebrafinch")
	v.sees("direct-jon", "116 123", "999")
	if all := stored(t, db); strings.Contains(all, "zebrafinch") || strings.Contains(all, "kill myself") {
		t.Error("words of somebody in danger are in Redis")
	}
}

func TestAnUnansweredQuestionIsStoredWithoutItsAsker(t *testing.T) {
	t.Parallel()
	url, db := whole(t)
	v := &visitor{t: t, url: url, as: "jon"}
	v.say("direct-jon", "how many peer support workers does leeds employ")
	v.sees("direct-jon", "Tell me when there is an answer")
	for _, line := range strings.Split(stored(t, db), "\n") {
		if strings.Contains(line, "leeds employ") && strings.Contains(line, "jon") {
			t.Errorf("the question names its asker: %q", line)
		}
	}
}

func TestForgettingSomebodyLeavesNothingOfThem(t *testing.T) {
	t.Parallel()
	url, db := whole(t)
	v := &visitor{t: t, url: url, as: "eleri"}
	v.say("direct-eleri", "iaith Cymraeg")
	v.sees("direct-eleri", "yn Gymraeg")
	v.say("direct-eleri", "how many peer support workers does leeds employ")
	v.sees("direct-eleri", "Tell me when there is an answer")
	v.say("direct-eleri", "tell me when there is an answer")
	v.sees("direct-eleri", "I will write to you")
	if !strings.Contains(stored(t, db), "eleri") {
		t.Fatal("nothing was kept, so this test shows nothing")
	}
	v.say("direct-eleri", "yes forget me")
	v.sees("direct-eleri", "I have deleted everything")
	bottest.Eventually(t, "the last traces to go", func() bool {
		for _, line := range strings.Split(stored(t, db), "\n") {
			if strings.Contains(line, "eleri") && !role(line) {
				return false
			}
		}
		return true
	})
}

// role is what may stay: the space's list of roles, which the settings give.
func role(line string) bool {
	return strings.Contains(line, `"roles"`) || strings.HasPrefix(line, "\x00")
}

func TestTheWholeBotHealsWhenRedisComesBack(t *testing.T) {
	t.Parallel()
	server := bottest.NewServer(t)
	url := served(t, "REDIS_URL="+server.URL)
	health := func() int {
		client := http.Client{Timeout: 5 * time.Second}
		res, err := client.Get(url + "/healthz")
		if err != nil {
			return 0
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	if got := health(); got != http.StatusOK {
		t.Fatalf("status %d", got)
	}
	server.Stop()
	bottest.Eventually(t, "the health to say so", func() bool { return health() == http.StatusServiceUnavailable })
	server.Start(t)
	bottest.Eventually(t, "the health to come back", func() bool { return health() == http.StatusOK })
	v := &visitor{t: t, url: url, as: "amara"}
	v.say("direct-amara", "what does non-directive mean")
	v.sees("direct-amara", "Sources:")
}
