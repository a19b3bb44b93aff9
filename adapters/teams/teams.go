// Package teams is the adapter for Microsoft Teams: it takes in the activities
// that the Bot Framework sends, and sends cards through its connector.
//
// It stands on msbotbuilder-go for the activity's types and for its send,
// update and delete calls. In the place of the library's token check and HTTP
// client are its own, through the two interfaces that the library takes; and
// invokes, meetings, edits, reactions, new conversations and members, which
// the library does not have, are here. docs/decisions/0013-teams.md says why.
//
// The adapter decides nothing: it reads, draws and sends.
package teams

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/infracloudio/msbotbuilder-go/core/activity"

	"cymar/bot"
	"cymar/bot/words"
)

// Platform is the adapter's name.
const Platform bot.Platform = "teams"

//go:embed words
var files embed.FS

// Endpoints is where Microsoft's services are. The zero value is the public
// cloud's; another cloud has others, and a test its own.
type Endpoints struct {
	OpenID  string // the document that names the signing keys
	Issuer  string // who signs
	Login   string // where tokens come from
	Service string // the connector, while none was heard of yet
	Graph   string
}

// Public is the public cloud.
func Public() Endpoints {
	return Endpoints{
		OpenID:  "https://login.botframework.com/v1/.well-known/openidconfiguration",
		Issuer:  "https://api.botframework.com",
		Login:   "https://login.microsoftonline.com",
		Service: "https://smba.trafficmanager.net/teams/",
		Graph:   "https://graph.microsoft.com/v1.0",
	}
}

// Options is what the adapter is made of. AppID, Tenant and either Secret or
// Identity are required.
type Options struct {
	AppID    string
	Tenant   bot.TenantID // the bot's own: it is a single-tenant bot
	Secret   func() string
	Identity bool // a managed identity instead of a secret
	Name     string
	// Endpoints that are empty are the public cloud's.
	Endpoints Endpoints
	// Hosts are more hosts that our bearer may be sent to, "*.host" for all
	// below one; Microsoft's own are known.
	Hosts []string
	// FileAt is one more place, with its scheme, that files may be fetched
	// from and put at, besides Microsoft's drives.
	FileAt string
	// Parcels keeps a file until the person has said where to put it. Without
	// it no files can be given out.
	Parcels Parcels
	// History allows to read what was said in a meeting's chat while nobody
	// took it in, through Graph.
	History bool
	Clock   bot.Clock
	Log     *slog.Logger
	HTTP    *http.Client // for tests; nil is one with time-outs
}

// Adapter is the adapter. It is safe for use by many at once.
type Adapter struct {
	o        Options
	verifier *verifier
	hosts    hosts
	fileHost hosts
	out      *connector
	graph    *connector
	respond  activity.Response
	pace     *pace
	tenants  *pace
	routes   *routes
	objects  *objects
	catching catching
	render   renderer
	words    *words.Catalogue
}

var (
	_ bot.Webhook  = (*Adapter)(nil)
	_ bot.Sender   = (*Adapter)(nil)
	_ bot.Updater  = (*Adapter)(nil)
	_ bot.Opener   = (*Adapter)(nil)
	_ bot.Uploader = (*Adapter)(nil)
	_ bot.Fetcher  = (*Adapter)(nil)
	_ bot.People   = (*Adapter)(nil)
)

// New makes the adapter, or says what is missing. Nothing is called yet.
func New(o Options) (*Adapter, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	a := &Adapter{
		o:     o,
		hosts: newHosts(append([]string{"smba.trafficmanager.net", "*.botframework.com"}, o.Hosts...), o.Endpoints.Service),
		pace:  newPace(perConversation()), tenants: newPace(perTenant()),
		routes: &routes{fallback: o.Endpoints.Service}, objects: &objects{},
	}
	a.fileHost = newHosts([]string{"*.sharepoint.com", "*.svc.ms"}, o.FileAt)
	var err error
	if a.words, err = words.In(files, "words"); err != nil {
		return nil, fmt.Errorf("teams: %w", err)
	}
	a.render = renderer{nonce: rand.Text, fill: func(l bot.Lang) string { return a.words.Say(l, "fill") }}
	if err := a.connect(); err != nil {
		return nil, err
	}
	keys := &keyset{metadata: o.Endpoints.OpenID, client: a.out.http, clock: o.Clock}
	a.verifier = newVerifier(o.AppID, o.Endpoints.Issuer, keys, o.Clock)
	return a, nil
}

// complete fills in what may be left out.
func (o *Options) complete() error {
	if o.AppID == "" || o.Tenant == "" {
		return errors.New("teams: the bot's application id and its tenant are needed")
	}
	if !o.Identity && (o.Secret == nil || o.Secret() == "") {
		return errors.New("teams: a client secret or a managed identity is needed")
	}
	p := Public()
	for to, with := range map[*string]string{
		&o.Endpoints.OpenID: p.OpenID, &o.Endpoints.Issuer: p.Issuer, &o.Endpoints.Login: p.Login,
		&o.Endpoints.Service: p.Service, &o.Endpoints.Graph: p.Graph, &o.Name: "Cymar",
	} {
		if *to == "" {
			*to = with
		}
	}
	o.Endpoints.Login = strings.TrimSuffix(o.Endpoints.Login, "/")
	o.Endpoints.Graph = strings.TrimSuffix(o.Endpoints.Graph, "/")
	if o.Clock == nil {
		o.Clock = bot.SystemClock{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.HTTP == nil {
		o.HTTP = &http.Client{Timeout: callTimeout, Transport: transport()}
	}
	return nil
}

// transport keeps connections open for as many workers as there may be.
func transport() *http.Transport {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return &http.Transport{}
	}
	t = t.Clone()
	t.MaxIdleConnsPerHost, t.ResponseHeaderTimeout, t.IdleConnTimeout = 32, callTimeout, time.Minute
	return t
}

// connect makes the two ways out: the connector and Graph.
func (a *Adapter) connect() error {
	client := *a.o.HTTP
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // a token is not carried on
	var err error
	if a.out, err = a.way(botScope, a.hosts, &client); err != nil {
		return err
	}
	if a.graph, err = a.way(graphScope, newHosts(nil, a.o.Endpoints.Graph), &client); err != nil {
		return err
	}
	a.respond, err = activity.NewActivityResponse(a.out)
	return err
}

func (a *Adapter) way(scope string, to hosts, client *http.Client) (*connector, error) {
	c := &connector{http: client, hosts: to, clock: a.o.Clock}
	if !a.o.Identity {
		c.bearer = newSecretBearer(a.o, scope, client)
		return c, nil
	}
	b, err := newIdentityBearer(a.o.AppID, scope, client)
	if err != nil {
		return nil, fmt.Errorf("teams: the managed identity: %w", err)
	}
	c.bearer = b
	return c, nil
}

// Platform names the adapter.
func (a *Adapter) Platform() bot.Platform { return Platform }

// Caps is what Teams can do. It has no message that one person sees in a
// shared place, and takes files from a bot in direct chats only.
func (a *Adapter) Caps() bot.Caps {
	return bot.Caps{Update: true, Forms: true, Threads: true, Mention: "@" + a.o.Name}
}

// routes knows the service URL that each tenant was last heard from.
type routes struct {
	fallback string

	mu   sync.Mutex
	last map[bot.TenantID]string
}

// manyTenants bounds what is remembered; a single-tenant bot has one.
const manyTenants = 1024

func (r *routes) learn(t bot.TenantID, url string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last == nil || len(r.last) >= manyTenants {
		r.last = map[bot.TenantID]string{}
	}
	r.last[t] = url
}

func (r *routes) of(t bot.TenantID) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if url, ok := r.last[t]; ok {
		return url
	}
	return r.fallback
}

// Check asks for a token and for the signing keys, as the bot will, and says
// where it is registered.
func (a *Adapter) Check(ctx context.Context) (string, error) {
	if _, err := a.out.bearer.Token(ctx); err != nil {
		return "", err
	}
	if _, err := a.verifier.keys.find(ctx, ""); errors.Is(err, errNoKeys) {
		return "", err
	}
	return "registered as " + a.o.AppID + " in " + string(a.o.Tenant), nil
}
