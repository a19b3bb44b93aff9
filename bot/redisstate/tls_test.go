package redisstate_test

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

// byTLS is the address of a server with what may be said of it.
func byTLS(s *bottest.Server, user, ca string) string {
	return "rediss://" + user + "@" + s.URL + "?ca=" + url.QueryEscape(ca)
}

const cymarUser = "cymar:pa%3Ass%40%2F"

func TestABotRunsOverTLSWithAnOwnCAAndAnACLUserThatMayDoLittle(t *testing.T) {
	t.Parallel()
	c := bottest.Certify(t, "127.0.0.1")
	s := answersOn(t, redisstate.Options{URL: byTLS(bottest.NewTLSServer(t, c), cymarUser, c.CA)})
	for shard := range int(s.Shards()) {
		if _, err := s.PurgeAudit(t.Context(), shard, 1, false); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Stats(t.Context()); err != nil {
		t.Error(err)
	}
	if s.RewriteFile(t.Context()) {
		t.Error("the user of the documents may rewrite the file, so the test shows less than it says")
	}
}

func TestARedisThatCannotBeTrustedIsRefusedAndExplained(t *testing.T) {
	t.Parallel()
	c, other, elsewhere := bottest.Certify(t, "127.0.0.1"), bottest.Certify(t, "127.0.0.1"), bottest.Certify(t, "redis.example.nhs.uk")
	server, wrongHost, plain := bottest.NewTLSServer(t, c), bottest.NewTLSServer(t, elsewhere), bottest.Mini(t)
	none := filepath.Join(t.TempDir(), "none.pem")
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		url  string
		says []string
	}{
		"another CA":                {byTLS(server, cymarUser, other.CA), []string{server.URL, "not signed by an authority", "ca="}},
		"no CA of our own":          {"rediss://" + cymarUser + "@" + server.URL, []string{"not signed by an authority", "SSL_CERT_FILE"}},
		"another host":              {byTLS(wrongHost, cymarUser, elsewhere.CA), []string{"for another host", "127.0.0.1"}},
		"a wrong password":          {byTLS(server, "cymar:hush", c.CA), []string{"does not accept the user or the password"}},
		"the default user":          {byTLS(server, ":hush", c.CA), []string{"does not accept the user or the password"}},
		"nobody":                    {"rediss://" + server.URL + "?ca=" + url.QueryEscape(c.CA), []string{"wants a password"}},
		"no TLS there":              {"rediss://:hush@" + strings.TrimPrefix(plain.URL, "redis://"), []string{"speaks TLS on that port", "redis://"}},
		"TLS that is not asked for": {"redis://" + cymarUser + "@" + server.URL, []string{"speaks TLS on that port", "rediss://"}},
		"no such file":              {byTLS(server, cymarUser, none), []string{"REDIS_URL", "CA's file cannot be read"}},
		"an empty file":             {byTLS(server, cymarUser, empty), []string{"REDIS_URL", "holds no certificate"}},
		"a CA without TLS":          {"redis://h?ca=" + url.QueryEscape(c.CA), []string{"REDIS_URL", "rediss"}},
		"a word nobody knows":       {"rediss://h?cafile=x", []string{"REDIS_URL", "what follows the ?"}},
		"an unknown in a path":      {"unix:///run/s?ca=x", []string{"REDIS_URL"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := redisstate.Open(t.Context(), redisstate.Options{URL: test.url})
			var setup *redisstate.SetupError
			if !errors.As(err, &setup) {
				t.Fatalf("got %v", err)
			}
			for _, s := range test.says {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
			if strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "pa:ss") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q", err)
			}
		})
	}
}
