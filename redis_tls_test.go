package main

import (
	"net/url"
	"strings"
	"testing"

	"cymar/bot/bottest"
)

func TestTheProgramChecksRedisOverTLSAndEndsWithTwoWhereItCannotBeTrusted(t *testing.T) {
	t.Parallel()
	c, other := bottest.Certify(t, "127.0.0.1"), bottest.Certify(t, "127.0.0.1")
	server := bottest.NewTLSServer(t, c)
	address := func(ca string) []string {
		return []string{"REDIS_URL=rediss://cymar:pa%3Ass%40%2F@" + server.URL + "?ca=" + url.QueryEscape(ca)}
	}
	if got := cymar(t, "", address(c.CA), "check"); got.status != 0 || !strings.Contains(got.out, "Store: Redis at "+server.URL) {
		t.Errorf("%+v", got)
	}
	for _, command := range []string{"check", "serve"} {
		got := cymar(t, "", address(other.CA), command)
		if got.status != 2 || !strings.Contains(got.err, "not signed by an authority that is known here") || strings.Contains(got.err, "pa:ss") {
			t.Errorf("%s: %+v", command, got)
		}
	}
}
