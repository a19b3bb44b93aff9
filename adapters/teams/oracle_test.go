package teams_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
	"cymar/bot/bottest"
)

// node runs one of our scripts on Microsoft's own packages.
func node(t *testing.T, script string, in any) string {
	t.Helper()
	dir := filepath.Join("testdata", "npm")
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node: make needs")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("Microsoft's npm packages are not installed: make needs")
	}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", script)
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(data)
	var out, fault bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &fault
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, fault.String())
	}
	return out.String()
}

// differs is where we mean to differ from Microsoft's connector of 2025, and
// why; docs/decisions/0013-teams.md has it in words.
func differs() map[string]string {
	return map[string]string{
		"an audience in a list":            "the standard allows it",
		"RS384":                            "the service signs with RS256 and nothing else",
		"RS512":                            "the service signs with RS256 and nothing else",
		"no end":                           "a token that never ends is no token of the service",
		"empty service URLs on both sides": "an answer would have nowhere to go",
		"no channel":                       "the endorsement cannot be checked",
	}
}

func TestMicrosoftsOwnConnectorAgreesOnEveryTokenButThoseWeMeanToJudgeOtherwise(t *testing.T) {
	t.Parallel()
	fake := teamsfake.New()
	t.Cleanup(fake.Close)
	fake.Now = time.Now // the oracle knows no other clock
	type asked struct {
		Name       string `json:"name"`
		Header     string `json:"header"`
		ServiceURL any    `json:"serviceUrl"`
		ChannelID  any    `json:"channelId"`
	}
	var cases []asked
	amara, _, _ := teamsfake.People()
	for _, c := range matrix() {
		a := fake.Message("m", amara, teamsfake.Personal(amara), "hello")
		if c.change != nil {
			c.change(a)
		}
		cases = append(cases, asked{c.name, c.header(fake, fake.Claims(fake.ServiceURL())), a["serviceUrl"], a["channelId"]})
	}
	var theirs map[string]bool
	out := node(t, "tokens.js", map[string]any{"openid": fake.OpenID(), "appId": teamsfake.AppID, "cases": cases})
	if err := json.Unmarshal([]byte(out), &theirs); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	meant := differs()
	for _, c := range matrix() {
		ours := c.want == http.StatusOK
		if _, known := meant[c.name]; known == (theirs[c.name] == ours) {
			t.Errorf("%s: ours %v, theirs %v, meant to differ: %v", c.name, ours, theirs[c.name], known)
		}
	}
}

func TestMicrosoftsOwnParserTakesEveryCard(t *testing.T) {
	t.Parallel()
	r := open(t)
	cards := map[string]any{
		"form": r.adapter.FormCard(asked(), nil, false), "form with faults": r.adapter.FormCard(asked(), map[string]string{"who": "Who?", "": "Look."}, false),
		"form in a dialog": r.adapter.FormCard(asked(), nil, true),
	}
	for _, f := range bottest.Cards() {
		cards[f.Name] = r.adapter.Drawn(f.Card, bot.DirectChat)
	}
	if out := strings.TrimSpace(node(t, "cards.js", cards)); out != "" {
		t.Error(out)
	}
	wrong := map[string]any{"wrong": map[string]any{"type": "AdaptiveCard", "version": "1.5", "body": []any{map[string]any{"type": "TextBlok"}, map[string]any{"type": "Input.Text"}}}}
	if out := node(t, "cards.js", wrong); !strings.Contains(out, "TextBlok") {
		t.Errorf("the parser takes anything: %q", out)
	}
}
