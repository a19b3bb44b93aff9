package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"cymar/adapters/teams/teamsfake"
	"cymar/bot/bottest"
)

// agents is Microsoft's own Agents Playground in front of the whole program:
// what it sends is signed at a gate, and what the bot sends it is checked
// there, so that the bot runs as in production.
type agents struct {
	*tenancy
	page string
	tab  context.Context
}

// agentsConfig is the chats and people of the playground. It wants exactly
// five other people, and says no reason when there are not.
const agentsConfig = `version: "0.1.1"
tenantId: ` + teamsfake.Tenant + `
bot:
  id: ` + teamsfake.AppID + `
  name: Cymar
currentUser:
  id: user-amara
  name: Amara Bell
  userPrincipleName: amara@example.com
  aadObjectId: aaaaaaaa-0000-4000-8000-000000000001
  givenName: Amara
  surname: Bell
  email: amara@example.com
users:
%s
personalChat:
  id: personal-chat
groupChat:
  id: meeting-chat
  name: Monthly meeting
team:
  id: team-north
  name: Peer support North
  aadGroupId: aaaaaaaa-0000-4000-8000-000000000099
  channels:
    - id: channel-community
      name: Community
`

func agentsPeople() string {
	var w strings.Builder
	for i, name := range []string{"Ruth Marsh", "Jon Hale", "Eleri Wyn", "Sam Reed", "Alex Dale"} {
		first, last, _ := strings.Cut(name, " ")
		fmt.Fprintf(&w, "  - id: user-%d\n    name: %s\n    userPrincipleName: u%d@example.com\n    aadObjectId: aaaaaaaa-0000-4000-8000-00000000001%d\n    givenName: %s\n    surname: %s\n    email: u%d@example.com\n", i, name, i, i, first, last, i)
	}
	return strings.TrimSuffix(w.String(), "\n")
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// inAgents starts it all, and a tab of a browser on it.
func inAgents(t *testing.T) *agents {
	t.Helper()
	npm, err := filepath.Abs("adapters/teams/testdata/npm/node_modules/@microsoft/m365agentsplayground/cli.js")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node: make needs")
	}
	if _, err := os.Stat(npm); err != nil {
		t.Skip("Microsoft's npm packages are not installed: make needs")
	}
	tab := browser(t, 1300, 950)
	w := onTeams(t)
	gate := httptest.NewServer(w.fake.Gate(func() string { return w.url }))
	t.Cleanup(gate.Close)
	port := freePort(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".m365agentsplayground.yml"), fmt.Appendf(nil, agentsConfig, agentsPeople()), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", npm, "-p", fmt.Sprint(port), "-e", gate.URL+"/api/messages", "-c", "msteams", "--su", w.fake.ServiceURL(), "--dt")
	cmd.Dir = dir
	var said lockedOutput
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	page := fmt.Sprintf("http://127.0.0.1:%d", port)
	connector, err := url.Parse(page + "/_connector")
	if err != nil {
		t.Fatal(err)
	}
	w.fake.ForwardTo(connector)
	bottest.Eventually(t, "Microsoft's playground to answer", func() bool {
		res, err := http.Get(page)
		if err == nil {
			_ = res.Body.Close()
		}
		return err == nil
	})
	return &agents{w, page, tab}
}

type lockedOutput struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedOutput) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// does waits until each expression is true in the page, one after the other.
// The page may load anew meanwhile, so each look is a fresh one.
func (a *agents) does(name string, expressions ...string) {
	a.t.Helper()
	for _, e := range expressions {
		end := time.Now().Add(bottest.Patience)
		look := time.NewTicker(50 * time.Millisecond)
		for ok := false; !ok; <-look.C {
			var err error
			if ok, err = chromedp.Run(a.tab, chromedp.Evaluate[bool](e)); (err != nil || !ok) && time.Now().After(end) {
				a.picture("failed")
				a.t.Fatalf("%s: waited %v for %.300s: %v\n%.3000s", name, bottest.Patience, e, err, value[string](a.t, a.tab, "document.body.innerText + [...document.querySelectorAll('input')].map(i => i.outerHTML).join(' ')"))
			}
		}
		look.Stop()
	}
}

// shown is true once the page shows all of want.
func shown(want ...string) string {
	cond := make([]string, len(want))
	for i, w := range want {
		cond[i] = "t.includes(" + quoted(w) + ")"
	}
	return "(() => { const t = document.body.innerText; return " + strings.Join(cond, " && ") + "; })()"
}

// chat opens a chat by its name in the list.
func chat(name string) string {
	return "(() => { const c = [...document.querySelectorAll('[role=treeitem]')].find(c => (c.getAttribute('aria-label') || c.innerText).includes(" + quoted(name) + ")); if (c) c.click(); return !!c; })()"
}

// presses clicks the newest button of a card with a label.
func cardButton(label string) string {
	return "(() => { const b = [...document.querySelectorAll('button')].filter(b => b.innerText.trim() === " + quoted(label) + ").pop(); if (b) b.click(); return !!b; })()"
}

// writes types into the box and sends it.
func (a *agents) writes(text string) {
	a.t.Helper()
	steps(a.t, a.tab, text, chromedp.SendKeys(chromedp.CSS("[role=textbox]"), text+"\r"))
}

// picture keeps what the page shows, for CI to keep and the README to show.
func (a *agents) picture(name string) {
	a.t.Helper()
	png, err := chromedp.Run(a.tab, chromedp.CaptureScreenshot())
	if err != nil {
		a.t.Fatal(err)
	}
	dir := os.Getenv("CYMAR_SCREENSHOTS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		a.t.Fatal(err)
	}
}

// inject posts a made-up activity as Microsoft's page would send it.
func (a *agents) inject(activity map[string]any) {
	a.t.Helper()
	data, err := json.Marshal(activity)
	if err != nil {
		a.t.Fatal(err)
	}
	res, err := http.Post(a.page+"/_internal/v1/customActivities", "application/json", bytes.NewReader(data))
	if err != nil {
		a.t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode >= 300 {
		a.t.Fatalf("%s", res.Status)
	}
}

// fills writes into the first field that says how often, over what is there.
func (a *agents) fills(text string) {
	a.t.Helper()
	const css = "input[placeholder^='If you leave it empty']"
	a.does("the field", "(() => { const i = document.querySelector(`"+css+"`); if (i) { i.focus(); i.select(); } return !!i; })()")
	steps(a.t, a.tab, "fill in "+text, chromedp.SendKeys(chromedp.CSS(css), text))
}

func TestInMicrosoftsPlaygroundSomebodyIsGreetedAsksFillsInAFormAndIsReminded(t *testing.T) {
	t.Parallel()
	a := inAgents(t)
	due := time.Now().AddDate(0, 0, 30)
	for due.Weekday() != time.Wednesday {
		due = due.AddDate(0, 0, 1)
	}
	steps(t, a.tab, "open", chromedp.Navigate(a.page))
	a.does("the greeting", shown("Hello, I am Cymar", "Cymraeg / English?"))
	a.picture("teams-welcome")
	a.does("the card is replaced in its place", cardButton("Cymraeg"), shown("Helo, Cymar ydw i"),
		"!document.body.innerText.includes('Hello, I am Cymar')", cardButton("English"), shown("Hello, I am Cymar"))
	a.writes("can i accept chocolates from someone i support")
	a.does("a question", shown("Sources:"))
	a.picture("teams-answer")
	a.writes("set up supervision")
	a.does("a form", cardButton("Fill in a form"), shown("How often", "Next date"))
	a.fills("every 2 years")
	a.does("what is wrong with it", cardButton("Next"), shown("longer than a year"))
	a.picture("teams-form")
	a.fills("every 4 weeks")
	a.does("what it means", cardButton("Next"), shown("This is what I understood"), cardButton("Yes, save it"), shown("Undo", "Pause"))
	before := value[int](t, a.tab, "document.body.innerText.split('Held today').length")
	a.clock.Forward(time.Until(time.Date(due.Year(), due.Month(), due.Day(), 6, 0, 0, 0, time.UTC)))
	look := time.NewTicker(300 * time.Millisecond)
	defer look.Stop()
	for range 60 { // two and a half days, hour by hour
		if value[int](t, a.tab, "document.body.innerText.split('Held today').length") > before {
			break
		}
		a.clock.Forward(time.Hour)
		<-look.C
	}
	a.does("a reminder that nobody asked for just now", fmt.Sprintf("document.body.innerText.split('Held today').length > %d", before))
	a.picture("teams-nudge")
}

// said is a message by somebody else in the meeting's chat, as Microsoft's page
// would send it for them: it cannot itself, so it is given whole.
func (a *agents) said(id, who, text string, over ...map[string]any) map[string]any {
	p := teamsfake.Person{Name: who, ID: "29:" + who, Object: "aaaaaaaa-0000-4000-8000-00000000002" + fmt.Sprint(len(who))}
	in := map[string]any{"id": "meeting-chat", "conversationType": "groupChat", "isGroup": true, "tenantId": teamsfake.Tenant}
	m := a.fake.Message(id, p, in, text)
	m["recipient"] = map[string]any{"id": teamsfake.AppID, "name": "Cymar"}
	return teamsfake.Merge(m, over...)
}

func TestInMicrosoftsPlaygroundAChannelIsAnsweredAndAMeetingsChatIsCollected(t *testing.T) {
	t.Parallel()
	a := inAgents(t)
	steps(t, a.tab, "open", chromedp.Navigate(a.page))
	a.does("the greeting", shown("Hello, I am Cymar"), chat("Community"), shown("Community"))
	a.mentions("what does non-directive mean")
	a.does("an answer in the channel", shown("Sources:"))
	a.picture("teams-channel")

	a.does("the meeting's chat", chat("Monthly meeting"))
	a.mentions("space setup Monthly meeting; both; en")
	a.does("a space", shown("Nation"))
	a.mentions("start collecting Peer space")
	a.does("the notice", shown("This chat is being collected"))
	event := func(name string) map[string]any {
		return a.said("e-"+name, "Ruth", "", map[string]any{"type": "event", "name": "application/vnd.microsoft." + name, "value": map[string]any{"Title": "Peer space"}})
	}
	a.inject(event("meetingStart"))
	for i, line := range meetingLines {
		a.inject(a.said(fmt.Sprintf("line-%d", i), []string{"Jon", "Eleri", "Sameer"}[i%3], line))
	}
	a.inject(a.said("line-x", "Jon", "A line that its writer takes back, heron"))
	a.inject(a.said("line-x", "Jon", "", map[string]any{"type": "messageDelete"}))
	a.inject(a.said("line-0", "Jon", "Our supervision is monthly and peer-led, kingfisher", map[string]any{"type": "messageUpdate"}))
	a.inject(event("meetingEnd"))
	db := a.server.Client(t)
	bottest.Eventually(t, "the edited line to be kept and the deleted one gone", func() bool {
		all := stored(t, db)
		return strings.Contains(all, "kingfisher") && strings.Contains(all, "Role drift happens") && !strings.Contains(all, "heron")
	})
	a.picture("teams-meeting")
}

// mentions writes to the bot in a shared chat, by its mention.
func (a *agents) mentions(text string) {
	a.t.Helper()
	box := chromedp.CSS("[role=textbox]")
	steps(a.t, a.tab, "type @", chromedp.SendKeys(box, "@"))
	a.does("the list of who can be mentioned", "(() => { const m = [...document.querySelectorAll('[role=option], [role=menuitem], [role=listitem], li')].filter(m => m.innerText.trim().startsWith('Cymar')).pop(); if (m) m.click(); return !!m; })()")
	steps(a.t, a.tab, text, chromedp.SendKeys(box, text+"\r"))
}
