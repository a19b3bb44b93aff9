package teams

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"cymar/bot"
)

// Scopes that tokens are asked for.
const (
	botScope   = "https://api.botframework.com/.default"
	graphScope = "https://graph.microsoft.com/.default"
)

// early is how long before its end a token is renewed.
const early = 5 * time.Minute

// Bearer gives the token that our calls carry. Its errors are *bot.SendError
// and hold no secret.
type Bearer interface {
	Token(ctx context.Context) (string, error)
	// Drop forgets a token that was refused.
	Drop(token string)
}

// secretBearer is the client credentials grant in the bot's own tenant. Many
// callers at once lead to one renewal.
type secretBearer struct {
	config clientcredentials.Config
	client *http.Client

	mu     sync.Mutex
	source oauth2.TokenSource
}

func newSecretBearer(o Options, scope string, client *http.Client) *secretBearer {
	b := &secretBearer{client: client, config: clientcredentials.Config{
		ClientID: o.AppID, ClientSecret: o.Secret(), Scopes: []string{scope},
		TokenURL:  o.Endpoints.Login + "/" + string(o.Tenant) + "/oauth2/v2.0/token",
		AuthStyle: oauth2.AuthStyleInParams,
	}}
	b.source = b.fresh()
	return b
}

// fresh is a source that knows no token yet. It outlives the request that
// first needs it, so it has no context but the client with its time-out.
func (b *secretBearer) fresh() oauth2.TokenSource {
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, b.client)
	return oauth2.ReuseTokenSourceWithExpiry(nil, b.config.TokenSource(ctx), early)
}

// Token is the current token.
func (b *secretBearer) Token(context.Context) (string, error) {
	b.mu.Lock()
	source := b.source
	b.mu.Unlock()
	t, err := source.Token()
	if err != nil {
		return "", tokenFault(err)
	}
	return t.AccessToken, nil
}

// Drop forgets a token, unless another has taken its place.
func (b *secretBearer) Drop(token string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t, err := b.source.Token(); err == nil && t.AccessToken == token {
		b.source = b.fresh()
	}
}

// tokenFault says in the outbox's terms why there is no token. What the
// endpoint wrote is left out but for its code, AADSTS and a number.
func tokenFault(err error) error {
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) || refused.Response == nil {
		return &bot.SendError{Reason: bot.ServerFault, Err: errors.New("the token endpoint cannot be reached")}
	}
	status := refused.Response.StatusCode
	if status < 400 || status == http.StatusTooManyRequests || status >= 500 || status == http.StatusRequestTimeout {
		return &bot.SendError{Reason: bot.ServerFault, After: retryAfter(refused.Response.Header, time.Now()), Err: errors.New("the token endpoint is not well")}
	}
	return &bot.SendError{Reason: bot.AuthFailed, Err: errors.New("the token endpoint refused our credentials: " + code(refused.ErrorDescription, refused.ErrorCode))}
}

// code is the number of an Entra error, or the protocol's own code.
func code(description, other string) string {
	if first, _, _ := strings.Cut(description, ":"); strings.HasPrefix(first, "AADSTS") && len(first) <= 16 {
		return first
	}
	if len(other) <= 40 {
		return other
	}
	return "unknown"
}

// identityBearer is a managed identity: no secret to keep or to lose. It keeps
// its own token and renews it.
type identityBearer struct {
	from  *azidentity.ManagedIdentityCredential
	scope string
}

func newIdentityBearer(clientID, scope string, client *http.Client) (*identityBearer, error) {
	o := &azidentity.ManagedIdentityCredentialOptions{ID: azidentity.ClientID(clientID)}
	o.Transport = client
	c, err := azidentity.NewManagedIdentityCredential(o)
	return &identityBearer{c, scope}, err
}

// Token is the current token.
func (b *identityBearer) Token(ctx context.Context) (string, error) {
	t, err := b.from.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{b.scope}})
	if err != nil {
		var refused *azidentity.AuthenticationFailedError
		if errors.As(err, &refused) && refused.RawResponse != nil && refused.RawResponse.StatusCode < 500 {
			return "", &bot.SendError{Reason: bot.AuthFailed, Err: errors.New("the managed identity was refused")}
		}
		return "", &bot.SendError{Reason: bot.ServerFault, Err: errors.New("the managed identity gave no token")}
	}
	return t.Token, nil
}

// Drop does nothing: the credential renews by itself.
func (b *identityBearer) Drop(string) {}
