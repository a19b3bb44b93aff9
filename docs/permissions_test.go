package docs_test

import (
	"fmt"
	"strings"
	"testing"

	"cymar/adapters/slack"
	"cymar/adapters/teams"
)

const permissionsIntro = `# What Cymar may do, and why

Generated from what the manifests ask for; ` + "`make generate`" + ` writes it again, and a test fails when it is out of date.
This is for whoever is asked to let Cymar into a workspace or a tenant. Nothing of what it reads leaves the machine that it
runs on, but for the messages that it sends back.
`

const slackIntro = `
## Slack

Bot scopes, asked for when the app is installed. There are no user scopes: Cymar never acts as somebody. An app for one
organisation, made from this manifest, is an internal app in Slack's terms. Over Socket Mode Cymar opens connections to
Slack (port 443, outbound) and nothing needs to be let in; that takes an app-level token with ` + "`connections:write`" + `.

| scope | what for | what not |
| --- | --- | --- |
`

const teamsIntro = `
## Microsoft Teams

Asked for by the app package. Whoever adds the app to a team or a chat consents for that team or chat alone; no consent for
the whole tenant is needed.

| permission | kind | what for | what not |
| --- | --- | --- | --- |
`

func TestTheListOfPermissionsIsUpToDate(t *testing.T) {
	t.Parallel()
	var w strings.Builder
	w.WriteString(permissionsIntro + slackIntro)
	for _, p := range slack.Permissions {
		fmt.Fprintf(&w, "| `%s` | %s | %s |\n", p.Scope, p.For, p.Not)
	}
	w.WriteString(teamsIntro)
	for _, p := range teams.Permissions {
		fmt.Fprintf(&w, "| `%s` | %s | %s | %s |\n", p.Name, p.Kind, p.For, p.Not)
	}
	current(t, "permissions.md", w.String())
}
