package config_test

import (
	"strings"
	"testing"

	"cymar/config"
)

func teams(more ...string) []string {
	return append([]string{"TEAMS_APP_ID=11111111-2222-4333-8444-555555555555", "TEAMS_TENANT_ID=99999999-8888-4777-8666-555555555555"}, more...)
}

func TestTeamsTakesASecretFromAFileOrAManagedIdentity(t *testing.T) {
	t.Parallel()
	c, err := config.Load(teams("TEAMS_CLIENT_SECRET_FILE="+write(t, "secret", "hunter2\n"), "TEAMS_SERVICE_HOSTS=a.example,*.b.example"))
	if err != nil || !c.Teams.Set() || c.Teams.Secret.Reveal() != "hunter2" || len(c.Teams.Hosts) != 2 || c.Teams.Name != "Cymar" {
		t.Errorf("%+v, %v", c.Teams, err)
	}
	if c, err = config.Load(teams("TEAMS_MANAGED_IDENTITY=true")); err != nil || !c.Teams.Identity {
		t.Errorf("%+v, %v", c.Teams, err)
	}
	if c, err = config.Load(nil); err != nil || c.Teams.Set() {
		t.Errorf("nothing set: %+v, %v", c.Teams, err)
	}
}

func TestFaultsInTeamsSettingsSayWhatToWriteInstead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		environ []string
		want    string
	}{
		"no secret":            {teams(), "TEAMS_CLIENT_SECRET"},
		"both":                 {teams("TEAMS_CLIENT_SECRET=s", "TEAMS_MANAGED_IDENTITY=true"), "only one"},
		"an id that is none":   {[]string{"TEAMS_APP_ID=cymar", "TEAMS_TENANT_ID=nhs", "TEAMS_CLIENT_SECRET=s"}, "TEAMS_TENANT_ID"},
		"a secret alone":       {[]string{"TEAMS_CLIENT_SECRET=s"}, "TEAMS_APP_ID: is not set"},
		"plain http":           {teams("TEAMS_CLIENT_SECRET=s", "TEAMS_LOGIN_URL=http://login.example"), "TEAMS_LOGIN_URL"},
		"a listening address":  {teams("TEAMS_CLIENT_SECRET=s", "LISTEN_ADDR=3978"), "LISTEN_ADDR"},
		"an identity and more": {teams("TEAMS_MANAGED_IDENTITY=perhaps"), "TEAMS_MANAGED_IDENTITY"},
	} {
		_, err := config.Load(c.environ)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q in: %v", name, c.want, err)
		}
	}
	if _, err := config.Load(teams("TEAMS_CLIENT_SECRET=s", "TEAMS_LOGIN_URL=http://127.0.0.1:1")); err != nil {
		t.Errorf("this machine: %v", err)
	}
}
