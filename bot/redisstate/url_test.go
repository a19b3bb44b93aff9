package redisstate

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAddressesAreRead(t *testing.T) {
	t.Parallel()
	type want struct {
		Addrs                []string
		User, Password       string
		DB                   int
		Master, SentinelPass string
		Cluster, TLS, Copies bool
	}
	for url, w := range map[string]want{
		"redis://localhost":                        {Addrs: []string{"localhost:6379"}},
		"redis://localhost:6380/2":                 {Addrs: []string{"localhost:6380"}, DB: 2},
		"rediss://user:pa%40ss%2F@h:1":             {Addrs: []string{"h:1"}, User: "user", Password: "pa@ss/", TLS: true},
		"redis://:p@ss/word@h":                     {Addrs: []string{"h:6379"}, Password: "p@ss/word"},
		"redis://[::1]:6379":                       {Addrs: []string{"[::1]:6379"}},
		"redis://[::1]":                            {Addrs: []string{"[::1]:6379"}},
		"unix://:p@/run/redis.sock":                {Addrs: []string{"/run/redis.sock"}, Password: "p"},
		"unix:///run/redis.sock?db=3":              {Addrs: []string{"/run/redis.sock"}, DB: 3},
		"redis+cluster://:p@a:1,b,c:3":             {Addrs: []string{"a:1", "b:6379", "c:3"}, Password: "p", Cluster: true, Copies: true},
		"rediss+cluster://a":                       {Addrs: []string{"a:6379"}, Cluster: true, TLS: true, Copies: true},
		"redis+sentinel://u:p@a,b:2/main/4":        {Addrs: []string{"a:26379", "b:2"}, User: "u", Password: "p", DB: 4, Master: "main", Copies: true},
		"redis+sentinel://a/m?sentinel_password=s": {Addrs: []string{"a:26379"}, Master: "m", SentinelPass: "s", Copies: true},
	} {
		got, err := parseURL(url)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		o := got.options
		have := want{o.Addrs, o.Username, o.Password, o.DB, o.MasterName, o.SentinelPassword, o.IsClusterMode, o.TLSConfig != nil, got.replicated}
		if diff := cmp.Diff(w, have); diff != "" {
			t.Errorf("%s: %s", url, diff)
		}
		if w.Password != "" && strings.Contains(got.where, w.Password) {
			t.Errorf("%s: %q shows the password", url, got.where)
		}
	}
}

// bad is addresses that cannot be meant; each holds the password "hush".
var bad = []string{
	"hush", "localhost:6379?hush", "http://:hush@h", "redis+thing://:hush@h", "redis://:hush@", "redis://:hush@h:port",
	"redis://:hush@h:0", "redis://:hush@h:70000", "redis://:hush@h/one", "redis://:hush@h/-1", "redis://:hush%zz@h",
	"redis://:hush@a,b", "redis+sentinel://:hush@a", "redis+cluster://:hush@a,,b", "unix://?hush", "unix://:hush@run/s", "redis://:hush@h?%zz",
}

func TestABadAddressIsExplainedWithoutShowingIt(t *testing.T) {
	t.Parallel()
	for _, url := range bad {
		_, err := parseURL(url)
		var setup *SetupError
		if !errors.As(err, &setup) || setup.Remedy == "" || setup.Where != "REDIS_URL" {
			t.Errorf("%s: %v", url, err)
			continue
		}
		if strings.Contains(err.Error(), "hush") {
			t.Errorf("the password is shown: %v", err)
		}
	}
}

func FuzzAnyAddressIsReadOrRefused(f *testing.F) {
	for _, url := range bad {
		f.Add(url)
	}
	f.Add("redis+sentinel://u:p@[::1]:1,b/m/1?sentinel_password=s")
	f.Fuzz(func(t *testing.T, url string) {
		got, err := parseURL(url)
		if err == nil && len(got.options.Addrs) == 0 {
			t.Errorf("%q leads nowhere", url)
		}
	})
}
