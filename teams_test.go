package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cymar/adapters/playground"
	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/config"
)

// tenancy is the whole program on a faked Microsoft.
type tenancy struct {
	t      *testing.T
	fake   *teamsfake.Service
	url    string
	server *bottest.Server
	log    *waiter
	stop   func()
	clock  *playground.Clock // real time, and what it was moved forward
}

// onTeams starts the whole program in Teams, on a Redis of its own.
func onTeams(t *testing.T, environ ...string) *tenancy {
	t.Helper()
	w := &tenancy{t: t, fake: teamsfake.New(), server: bottest.NewServer(t)}
	t.Cleanup(w.fake.Close)
	w.start(environ...)
	return w
}

// start runs a replica; it ends with the test, or by stop.
func (w *tenancy) start(environ ...string) {
	w.t.Helper()
	w.log = newWaiter("never")
	cfg, err := config.Load(append([]string{
		"REDIS_URL=" + w.server.URL, "CYMAR_DATA=" + w.t.TempDir(), "PLAYGROUND_ADDR=127.0.0.1:0", "LISTEN_ADDR=127.0.0.1:0",
		"TEAMS_APP_ID=" + teamsfake.AppID, "TEAMS_TENANT_ID=" + teamsfake.Tenant, "TEAMS_CLIENT_SECRET=" + teamsfake.Secret,
		"TEAMS_OPENID_URL=" + w.fake.OpenID(), "TEAMS_LOGIN_URL=" + w.fake.URL, "TEAMS_SERVICE_URL=" + w.fake.ServiceURL(),
		"TEAMS_GRAPH_URL=" + w.fake.Graph(), "TEAMS_DRIVE_URL=" + w.fake.Drive(""),
	}, environ...))
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(w.t.Context()))
	w.clock = playground.NewClock()
	a, err := assembleAt(ctx, cfg, w.clock, slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		w.t.Fatal(err)
	}
	page, err := a.listen()
	if err != nil {
		w.t.Fatal(err)
	}
	w.url = "http://" + a.public.Addr().String()
	done := make(chan error, 1)
	go func() { done <- a.serve(ctx, page) }()
	w.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("serve ended with %v", err)
		}
		if err := a.close(); err != nil {
			w.t.Error(err)
		}
	})
	w.t.Cleanup(w.stop)
}

// brings delivers an activity and wants it taken.
func (w *tenancy) brings(activity map[string]any) map[string]any {
	w.t.Helper()
	status, body, err := w.fake.Deliver(w.t.Context(), w.url, activity)
	if err != nil || status != http.StatusOK {
		w.t.Fatalf("status %d, %v", status, err)
	}
	var v map[string]any
	if len(body) > 0 {
		if err := json.Unmarshal(body, &v); err != nil {
			w.t.Fatal(err)
		}
	}
	return v
}

// sees waits for a message in a conversation that holds all of want.
func (w *tenancy) sees(in map[string]any, want ...string) teamsfake.Call {
	w.t.Helper()
	id, _ := in["id"].(string)
	ctx, cancel := context.WithTimeout(w.t.Context(), bottest.Patience)
	defer cancel()
	c, err := w.fake.Await(ctx, func(c teamsfake.Call) bool {
		return strings.Contains(c.Path, id+"/activities") && holds(string(c.Body), want)
	})
	if err != nil {
		calls, _ := w.fake.Calls()
		for _, c := range calls {
			w.t.Logf("%s %s %s", c.Method, c.Path, c.Body)
		}
		w.t.Fatalf("never saw %q in %s", want, id)
	}
	return c
}

// buttonIn is the data of a button with a title in a message.
func buttonIn(t *testing.T, body []byte, title string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	var look func(v any) any
	look = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			if v["type"] == "Action.Execute" && v["title"] == title {
				return v["data"]
			}
			for _, below := range v {
				if d := look(below); d != nil {
					return d
				}
			}
		case []any:
			for _, below := range v {
				if d := look(below); d != nil {
					return d
				}
			}
		}
		return nil
	}
	d := look(v)
	if d == nil {
		t.Fatalf("no button %q in %.1500s", title, body)
	}
	return d
}

func (w *tenancy) presses(id string, who teamsfake.Person, in map[string]any, data any) string {
	w.t.Helper()
	got := w.brings(w.fake.Invoke(id, who, in, "adaptiveCard/action", map[string]any{"action": map[string]any{"type": "Action.Execute", "data": data}}))
	b, err := json.Marshal(got)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(b)
}

func TestInTeamsSomebodyIsGreetedChoosesWelshAndIsAnswered(t *testing.T) {
	t.Parallel()
	w := onTeams(t)
	amara, _, _ := teamsfake.People()
	own := teamsfake.Personal(amara)
	w.brings(teamsfake.Merge(w.fake.Activity("installationUpdate", "i1", amara, own), map[string]any{"action": "add"}))
	greeting := w.sees(own, "Cymraeg / English?")
	got := w.presses("p1", amara, own, buttonIn(t, greeting.Body, "Cymraeg"))
	if !strings.Contains(got, "Helo, Cymar ydw i") {
		t.Errorf("%s", got)
	}
	again := w.presses("p2", amara, own, buttonIn(t, greeting.Body, "Cymraeg"))
	if !strings.Contains(again, "Helo, Cymar ydw i") {
		t.Errorf("the repeat was answered with %s", again)
	}
	w.brings(w.fake.Message("m1", amara, own, "Beth yw ystyr cefnogaeth gan gymheiriaid?"))
	w.sees(own, "cymheiriaid", "Action.Execute")
}

func TestInTeamsAChannelsQuestionIsAnsweredInItsThreadOnce(t *testing.T) {
	t.Parallel()
	w := onTeams(t)
	amara, _, _ := teamsfake.People()
	thread := teamsfake.ChannelThread("19:community@thread.tacv2", "170")
	ask := w.fake.ToBot("170", amara, thread, "what does non-directive mean")
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if status, _, err := w.fake.Deliver(t.Context(), w.url, ask); err != nil || status != http.StatusOK && status != http.StatusServiceUnavailable {
				t.Errorf("status %d, %v", status, err)
			}
		})
	}
	wg.Wait()
	w.sees(thread, "Sources:")
	n := 0
	calls, _ := w.fake.Calls()
	for _, c := range calls {
		if strings.Contains(string(c.Body), "Sources:") {
			n++
		}
	}
	if n != 1 || w.fake.Count("token") != 1 || w.fake.Count("keys") != 1 {
		t.Errorf("%d answers, %d tokens, keys fetched %d times", n, w.fake.Count("token"), w.fake.Count("keys"))
	}
}

func TestInTeamsAFormIsOpenedCorrectedAndSent(t *testing.T) {
	t.Parallel()
	w := onTeams(t)
	amara, _, _ := teamsfake.People()
	thread := teamsfake.ChannelThread("19:community@thread.tacv2", "170")
	w.brings(w.fake.ToBot("170", amara, thread, "space setup"))
	invited := w.sees(thread, "Action.Execute", "spaces.")
	data := buttonIn(t, invited.Body, "Set up this space")
	form := w.presses("p1", amara, thread, data)
	if !strings.Contains(form, "in-name") {
		t.Fatalf("no form: %s", form)
	}
	fill := func(name string) map[string]any {
		d, _ := buttonIn(t, []byte(form), "Save").(map[string]any)
		return teamsfake.Merge(d, map[string]any{"in-name": name, "in-nation": "wales", "in-lang": "en"})
	}
	if form = w.presses("p2", amara, thread, fill(" ")); !strings.Contains(form, "in-name") {
		t.Fatalf("a name is missing, and: %s", form)
	}
	if got := w.presses("p3", amara, thread, fill("Peer support in the North")); !strings.Contains(got, "Sent.") && !strings.Contains(got, "Peer support in the North") {
		t.Errorf("%s", got)
	}
	w.sees(thread, "Peer support in the North")
}

func TestInTeamsAPersonIsReachedAfterARestartAndAStrangerIsNot(t *testing.T) {
	t.Parallel()
	w := onTeams(t)
	amara, ruth, guest := teamsfake.People()
	own, thread := teamsfake.Personal(amara), teamsfake.ChannelThread("19:community@thread.tacv2", "170")
	w.brings(w.fake.Message("m1", amara, own, "what does non-directive mean"))
	w.sees(own, "Sources:")
	w.stop()
	w.start()
	w.brings(w.fake.ToBot("171", amara, thread, "language welsh"))
	w.sees(own, "yn Gymraeg")
	w.brings(w.fake.ToBot("172", ruth, thread, "about this bot"))
	w.sees(teamsfake.Personal(ruth), "Cymraeg / English?")
	w.brings(w.fake.ToBot("173", guest, thread, "what do you hold on me"))
	w.sees(thread, "core.show")
}

func TestInTeamsAConnectorThatIsAwayForAnHourLosesNothing(t *testing.T) {
	t.Parallel()
	fake, clock := teamsfake.New(), bottest.NewClock(bottest.Start)
	t.Cleanup(fake.Close)
	fake.Now = clock.Now
	log := newWaiter("never")
	logger := slog.New(slog.NewTextHandler(log, nil))
	adapter, err := teams.New(teams.Options{AppID: teamsfake.AppID, Tenant: teamsfake.Tenant, Secret: func() string { return teamsfake.Secret },
		Endpoints: teams.Endpoints{OpenID: fake.OpenID(), Login: fake.URL, Service: fake.ServiceURL()}, Clock: clock, Log: logger})
	if err != nil {
		t.Fatal(err)
	}
	store, err := redisstate.New(t.Context(), bottest.Redis(t), redisstate.Options{Clock: clock, Poll: 5 * time.Millisecond, Log: logger})
	if err != nil {
		t.Fatal(err)
	}
	core, err := bot.New(bot.Options{Inbox: store.Inbox(), Outbox: store.Outbox(), Directory: store.Directory(), Spaces: store.Spaces(), Profiles: store.Profiles(),
		Router: bot.NewRouter(echo{}), Senders: []bot.Sender{adapter}, Words: func(_ bot.Lang, id string) string { return id },
		Language: func(string, bot.Lang, bot.Lang) bot.Lang { return bot.English }, Clock: clock, Log: logger})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- core.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })
	amara, _, _ := teamsfake.People()
	fake.Down(true)
	for _, said := range []string{"one", "two"} {
		ev := bottest.Said(bot.User{Platform: "teams", Tenant: teamsfake.Tenant, ID: bot.UserID(amara.Object)},
			bot.Place{Platform: "teams", Tenant: teamsfake.Tenant, ID: "a:chat-amara", Kind: bot.DirectChat, Route: fake.ServiceURL()}, said)
		if _, err := core.Receive(t.Context(), ev); err != nil {
			t.Fatal(err)
		}
	}
	for range 12 {
		before := fake.Count("connector")
		bottest.Eventually(t, "another try", func() bool { clock.Advance(10 * time.Second); return fake.Count("connector") > before })
		clock.Advance(4 * time.Minute)
	}
	fake.Down(false)
	for _, want := range []string{"you said one", "you said two"} {
		bottest.Eventually(t, want, func() bool {
			clock.Advance(10 * time.Second)
			calls, _ := fake.Calls()
			return slices.ContainsFunc(calls, func(c teamsfake.Call) bool { return strings.Contains(string(c.Body), want) })
		})
	}
	if strings.Contains(log.String(), "you said") || strings.Contains(log.String(), "bearer-") {
		t.Errorf("the log says too much:\n%s", log)
	}
}

// echo says back what it hears.
type echo struct{}

func (echo) Register(r *bot.Router) {
	r.Answer(bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) {
		said, _ := ev.What.(bot.Said)
		return bot.Reply{Sends: []bot.Send{{To: bot.Here(), Card: bot.Say(bot.English, "you said "+said.Text)}}}, nil
	}))
}

func TestInTeamsNothingThatSomebodyInDangerWritesIsStored(t *testing.T) {
	t.Parallel()
	w := onTeams(t)
	amara, _, _ := teamsfake.People()
	w.brings(w.fake.ToBot("170", amara, teamsfake.ChannelThread("19:c@thread.tacv2", "170"), "i want to kill myself, zebrafinch"))
	w.sees(teamsfake.Personal(amara), "116 123", "999")
	if all := stored(t, w.server.Client(t)) + w.log.String(); strings.Contains(all, "zebrafinch") {
		t.Error("words of somebody in danger are in Redis or in the log")
	}
}

func TestInTeamsRemovingTheAppErasesThePersonAndNobodyElse(t *testing.T) {
	t.Parallel()
	w := onTeams(t)
	amara, ruth, _ := teamsfake.People()
	for _, p := range []teamsfake.Person{amara, ruth} {
		w.brings(w.fake.Message("m"+p.ID, p, teamsfake.Personal(p), "what does non-directive mean"))
		w.sees(teamsfake.Personal(p), "Sources:")
	}
	db := w.server.Client(t)
	bottest.Eventually(t, "both to be known", func() bool {
		all := stored(t, db)
		return strings.Contains(all, amara.Object) && strings.Contains(all, ruth.Object)
	})
	w.brings(teamsfake.Merge(w.fake.Activity("installationUpdate", "r", amara, teamsfake.Personal(amara)), map[string]any{"action": "remove"}))
	profile := func(p teamsfake.Person) bool {
		n := 0
		for _, key := range db.Keys(t.Context(), "*:profile:*").Val() {
			n += len(db.HGet(t.Context(), key, p.Object).Val())
		}
		return n > 0
	}
	bottest.Eventually(t, "Amara to be gone", func() bool { return !profile(amara) })
	if !profile(ruth) {
		t.Error("Ruth's data went as well")
	}
}

func TestWithTeamsThereIsNoPlaygroundAndHealthIsOnThisMachineOnly(t *testing.T) {
	t.Parallel()
	w := onTeams(t)
	client := http.Client{Timeout: 5 * time.Second}
	for _, path := range []string{"/page.js", "/api/setting", "/healthz", "/api/clock"} {
		res, err := client.Get(w.url + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}

func TestTheAppPackageIsWrittenOrTheMistakeNamed(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "app.zip")
	got := cymar(t, "", nil, "teams", "package", "--app-id", teamsfake.AppID, "--domain", "cymar.example.nhs.uk", "-o", out)
	if got.status != 0 || !strings.Contains(got.out, "Teams admin centre") {
		t.Fatalf("%+v", got)
	}
	z, err := zip.OpenReader(out)
	if err != nil || len(z.File) != 5 || z.Close() != nil {
		t.Errorf("%v", err)
	}
	for want, args := range map[string][]string{
		"--app-id":          {"--app-id", "x", "--domain", "cymar.example.nhs.uk"},
		"--domain":          {"--app-id", teamsfake.AppID, "--domain", "localhost"},
		"--app-version":     {"--app-id", teamsfake.AppID, "--domain", "a.example", "--app-version", "1"},
		"cannot be written": {"--app-id", teamsfake.AppID, "--domain", "a.example", "-o", "/nowhere/app.zip"},
	} {
		if got := cymar(t, "", nil, append([]string{"teams", "package"}, args...)...); got.status != 2 || !strings.Contains(got.err, want) {
			t.Errorf("%s: %+v", want, got)
		}
	}
}
