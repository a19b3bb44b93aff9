package teams

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"cymar/bot"
)

// leeway is how far the service's clock may differ from ours. It really does:
// tokens come that are valid only some seconds from now.
const leeway = 5 * time.Minute

// mostToken is how long an Authorization header may be, in bytes.
const mostToken = 16 << 10

// errForged is a token that is not the service's for us. Why is not told to
// the caller.
var errForged = errors.New("the token is not valid")

// verifier checks the token that the Bot Framework sends with each activity.
// Nothing turns it off.
type verifier struct {
	keys   *keyset
	parser *jwt.Parser
}

func newVerifier(appID, issuer string, keys *keyset, clock bot.Clock) *verifier {
	return &verifier{keys: keys, parser: jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodRS256.Alg()}),
		jwt.WithIssuer(issuer), jwt.WithAudience(appID), jwt.WithExpirationRequired(),
		jwt.WithLeeway(leeway), jwt.WithTimeFunc(clock.Now),
	)}
}

// claims is what a token says beyond the registered claims.
type claims struct {
	jwt.RegisteredClaims
	ServiceURL string `json:"serviceurl"`
}

// grant is what a valid token allows: an activity from this service URL, on a
// channel that the key is endorsed for.
type grant struct {
	serviceURL string
	key        key
}

// verify checks an Authorization header. The error is errForged, or errNoKeys
// when we could not check.
func (v *verifier) verify(ctx context.Context, header string) (grant, error) {
	scheme, raw, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || len(raw) > mostToken {
		return grant{}, errForged
	}
	var g grant
	var c claims
	var lost error
	_, err := v.parser.ParseWithClaims(raw, &c, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		k, err := v.keys.find(ctx, id)
		if errors.Is(err, errNoKeys) {
			lost = err
		}
		g.key = k
		return k.public, err
	})
	switch {
	case lost != nil:
		return grant{}, lost
	case err != nil, c.ServiceURL == "":
		return grant{}, errForged
	}
	g.serviceURL = c.ServiceURL
	return g, nil
}

// covers reports whether an activity is the one that the token was made for.
func (g grant) covers(serviceURL, channel string) bool {
	return serviceURL == g.serviceURL && g.key.endorses(channel)
}
