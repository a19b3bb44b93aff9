package meetings_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

// office is the desk on a server, with somebody's browser.
type office struct {
	*scene
	server *httptest.Server
	client *http.Client
	n      int
}

func newOffice(t *testing.T, sc *scene) *office {
	t.Helper()
	desk, err := sc.handler.NewDesk()
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	desk.Mount(mux, sc.Bot)
	o := &office{scene: sc, server: httptest.NewServer(mux)}
	t.Cleanup(o.server.Close)
	sc.page = o.server.URL
	o.client = o.browser()
	return o
}

// browser is one that knows nothing yet.
func (o *office) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return &http.Client{Jar: jar, Transport: o.server.Client().Transport}
}

// link is a new link to the desk.
func (o *office) link() string {
	o.t.Helper()
	link := regexp.MustCompile(`http://\S+/desk/open\?key=\S+`).FindString(o.says(lead, "overview page"))
	if link == "" {
		o.t.Fatal("there is no link")
	}
	return link
}

// enter uses a link and gives the status and the address it led to.
func (o *office) enter(c *http.Client, link string) (int, string) {
	o.t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		o.t.Fatal(err)
	}
	res, err := c.PostForm(o.server.URL+"/desk/open", url.Values{"key": {u.Query().Get("key")}})
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	return res.StatusCode, res.Request.URL.Path
}

// view is what the page shows.
type view struct {
	Title string
	Parts []struct {
		Part, Title, Text string
		Hidden            bool
		Messages          []int
	}
	Messages  []struct{ Text string }
	Risks     []struct{ ID, Label, Text string }
	Error     string
	Published bool
}

// does is something done on the page.
func (o *office) does(path, verb, args, text string) (int, view) {
	o.t.Helper()
	o.n++
	body, err := json.Marshal(map[string]string{"nonce": fmt.Sprint(o.n), "verb": verb, "args": args, "text": text})
	if err != nil {
		o.t.Fatal(err)
	}
	return o.send(http.MethodPost, path, "application/json", string(body))
}

func (o *office) send(method, path, kind, body string) (int, view) {
	o.t.Helper()
	req, err := http.NewRequestWithContext(o.t.Context(), method, o.server.URL+path, strings.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	res, err := o.client.Do(req)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var v view
	_ = json.NewDecoder(res.Body).Decode(&v) // what is no JSON is told by its status
	return res.StatusCode, v
}

func TestALinkToTheDeskWorksOnceAndThenInThatBrowserOnly(t *testing.T) {
	t.Parallel()
	o := newOffice(t, reviewing(t))
	link := o.link()
	for range 3 { // programs that look at links first
		res, err := o.browser().Get(link)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("looking: %v %v", res, err)
		}
		_ = res.Body.Close()
	}
	status, path := o.enter(o.client, link)
	if status != http.StatusOK || !strings.HasPrefix(path, "/desk/m/") {
		t.Fatalf("%d at %s", status, path)
	}
	other := o.browser()
	if status, _ := o.enter(other, link); status != http.StatusForbidden {
		t.Errorf("a second use: %d", status)
	}
	if res, err := other.Get(o.server.URL + path); err != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("another browser: %v %v", res.StatusCode, err)
	}
	if res, err := o.client.Get(o.server.URL + path); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("the same browser: %v %v", res.StatusCode, err)
	}
	ttl := map[string]bool{}
	for key := range strings.SplitSeq(dump(t, o.scene), "\n") {
		name, _, _ := strings.Cut(key, " ")
		if strings.Contains(name, ":seat:") || strings.Contains(name, ":pass:") {
			ttl[o.db.TTL(t.Context(), name).Val().String()] = true
		}
	}
	if !ttl["12h0m0s"] || len(ttl) != 1 {
		t.Errorf("what is kept of links and browsers lives %v", ttl)
	}
}

func TestNobodyGetsToTheDeskWithoutALink(t *testing.T) {
	t.Parallel()
	o := newOffice(t, reviewing(t))
	id := o.meeting().ID
	for _, path := range []string{"/desk/m/" + id, "/desk/m/" + id + "/data", "/desk/m/" + id + "/file?form=annex.docx", "/desk/open?key=x", "/desk/open?key=eyJzIjoiIn0"} {
		if status, _ := o.send(http.MethodGet, path, "", ""); status != http.StatusForbidden {
			t.Errorf("%s: %d", path, status)
		}
	}
	forged := meetings.Key{Home: meetings.Home{Platform: "fake", Tenant: bottest.Tenant}, Secret: "forged"}.String()
	if status, _ := o.enter(o.client, "http://x/?key="+forged); status != http.StatusForbidden {
		t.Errorf("a forged link: %d", status)
	}
	o.enter(o.client, o.link())
	if status, _ := o.send(http.MethodGet, "/desk/m/another", "", ""); status != http.StatusForbidden {
		t.Errorf("another overview: %d", status)
	}
	has(t, o.text(o.Say(lead, channel, "overview page")), "no page to work on here")
	o.page = ""
	has(t, o.says(lead, "overview page"), "Word file")
}

func TestWhatIsDoneAtTheDeskIsDoneToTheDraft(t *testing.T) {
	t.Parallel()
	o := newOffice(t, reviewing(t))
	_, path := o.enter(o.client, o.link())
	before := len(o.Platform.All())
	for _, act := range [][3]string{{"title", "1", "A title: ours"}, {"text", "1", "In our words.\nOn two lines."}, {"text", "opening", ""}, {"hide", "2", ""},
		{"merge", "3 1", ""}, {"lists", "on", ""}, {"chart", "off", ""}, {"add", "Rural travel", ""}, {"move", "m5 1", ""}} {
		if status, v := o.does(path+"/do", act[0], act[1], act[2]); status != http.StatusOK {
			t.Errorf("%v: %d %s", act, status, v.Error)
		}
	}
	d := o.meeting().Draft
	title, text := o.theme(0)
	if title != "A title: ours" || !strings.HasPrefix(text, "In our words.\nOn two lines.") || !d.Overview.Themes[1].Hidden || !d.Lists || !d.NoChart || d.Overview.Opening.Text() != "" {
		t.Errorf("%q %q %+v", title, text, d.Numbers)
	}
	status, v := o.does(path+"/do", "undo", "", "")
	if status != http.StatusOK || v.Parts[0].Part != "1" && v.Parts[0].Part != "opening" {
		t.Errorf("%d %+v", status, v.Parts)
	}
	if len(o.Platform.All()) != before {
		t.Error("the chat was told of what the page shows")
	}
	for _, m := range v.Messages {
		hasNot(t, m.Text, "want to die")
	}
}

func TestTheDeskRefusesWhatItDoesNotDo(t *testing.T) {
	t.Parallel()
	o := newOffice(t, reviewing(t))
	_, path := o.enter(o.client, o.link())
	rev := o.meeting().Revision
	for verb, want := range map[string]int{"delete": 400, "publish": 400, "start": 400, "auto": 400, "": 400, "hide": 422, "merge": 422, "move": 422, "lists": 422} {
		if status, v := o.does(path+"/do", verb, "banana", ""); status != want || want == 422 && v.Error == "" {
			t.Errorf("%s: %d %q", verb, status, v.Error)
		}
	}
	for kind, body := range map[string]string{"text/plain": `{"nonce":"1","verb":"undo"}`, "application/json": `{"verb":"undo"}`, "application/json; x": strings.Repeat("x", 100000)} {
		if status, _ := o.send(http.MethodPost, path+"/do", kind, body); status != http.StatusBadRequest {
			t.Errorf("%s: %d", kind, status)
		}
	}
	if o.meeting().Revision != rev {
		t.Error("something changed")
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.server.URL+path+"/do", strings.NewReader(`{"nonce":"z","verb":"undo"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", "https://evil.example")
	res, err := o.client.Do(req)
	if err != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("another site: %v %v", res.StatusCode, err)
	}
	for name, text := range bottest.Hostile() {
		if status, _ := o.does(path+"/do", "text", "1", text); status >= 500 {
			t.Errorf("%s: %d", name, status)
		}
	}
}

func TestTheDeskHoldsToStrictRulesForBrowsers(t *testing.T) {
	t.Parallel()
	o := newOffice(t, reviewing(t))
	_, path := o.enter(o.client, o.link())
	for _, p := range []string{path, "/desk/desk.js", "/desk/desk.css", "/desk/open"} {
		res, err := o.client.Get(o.server.URL + p)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		csp := res.Header.Get("Content-Security-Policy")
		has(t, csp, "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
		hasNot(t, csp, "unsafe", "*", "http")
		if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", p, res.Header)
		}
	}
}

func TestTheDeskPublishesThroughTheBotAndOnlyWhenNothingIsOpen(t *testing.T) {
	t.Parallel()
	o := newOffice(t, reviewing(t))
	_, path := o.enter(o.client, o.link())
	o.does(path+"/do", "text", "1", "There were 17 of them.")
	if status, v := o.does(path+"/publish", "", "", ""); status != http.StatusUnprocessableEntity || !strings.Contains(v.Error, "to settle") {
		t.Errorf("%d %q", status, v.Error)
	}
	o.settled()
	status, v := o.does(path+"/publish", "", "", "")
	if status != http.StatusOK || !v.Published {
		t.Errorf("%d %q", status, v.Error)
	}
	if err := o.Memory.Drain(t.Context(), o.Bot); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, s := range o.Platform.All() {
		found = found || s.To.ID == channel.ID && strings.Contains(s.Text(), "Meeting Chat Overview")
	}
	if !found {
		t.Error("it is not in the channel")
	}
	for _, form := range []string{"docx", "html", "md", "annex.docx"} {
		if status, _ := o.send(http.MethodGet, path+"/file?form="+form, "", ""); status != http.StatusOK {
			t.Errorf("%s: %d", form, status)
		}
	}
	if status, _ := o.send(http.MethodGet, path+"/file?form=../x", "", ""); status != http.StatusNotFound {
		t.Errorf("another file: %d", status)
	}
}

func TestAKeyThatIsNoneOfOursIsRefused(t *testing.T) {
	t.Parallel()
	for name, s := range bottest.Hostile() {
		if _, err := meetings.ReadKey(s); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	k := meetings.Key{Home: meetings.Home{Platform: "p", Tenant: "t"}, Secret: "s"}
	if got, err := meetings.ReadKey(k.String()); err != nil || got != k {
		t.Errorf("%+v %v", got, err)
	}
}
