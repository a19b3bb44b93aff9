package teams_test

import (
	"crypto/x509"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
)

// forged is one row of the token matrix: what differs from a good call, and
// the status that it leads to.
type forged struct {
	name   string
	want   int
	header func(s *teamsfake.Service, c jwt.MapClaims) string
	change func(activity map[string]any)
}

func with(name string, value any) func(*teamsfake.Service, jwt.MapClaims) string {
	return func(s *teamsfake.Service, c jwt.MapClaims) string {
		c[name] = value
		if value == nil {
			delete(c, name)
		}
		return "Bearer " + s.Sign(c)
	}
}

func shifted(name string, by time.Duration) func(*teamsfake.Service, jwt.MapClaims) string {
	return func(s *teamsfake.Service, c jwt.MapClaims) string { return with(name, s.Now().Add(by).Unix())(s, c) }
}

func signed(m jwt.SigningMethod, id string, key any) func(*teamsfake.Service, jwt.MapClaims) string {
	return func(s *teamsfake.Service, c jwt.MapClaims) string {
		if key == nil {
			key = s.Current().Private
		}
		return "Bearer " + teamsfake.SignWith(m, id, key, c)
	}
}

func good(s *teamsfake.Service, c jwt.MapClaims) string { return "Bearer " + s.Sign(c) }

func mangled(how func(token string) string) func(*teamsfake.Service, jwt.MapClaims) string {
	return func(s *teamsfake.Service, c jwt.MapClaims) string { return how(s.Sign(c)) }
}

func as(field string, value any) func(map[string]any) {
	return func(a map[string]any) {
		a[field] = value
		if value == nil {
			delete(a, field)
		}
	}
}

// matrix is every kind of token that may come. The npm oracle reads the same
// table: docs/decisions/0013-teams.md has where it differs, and why.
func matrix() []forged {
	public := x509.MarshalPKCS1PublicKey(&teamsfake.Stranger().PublicKey)
	const ok, no = http.StatusOK, http.StatusUnauthorized
	return []forged{
		{"a good token", ok, good, nil},
		{"the wrong key", no, signed(jwt.SigningMethodRS256, "key-1", teamsfake.Stranger()), nil},
		{"an unknown key id", no, signed(jwt.SigningMethodRS256, "key-9", nil), nil},
		{"no key id", no, signed(jwt.SigningMethodRS256, "", nil), nil},
		{"another issuer", no, with("iss", "https://sts.windows.net/x/"), nil},
		{"no issuer", no, with("iss", nil), nil},
		{"another audience", no, with("aud", "22222222-2222-4333-8444-555555555555"), nil},
		{"no audience", no, with("aud", nil), nil},
		{"an audience in a list", ok, with("aud", []string{teamsfake.AppID}), nil},
		{"a list without us", no, with("aud", []string{"a", "b"}), nil},
		{"alg none", no, signed(jwt.SigningMethodNone, "key-1", jwt.UnsafeAllowNoneSignatureType), nil},
		{"HS256 with the public key", no, signed(jwt.SigningMethodHS256, "key-1", public), nil},
		{"RS384", no, signed(jwt.SigningMethodRS384, "key-1", nil), nil},
		{"RS512", no, signed(jwt.SigningMethodRS512, "key-1", nil), nil},
		{"PS256", no, signed(jwt.SigningMethodPS256, "key-1", nil), nil},
		{"ended an hour ago", no, shifted("exp", -time.Hour), nil},
		{"ended ten seconds ago", ok, shifted("exp", -10*time.Second), nil},
		{"no end", no, with("exp", nil), nil},
		{"valid in five seconds", ok, shifted("nbf", 5*time.Second), nil},
		{"valid in an hour", no, shifted("nbf", time.Hour), nil},
		{"no beginning", ok, with("nbf", nil), nil},
		{"another service URL", no, with("serviceurl", "https://evil.example/"), nil},
		{"no service URL", no, with("serviceurl", nil), nil},
		{"a service URL that is a number", no, with("serviceurl", 7), nil},
		{"empty service URLs on both sides", no, with("serviceurl", ""), as("serviceUrl", "")},
		{"an activity without a service URL", no, good, as("serviceUrl", nil)},
		{"a channel that is not endorsed", no, good, as("channelId", "webchat")},
		{"no channel", no, good, as("channelId", nil)},
		{"no header", no, func(*teamsfake.Service, jwt.MapClaims) string { return "" }, nil},
		{"without Bearer", no, mangled(func(s string) string { return s }), nil},
		{"Basic", no, mangled(func(s string) string { return "Basic " + s }), nil},
		{"a signature that was cut", no, mangled(func(s string) string { return "Bearer " + s[:len(s)-8] }), nil},
		{"a fourth part", no, mangled(func(s string) string { return "Bearer " + s + ".x" }), nil},
		{"a header that is very long", no, mangled(func(s string) string { return "Bearer " + strings.Repeat("a.", 20<<10) + s }), nil},
	}
}

func TestOnlyTokensOfTheServiceForThisActivityAreTaken(t *testing.T) {
	t.Parallel()
	for _, c := range matrix() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			amara, _, _ := teamsfake.People()
			activity := r.fake.Message("m", amara, teamsfake.Personal(amara), "hello")
			if c.change != nil {
				c.change(activity)
			}
			header := c.header(r.fake, r.fake.Claims(r.fake.ServiceURL()))
			if got := r.post(t, header, activity); got != c.want {
				t.Errorf("status %d, want %d", got, c.want)
			}
			if n := len(r.took.All()); (n == 1) != (c.want == http.StatusOK) {
				t.Errorf("%d events came", n)
			}
			r.quiet(t)
		})
	}
}

func TestKeysAreFetchedOnceHoweverManyComeAtAColdStart(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			status, _, err := r.fake.Deliver(t.Context(), r.url, r.fake.Message("m", amara, teamsfake.Personal(amara), "hello"))
			if err != nil || status != http.StatusOK {
				t.Errorf("status %d, %v", status, err)
			}
		})
	}
	wg.Wait()
	if n := r.fake.Count("keys"); n != 1 {
		t.Errorf("the keys were fetched %d times", n)
	}
}

func TestForgedKeyIDsMakeUsCallOutOnceAMinuteAtMost(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	activity := r.fake.Message("m", amara, teamsfake.Personal(amara), "hello")
	for range 50 {
		header := "Bearer " + teamsfake.SignWith(jwt.SigningMethodRS256, "forged", teamsfake.Stranger(), r.fake.Claims(r.fake.ServiceURL()))
		if got := r.post(t, header, activity); got != http.StatusUnauthorized {
			t.Fatalf("status %d", got)
		}
	}
	if n := r.fake.Count("keys"); n != 1 {
		t.Errorf("the keys were fetched %d times", n)
	}
	r.deliver(t, http.StatusOK, activity)
}

func TestAKeyThatIsNewIsFoundAndOneThatWasWithdrawnGoes(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	activity := r.fake.Message("m", amara, teamsfake.Personal(amara), "hello")
	r.deliver(t, http.StatusOK, activity)
	old := r.fake.Current()
	r.fake.Rotate()
	if got := r.post(t, good(r.fake, r.fake.Claims(r.fake.ServiceURL())), activity); got != http.StatusUnauthorized {
		t.Errorf("within the minute: status %d", got)
	}
	r.clock.Advance(61 * time.Second)
	r.deliver(t, http.StatusOK, activity)
	header := "Bearer " + teamsfake.SignWith(jwt.SigningMethodRS256, old.ID, old.Private, r.fake.Claims(r.fake.ServiceURL()))
	if got := r.post(t, header, activity); got != http.StatusUnauthorized {
		t.Errorf("the withdrawn key: status %d", got)
	}
}

func TestTheLastGoodKeysServeWhileTheEndpointIsDown(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	activity := r.fake.Message("m", amara, teamsfake.Personal(amara), "hello")
	r.deliver(t, http.StatusOK, activity)
	r.clock.Advance(25 * time.Hour)
	r.fake.Next("openid", teamsfake.Fault{Status: 500})
	r.deliver(t, http.StatusOK, activity)
	r.clock.Advance(2 * time.Minute)
	r.fake.Next("keys", teamsfake.Fault{Status: 200, Body: `{"keys":[]}`})
	r.deliver(t, http.StatusOK, activity)
	if n := r.fake.Count("openid"); n != 3 {
		t.Errorf("tried %d times", n)
	}
}

func TestWithoutAnyKeysTeamsIsAskedToTryAgain(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]teamsfake.Fault{
		"down": {Status: 503}, "cut": {Cut: true}, "nonsense": {Status: 200, Body: "<html>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			r.fake.Next("openid", fault)
			amara, _, _ := teamsfake.People()
			activity := r.fake.Message("m", amara, teamsfake.Personal(amara), "hello")
			r.deliver(t, http.StatusServiceUnavailable, activity)
			r.clock.Advance(2 * time.Minute)
			r.deliver(t, http.StatusOK, activity)
		})
	}
}

func TestTheAdapterDoesNotStartHalfConfigured(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*teams.Options){
		"no application": func(o *teams.Options) { o.AppID = "" },
		"no tenant":      func(o *teams.Options) { o.Tenant = "" },
		"no secret":      func(o *teams.Options) { o.Secret = nil },
		"empty secret":   func(o *teams.Options) { o.Secret = func() string { return "" } },
	} {
		f := &teamsfake.Service{}
		o := options(f, nil)
		change(&o)
		if _, err := teams.New(o); err == nil {
			t.Errorf("%s: it started", name)
		}
	}
}
