package teams

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
)

// Permission is something that the app asks for, with what an administrator
// wants to know of it.
type Permission struct {
	Name string
	Kind string // "resource-specific" (the owner of a team or chat consents) or "manifest"
	For  string // what it is needed for
	Not  string // what is not done with it
}

// Permissions is everything that the app package asks for, in its order.
var Permissions = []Permission{
	{"ChatMessage.Read.Chat", "resource-specific", "To collect what is said in a meeting's chat while a collection is announced there, and to read what was missed while Cymar was away, where that is switched on.", "Outside an announced collection, messages are dropped unread."},
	{"ChannelMessage.Read.Group", "resource-specific", "The same in a channel of a team that the app was added to.", "As there. Private channels cannot be read."},
	{"OnlineMeeting.ReadBasic.Chat", "resource-specific", "To know when a meeting begins and ends.", "Who took part is not asked for."},
	{"ChannelMeeting.ReadBasic.Group", "resource-specific", "The same for a meeting in a channel.", "As there."},
	{"identity", "manifest", "To answer the one who wrote.", "E-mail addresses are not asked for."},
	{"messageTeamMembers", "manifest", "To write to somebody in their direct chat: a reminder they asked for, or an answer that is theirs alone.", "Nobody is written to who did not ask for it or was not invited."},
}

// manifestVersion is the manifest's form. Teams takes newer ones as well;
// nothing in them is needed.
const manifestVersion = "1.22"

// Package is what an app package is made for.
type Package struct {
	AppID   string // of the bot's registration
	Domain  string // where the bot is reached: "cymar.example.nhs.uk"
	Name    string // "Cymar"
	Version string // of the package, to be raised with each upload
	Owner   string // the organisation that runs the bot
}

var (
	domainForm  = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`)
	versionForm = regexp.MustCompile(`^\d{1,5}\.\d{1,5}\.\d{1,5}$`)
	guidForm    = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
)

// check says everything that is wrong, and what to write instead.
func (p *Package) check() error {
	var faults []error
	p.Domain = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(p.Domain, "https://"), "/"))
	if !guidForm.MatchString(p.AppID) {
		faults = append(faults, fmt.Errorf("--app-id: %q is no application id; write it as Entra shows it, for example 11111111-2222-4333-8444-555555555555", p.AppID))
	}
	if !domainForm.MatchString(p.Domain) {
		faults = append(faults, fmt.Errorf("--domain: %q is no public host name; write it without https://, for example cymar.example.nhs.uk", p.Domain))
	}
	if !versionForm.MatchString(p.Version) {
		faults = append(faults, fmt.Errorf("--app-version: %q is no version; write three numbers, for example 1.0.1", p.Version))
	}
	if p.Name == "" || len([]rune(p.Name)) > 30 {
		faults = append(faults, errors.New("--name: write a name of at most 30 characters"))
	}
	if p.Owner == "" || len([]rune(p.Owner)) > 32 {
		faults = append(faults, errors.New("--owner: write the organisation's name in at most 32 characters"))
	}
	return errors.Join(faults...)
}

// WriteTo writes the app package: a zip with the manifest, its words in
// English and Welsh, and two icons.
func (p Package) WriteTo(w io.Writer) (int64, error) {
	if err := p.check(); err != nil {
		return 0, err
	}
	files, err := p.files()
	if err != nil {
		return 0, err
	}
	count := &counter{w: w}
	z := zip.NewWriter(count)
	for _, name := range []string{"manifest.json", "en.json", "cy.json", "color.png", "outline.png"} {
		f, err := z.Create(name)
		if err != nil {
			return count.n, err
		}
		if _, err := f.Write(files[name]); err != nil {
			return count.n, err
		}
	}
	return count.n, z.Close()
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

func (p Package) files() (map[string][]byte, error) {
	say, err := words.In(files, "words")
	if err != nil {
		return nil, fmt.Errorf("teams: %w", err)
	}
	out := map[string][]byte{}
	for name, v := range map[string]any{
		"manifest.json": p.manifest(say), "en.json": p.local(say, bot.English), "cy.json": p.local(say, bot.Welsh),
	} {
		if out[name], err = json.MarshalIndent(v, "", "  "); err != nil {
			return nil, err
		}
	}
	for name, draw := range map[string]func() ([]byte, error){"color.png": colourIcon, "outline.png": outlineIcon} {
		if out[name], err = draw(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// commands are what the box where one writes offers, in order.
func commands() []string { return []string{"help", "supervision", "overview", "held", "forget"} }

func (p Package) manifest(say *words.Catalogue) node {
	en := func(id string) string { return say.Say(bot.English, id) }
	offered := make([]node, len(commands()))
	for i, c := range commands() {
		offered[i] = node{"title": en("command." + c + ".title"), "description": en("command." + c + ".what")}
	}
	scopes := []string{"personal", "team", "groupChat"}
	return node{
		"$schema":         "https://developer.microsoft.com/json-schemas/teams/v" + manifestVersion + "/MicrosoftTeams.schema.json",
		"manifestVersion": manifestVersion, "version": p.Version, "id": p.AppID,
		"developer":   node{"name": p.Owner, "websiteUrl": p.page(""), "privacyUrl": p.page("privacy"), "termsOfUseUrl": p.page("terms")},
		"name":        node{"short": p.Name, "full": p.Name + " — " + en("app.kind")},
		"description": node{"short": en("app.short"), "full": en("app.full")},
		"icons":       node{"color": "color.png", "outline": "outline.png"}, "accentColor": "#1F6F66",
		"localizationInfo": node{"defaultLanguageTag": "en", "additionalLanguages": []node{
			{"languageTag": "en-gb", "file": "en.json"}, {"languageTag": "cy", "file": "cy.json"}}},
		"bots": []node{{"botId": p.AppID, "scopes": scopes, "supportsFiles": true, "isNotificationOnly": false,
			"commandLists": []node{{"scopes": scopes, "commands": offered}}}},
		"defaultInstallScope":    "personal",
		"defaultGroupCapability": node{"team": "bot", "groupchat": "bot", "meetings": "bot"},
		"permissions":            asked("manifest", func(x Permission) any { return x.Name }),
		"validDomains":           []string{p.Domain},
		"webApplicationInfo":     node{"id": p.AppID, "resource": "api://" + p.Domain + "/" + p.AppID},
		"authorization": node{"permissions": node{"resourceSpecific": asked("resource-specific", func(x Permission) any {
			return node{"name": x.Name, "type": "Application"}
		})}},
	}
}

// asked is the permissions of a kind, in the form that the manifest wants.
func asked(kind string, form func(Permission) any) []any {
	var out []any
	for _, p := range Permissions {
		if p.Kind == kind {
			out = append(out, form(p))
		}
	}
	return out
}

func (p Package) page(name string) string { return "https://" + p.Domain + "/" + name }

// local is the manifest's words in a language.
func (p Package) local(say *words.Catalogue, lang bot.Lang) node {
	s := func(id string) string { return say.Say(lang, id) }
	out := node{
		"$schema":    "https://developer.microsoft.com/json-schemas/teams/v" + manifestVersion + "/MicrosoftTeams.Localization.schema.json",
		"name.short": p.Name, "name.full": p.Name + " — " + s("app.kind"),
		"description.short": s("app.short"), "description.full": s("app.full"),
	}
	for i, c := range commands() {
		at := fmt.Sprintf("bots[0].commandLists[0].commands[%d].", i)
		out[at+"title"], out[at+"description"] = s("command."+c+".title"), s("command."+c+".what")
	}
	return out
}
