package config

import (
	"fmt"
	"net/url"
	"regexp"
)

// Teams is the connection to Microsoft Teams; none when no application is set.
type Teams struct {
	AppID    string `env:"TEAMS_APP_ID"`
	Tenant   string `env:"TEAMS_TENANT_ID"`
	Secret   Secret `env:"TEAMS_CLIENT_SECRET"`
	Identity bool   `env:"TEAMS_MANAGED_IDENTITY"`
	Name     string `env:"TEAMS_BOT_NAME" envDefault:"Cymar"`
	History  bool   `env:"TEAMS_HISTORY"`
	// Hosts are more hosts that Teams may call from; Microsoft's public ones
	// are known.
	Hosts []string `env:"TEAMS_SERVICE_HOSTS"`
	// Other clouds have other addresses.
	OpenID  string `env:"TEAMS_OPENID_URL"`
	Issuer  string `env:"TEAMS_ISSUER"`
	Login   string `env:"TEAMS_LOGIN_URL"`
	Service string `env:"TEAMS_SERVICE_URL"`
	Graph   string `env:"TEAMS_GRAPH_URL"`
	Drive   string `env:"TEAMS_DRIVE_URL"`
}

// Set reports whether the bot is to be in Teams.
func (t Teams) Set() bool { return t.AppID != "" }

var guid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func (t Teams) check() []*Fault {
	var faults []*Fault
	add := func(where, what, instead string) { faults = append(faults, &Fault{where, what, instead}) }
	if !t.Set() {
		if t.Secret.Set() || t.Tenant != "" || t.Identity {
			add("TEAMS_APP_ID", "is not set, and other TEAMS_ settings are", "Write the application (client) id of the bot's registration in Entra, or take the others away.")
		}
		return faults
	}
	if !guid.MatchString(t.AppID) {
		add("TEAMS_APP_ID", "is no application id", "Write the application (client) id as Entra shows it, for example 11111111-2222-4333-8444-555555555555.")
	}
	if !guid.MatchString(t.Tenant) {
		add("TEAMS_TENANT_ID", "is no directory (tenant) id", "Write the id as Entra shows it beside the application's.")
	}
	if t.Secret.Set() == t.Identity {
		add("TEAMS_CLIENT_SECRET", "and TEAMS_MANAGED_IDENTITY: one of the two is needed, and only one", "Set the secret, or TEAMS_MANAGED_IDENTITY=true on Azure.")
	}
	for name, address := range map[string]string{
		"TEAMS_OPENID_URL": t.OpenID, "TEAMS_LOGIN_URL": t.Login, "TEAMS_SERVICE_URL": t.Service, "TEAMS_GRAPH_URL": t.Graph, "TEAMS_DRIVE_URL": t.Drive,
	} {
		if !isSafeURL(address) {
			add(name, fmt.Sprintf("is %q", address), "Write an address that begins with https://, or leave it out.")
		}
	}
	return faults
}

// isSafeURL reports whether a secret may be sent there: over https, or to this
// machine. Nothing is safe as well.
func isSafeURL(address string) bool {
	if address == "" {
		return true
	}
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Host))
}
