package playground_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cymar/adapters/adaptertest"
	"cymar/adapters/playground"
	"cymar/bot"
)

// rig is the playground for the suite. Its payloads are a call's path, a
// space and its body; its platform is the page, as Amara sees it.
func rig(t *testing.T, w adaptertest.World) adaptertest.Rig {
	page := playground.New(playground.Options{Clock: playground.NewClock(), Log: w.Log})
	mux := http.NewServeMux()
	page.Mount(mux, w.Receiver)
	server := httptest.NewServer(mux)
	t.Cleanup(func() { page.Close(); server.Close() })
	person := bot.User{Platform: playground.Platform, Tenant: playground.Tenant, ID: "amara"}
	stranger := person
	stranger.ID = "nobody"
	return adaptertest.Rig{
		Sender: page, Person: person, Stranger: stranger,
		Payloads: adaptertest.Payloads{
			Mention: `say {"nonce":"1","as":"amara","place":"community","text":"@Cymar zebrafinch"}`,
			Direct:  `say {"nonce":"2","as":"amara","place":"direct-amara","text":"zebrafinch"}`,
			Channel: `say {"nonce":"3","as":"amara","place":"community","text":"zebrafinch"}`,
			Unknown: []string{`say {`, `say {"nonce":"4","as":"nobody","place":"community","text":"zebrafinch"}`, `dance {}`,
				`press {"nonce":"5","as":"amara","place":"community","message":"gone","action":"a.b"}`},
		},
		Deliver: func(payload string) bool { return delivered(t, server.URL, payload) },
		Arrived: func() []adaptertest.Arrival { return arrived(t, server.URL) },
		Read:    shown,
	}
}

// delivered calls as the page does, which tries again on 503.
func delivered(t *testing.T, url, payload string) bool {
	path, body, _ := strings.Cut(payload, " ")
	res, err := http.Post(url+"/api/"+path, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	return res.StatusCode != http.StatusServiceUnavailable
}

// arrived is every card on the page, as it is now.
func arrived(t *testing.T, url string) (out []adaptertest.Arrival) {
	res, err := http.Get(url + "/api/events?as=amara")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var all []struct {
			ID    bot.MessageID
			Place bot.PlaceID
			Only  bool
			Card  json.RawMessage
		}
		if err := json.Unmarshal([]byte(data), &all); err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			if m.Card == nil {
				continue
			}
			a := adaptertest.Arrival{Place: m.Place, Message: m.ID, Body: string(m.Card)}
			if m.Only {
				a.Only = "amara"
			}
			out = append(out, a)
		}
		return out
	}
	t.Fatal("the page says nothing")
	return nil
}

// shown reads a card as the page does, which puts every text there as text.
func shown(body string) (adaptertest.Shown, error) {
	var c bot.Card
	if err := json.Unmarshal([]byte(body), &c); err != nil {
		return adaptertest.Shown{}, fmt.Errorf("no card: %w", err)
	}
	return adaptertest.Shown{Text: strings.Join(adaptertest.Words(c), "\n")}, nil
}

func TestThePlaygroundDoesWhatEveryAdapterMustDo(t *testing.T) {
	t.Parallel()
	adaptertest.Exercise(t, rig)
}
