package slack_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	api "github.com/slack-go/slack"

	"cymar/adapters/slack"
)

// manifest decodes what Slack would be given, with no field that it does not know.
func manifest(t *testing.T, socket bool) api.Manifest {
	t.Helper()
	text, err := slack.Manifest(socket, "https://bot.example.nhs.uk/")
	if err != nil {
		t.Fatal(err)
	}
	var m api.Manifest
	if err := yaml.UnmarshalWithOptions([]byte(text), &m, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestBothManifestsAskForWhatIsExplainedAndForNothingElse(t *testing.T) {
	t.Parallel()
	var scopes []string
	for _, p := range slack.Permissions {
		if p.For == "" {
			t.Errorf("%s is not explained", p.Scope)
		}
		scopes = append(scopes, p.Scope)
	}
	for _, socket := range []bool{true, false} {
		m := manifest(t, socket)
		if !slices.Equal(m.OAuthConfig.Scopes.Bot, scopes) || len(m.OAuthConfig.Scopes.User) != 0 {
			t.Errorf("socket %v asks for %q", socket, m.OAuthConfig.Scopes)
		}
		for _, never := range []string{"users:read.email", "channels:join", "chat:write.public"} {
			if slices.Contains(scopes, never) {
				t.Errorf("asks for %s", never)
			}
		}
	}
}

func TestAManifestNamesItsAddressOverHTTPAndNoneOverASocket(t *testing.T) {
	t.Parallel()
	over, sock := manifest(t, false), manifest(t, true)
	if over.Settings.EventSubscriptions.RequestUrl != "https://bot.example.nhs.uk/slack/events" || over.Settings.Interactivity.RequestUrl != "https://bot.example.nhs.uk/slack/interactions" {
		t.Errorf("%+v %+v", over.Settings.EventSubscriptions, over.Settings.Interactivity)
	}
	if over.Settings.SocketModeEnabled || !sock.Settings.SocketModeEnabled || sock.Settings.EventSubscriptions.RequestUrl != "" {
		t.Errorf("%v %v", over.Settings.SocketModeEnabled, sock.Settings)
	}
	for i, c := range over.Features.SlashCommands {
		if c.Url != "https://bot.example.nhs.uk/slack/commands" || sock.Features.SlashCommands[i].Url != "" || !c.ShouldEscape {
			t.Errorf("%+v", c)
		}
	}
	if !slices.Equal(over.Settings.EventSubscriptions.BotEvents, sock.Settings.EventSubscriptions.BotEvents) || len(over.Settings.EventSubscriptions.BotEvents) != 11 {
		t.Errorf("%q", over.Settings.EventSubscriptions.BotEvents)
	}
	for _, m := range []api.Manifest{over, sock} {
		if d := m.Display; len(d.Name) > 35 || len(d.Description) > 140 || len(d.LongDescription) < 174 || len(d.LongDescription) > 4000 {
			t.Errorf("%+v", d)
		}
	}
}

func TestAnAddressThatSlackWouldNotCallIsRefused(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "http://bot.example", "bot.example", "https://", "https://a\nb", "https://a\"b", "ftp://x"} {
		if text, err := slack.Manifest(false, address); err == nil || !strings.Contains(err.Error(), "https://") {
			t.Errorf("%q: %v %.50s", address, err, text)
		}
	}
}
