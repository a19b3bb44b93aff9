package teams_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"cymar/adapters/adaptertest"
	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
	"cymar/bot/bottest"
)

// rig is the adapter as it runs in production, with Microsoft's side faked.
type rig struct {
	fake    *teamsfake.Service
	adapter *teams.Adapter
	took    *adaptertest.Taker
	clock   *bottest.Clock
	url     string
	log     *logged
	parcels *shelf
}

type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// options are those of a bot on a fake service.
func options(f *teamsfake.Service, clock bot.Clock) teams.Options {
	return teams.Options{
		AppID: teamsfake.AppID, Tenant: teamsfake.Tenant, Secret: func() string { return teamsfake.Secret }, Clock: clock,
		Endpoints: teams.Endpoints{OpenID: f.OpenID(), Login: f.URL, Service: f.ServiceURL(), Graph: f.Graph()},
		HTTP:      &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 32}},
	}
}

// open is a rig; change may alter the options.
func open(t *testing.T, change ...func(*teams.Options)) *rig {
	t.Helper()
	r := &rig{fake: teamsfake.New(), took: &adaptertest.Taker{}, clock: bottest.NewClock(time.Time{}), log: &logged{}, parcels: &shelf{}}
	t.Cleanup(r.fake.Close)
	r.fake.Now = r.clock.Now
	o := options(r.fake, r.clock)
	o.Log = slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o.Parcels = r.parcels
	o.FileAt = r.fake.Drive("")
	for _, c := range change {
		c(&o)
	}
	var err error
	if r.adapter, err = teams.New(o); err != nil {
		t.Fatal(err)
	}
	r.url = serve(t, r.adapter, r.took)
	return r
}

func serve(t *testing.T, a *teams.Adapter, to bot.Receiver) string {
	t.Helper()
	mux := http.NewServeMux()
	a.Mount(mux, to)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// deliver brings an activity as the Bot Framework does and wants this status.
func (r *rig) deliver(t *testing.T, want int, activity map[string]any) []byte {
	t.Helper()
	status, body, err := r.fake.Deliver(t.Context(), r.url, activity)
	if err != nil || status != want {
		t.Fatalf("status %d, want %d: %s %v", status, want, body, err)
	}
	return body
}

// post brings a body under any header.
func (r *rig) post(t *testing.T, header string, activity any) int {
	t.Helper()
	status, _, err := r.fake.Post(t.Context(), r.url, header, activity)
	if err != nil {
		t.Fatal(err)
	}
	return status
}

// chat is Amara's direct chat, as an event brought it.
func (r *rig) chat(t *testing.T) bot.Place {
	t.Helper()
	amara, _, _ := teamsfake.People()
	r.deliver(t, http.StatusOK, r.fake.Message("m-direct", amara, teamsfake.Personal(amara), "hello"))
	return r.took.Last(t).In
}

// body is a JSON object as a map.
func object(t *testing.T, data []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return v
}

// shelf keeps parcels in memory.
type shelf struct {
	mu    sync.Mutex
	of    map[string][]byte
	fails error
}

func (s *shelf) Keep(_ context.Context, _ bot.Platform, _ bot.TenantID, id string, data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil {
		s.of = map[string][]byte{}
	}
	s.of[id] = data
	return s.fails
}

func (s *shelf) Parcel(_ context.Context, _ bot.Platform, _ bot.TenantID, id string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if data, ok := s.of[id]; ok {
		return data, s.fails
	}
	return nil, bot.ErrNotFound
}

func (s *shelf) Drop(_ context.Context, _ bot.Platform, _ bot.TenantID, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.of, id)
	return nil
}

// failure is the reason of a send that failed.
func failure(t *testing.T, err error) *bot.SendError {
	t.Helper()
	var failed *bot.SendError
	if !errors.As(err, &failed) {
		t.Fatalf("no *SendError: %v", err)
	}
	return failed
}

// quiet fails where the log shows one of these.
func (r *rig) quiet(t *testing.T, secrets ...string) {
	t.Helper()
	for _, s := range append(secrets, teamsfake.Secret, "bearer-", "eyJ") {
		if strings.Contains(r.log.String(), s) {
			t.Errorf("the log shows %q:\n%s", s, r.log)
		}
	}
}
