package playground_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cymar/bot/bottest"
)

func TestTheClockGoesForwardOnly(t *testing.T) {
	t.Parallel()
	w := open(t)
	before := w.clock.Now()
	w.post(t, "clock", `{"hours":24}`)
	if d := w.clock.Now().Sub(before); d < 24*time.Hour || d > 25*time.Hour {
		t.Errorf("moved by %v", d)
	}
	for _, hours := range []string{"-1", "0", "99999", `"soon"`} {
		if status, _ := w.post(t, "clock", `{"hours":`+hours+`}`); status != http.StatusBadRequest {
			t.Errorf("%s hours: status %d", hours, status)
		}
	}
}

func TestNobodyButThePageOnThisMachineIsAnswered(t *testing.T) {
	t.Parallel()
	w := open(t)
	for name, change := range map[string]func(*http.Request){
		"another host's name": func(r *http.Request) { r.Host = "evil.example" },
		"another site":        func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"a cross-site call":   func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.server.URL+"/api/say", strings.NewReader(`{"nonce":"n","as":"jon","place":"community","text":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		change(req)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if status, _ := read(t, res); status != http.StatusForbidden || len(w.took.events) != 0 {
			t.Errorf("%s: status %d", name, status)
		}
	}
}

func TestThePageUsesNothingFromOutside(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, path := range []string{"/", "/page.css", "/page.js", "/card.js"} {
		res, err := http.Get(w.server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		policy := res.Header.Get("Content-Security-Policy")
		status, text := read(t, res)
		if status != http.StatusOK || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %d %s", path, status, policy)
		}
		for _, bad := range []string{"https://", "//cdn", "innerHTML", "insertAdjacentHTML", "eval("} {
			if strings.Contains(text, bad) {
				t.Errorf("%s has %q", path, bad)
			}
		}
	}
}

func TestCallsThatNoPageMakesAreRefused(t *testing.T) {
	t.Parallel()
	w := open(t)
	for name, body := range map[string]string{
		"no json": "{", "nobody": `{"nonce":"n","as":"x","place":"community"}`, "no nonce": `{"as":"jon","place":"community"}`,
		"no place": `{"nonce":"n","as":"jon","place":"attic"}`, "too long": `{"text":"` + strings.Repeat("x", 2<<20) + `"}`,
	} {
		if status, _ := w.post(t, "say", body); status != http.StatusBadRequest || len(w.took.events) != 0 {
			t.Errorf("%s: status %d", name, status)
		}
	}
}

func TestHostileTextsGoThroughAsText(t *testing.T) {
	t.Parallel()
	w := open(t)
	for i, text := range bottest.Hostile() {
		body, err := json.Marshal(map[string]string{"nonce": fmt.Sprint("h", i), "as": "jon", "place": "direct-jon", "text": text})
		if err != nil {
			t.Fatal(err)
		}
		if status, answer := w.post(t, "say", string(body)); status != http.StatusOK {
			t.Errorf("%v: %d %s", i, status, answer)
		}
	}
}
