package config

import (
	"fmt"
	"net/url"
	"strings"
)

// Slack is the connection to Slack; none when nothing of it is set. The app
// token is for Socket Mode, the signing secret for HTTP; with a client id any
// number of workspaces may install the app, else the bot token is of one.
type Slack struct {
	BotToken     Secret `env:"SLACK_BOT_TOKEN"`
	AppToken     Secret `env:"SLACK_APP_TOKEN"`
	Signing      Secret `env:"SLACK_SIGNING_SECRET"`
	ClientID     string `env:"SLACK_CLIENT_ID"`
	ClientSecret Secret `env:"SLACK_CLIENT_SECRET"`
	PublicURL    string `env:"SLACK_PUBLIC_URL"`
	APIURL       string `env:"SLACK_API_URL"`
}

// Set reports whether the bot is to be in Slack.
func (s Slack) Set() bool {
	return s.BotToken.Set() || s.AppToken.Set() || s.Signing.Set() || s.ClientID != "" || s.ClientSecret.Set()
}

func (s Slack) check(keys Secret) []*Fault {
	var faults []*Fault
	add := func(where, what, instead string) { faults = append(faults, &Fault{where, what, instead}) }
	if !s.Set() {
		return nil
	}
	if s.BotToken.Set() == (s.ClientID != "") {
		add("SLACK_BOT_TOKEN", "and SLACK_CLIENT_ID: one of the two is needed, and only one",
			"For one workspace set the bot token (“OAuth & Permissions”, it begins with xoxb-); for several set the client id, the client secret and SLACK_PUBLIC_URL.")
	}
	if !s.AppToken.Set() && !s.Signing.Set() {
		add("SLACK_APP_TOKEN", "is not set, nor is SLACK_SIGNING_SECRET",
			"Set the app-level token (“Basic Information”, it begins with xapp-) for Socket Mode, or the signing secret for HTTP.")
	}
	begins := func(where string, v Secret, with string) {
		if v.Set() && !strings.HasPrefix(v.Reveal(), with) {
			add(where, "does not begin with "+with, "Copy the token again; the two kinds are easily mistaken for each other.")
		}
	}
	begins("SLACK_BOT_TOKEN", s.BotToken, "xoxb-")
	begins("SLACK_APP_TOKEN", s.AppToken, "xapp-")
	if s.ClientID != "" {
		faults = append(faults, s.checkOAuth(keys)...)
	}
	if !isSafeURL(s.APIURL) || s.APIURL != "" && !strings.HasSuffix(s.APIURL, "/") {
		add("SLACK_API_URL", fmt.Sprintf("is %q", s.APIURL), "Leave it out, or write an address that begins with https:// and ends with a slash.")
	}
	return faults
}

// checkOAuth checks what installing in several workspaces needs.
func (s Slack) checkOAuth(keys Secret) []*Fault {
	var faults []*Fault
	add := func(where, what, instead string) { faults = append(faults, &Fault{where, what, instead}) }
	if !s.ClientSecret.Set() {
		add("SLACK_CLIENT_SECRET", "is not set", "Copy it from “Basic Information”.")
	}
	if !s.Signing.Set() {
		add("SLACK_SIGNING_SECRET", "is not set", "Copy it from “Basic Information”; people come back from Slack's page over HTTP.")
	}
	if u, err := url.Parse(s.PublicURL); err != nil || u.Scheme != "https" || u.Host == "" || strings.HasSuffix(s.PublicURL, "/") {
		add("SLACK_PUBLIC_URL", fmt.Sprintf("is %q", s.PublicURL), "Write the address at which people reach the bot, without a slash at its end, for example https://cymar.example.nhs.uk")
	}
	if !keys.Set() {
		add("CYMAR_KEYS", "is not set", "The workspaces' tokens are kept sealed with it: write a=… with 32 bytes in base64, as “openssl rand -base64 32” makes them.")
	}
	return faults
}
