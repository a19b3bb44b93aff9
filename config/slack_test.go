package config_test

import (
	"strings"
	"testing"

	"cymar/config"
)

const keys = "CYMAR_KEYS=a=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

func several(more ...string) []string {
	return append([]string{"SLACK_CLIENT_ID=1.2", "SLACK_CLIENT_SECRET=hunter2", "SLACK_SIGNING_SECRET=hunter3", "SLACK_PUBLIC_URL=https://cymar.example", keys}, more...)
}

func TestSlackTakesOneWorkspaceOrMany(t *testing.T) {
	t.Parallel()
	for name, environ := range map[string][]string{
		"over a socket": {"SLACK_BOT_TOKEN_FILE=" + write(t, "token", "xoxb-1\n"), "SLACK_APP_TOKEN=xapp-1"},
		"over HTTP":     {"SLACK_BOT_TOKEN=xoxb-1", "SLACK_SIGNING_SECRET=hunter3"},
		"several":       several(),
	} {
		if c, err := config.Load(environ); err != nil || !c.Slack.Set() {
			t.Errorf("%s: %v", name, err)
		}
	}
	if c, err := config.Load(nil); err != nil || c.Slack.Set() {
		t.Errorf("nothing set: %v", err)
	}
}

func TestFaultsInSlackSettingsSayWhatToWriteInstead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		environ []string
		want    string
	}{
		"no way in":            {[]string{"SLACK_BOT_TOKEN=xoxb-1"}, "xapp-"},
		"no token":             {[]string{"SLACK_APP_TOKEN=xapp-1"}, "SLACK_BOT_TOKEN"},
		"the other way round":  {[]string{"SLACK_BOT_TOKEN=xapp-1", "SLACK_APP_TOKEN=xoxb-1"}, "SLACK_APP_TOKEN: does not begin with xapp-"},
		"one and many":         {several("SLACK_BOT_TOKEN=xoxb-1"), "only one"},
		"no secret":            {[]string{"SLACK_CLIENT_ID=1.2", "SLACK_APP_TOKEN=xapp-1"}, "SLACK_CLIENT_SECRET"},
		"no key to seal with":  {several()[:4], "CYMAR_KEYS"},
		"an address with an /": {append(several(), "SLACK_PUBLIC_URL=https://cymar.example/"), "without a slash"},
		"plain http":           {append(several(), "SLACK_PUBLIC_URL=http://cymar.example"), "https://cymar.example.nhs.uk"},
		"another Slack":        {several("SLACK_API_URL=http://slack.example/api/"), "SLACK_API_URL"},
		"without its slash":    {several("SLACK_API_URL=https://slack.example/api"), "ends with a slash"},
	} {
		_, err := config.Load(c.environ)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: no %q in %v", name, c.want, err)
		} else if strings.Contains(err.Error(), "hunter") || strings.Contains(err.Error(), "xoxb-1") {
			t.Errorf("%s: the error shows a secret", name)
		}
	}
}
