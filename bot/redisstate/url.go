package redisstate

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// target is what an address leads to.
type target struct {
	options    *redis.UniversalOptions
	where      string // the address without user and password
	replicated bool   // Sentinel or Cluster: there are replicas to wait for
}

const urlRemedy = "write redis://host:6379, rediss://…, unix:///path, redis+sentinel://host:26379/master or redis+cluster://host:6379,host:6379"

// badURL never shows the address itself: it may hold a password.
func badURL(what string) error {
	return &SetupError{Where: "REDIS_URL", What: what, Remedy: urlRemedy}
}

// parseURL reads an address; see Open for its forms.
func parseURL(text string) (target, error) {
	scheme, rest, ok := strings.Cut(strings.TrimSpace(text), "://")
	if !ok {
		return target{}, badURL("it is no address")
	}
	t := target{options: &redis.UniversalOptions{}}
	base, kind, _ := strings.Cut(scheme, "+")
	switch {
	case scheme == "unix":
		err := t.unix(rest)
		return t, err
	case base != "redis" && base != "rediss":
		return target{}, badURL("its beginning is not known")
	}
	rest, query, err := t.outer(rest)
	if err != nil {
		return target{}, err
	}
	hosts, path, _ := strings.Cut(rest, "/")
	port := "6379"
	switch kind {
	case "":
		err = t.database(path)
	case "cluster":
		t.options.IsClusterMode, t.replicated = true, true
	case "sentinel":
		port, t.replicated = "26379", true
		t.options.SentinelPassword = query.Get("sentinel_password")
		t.options.MasterName, path, _ = strings.Cut(path, "/")
		err = t.database(path)
	default:
		err = badURL("what follows the + is not known")
	}
	if err == nil {
		err = t.addresses(hosts, port, kind)
	}
	if err == nil {
		err = t.secure(base == "rediss", query)
	}
	t.where = "Redis at " + strings.Join(t.options.Addrs, ", ")
	return t, err
}

// secure is TLS, with the certificates of the system or of a CA of one's own.
// Each host is checked by its own name.
func (t *target) secure(on bool, query url.Values) error {
	for word := range query {
		if word != "ca" && word != "sentinel_password" {
			return badURL("what follows the ? is not known")
		}
	}
	ca := query.Get("ca")
	switch {
	case !on && ca != "":
		return badURL("it names a CA and does not say rediss")
	case on:
		t.options.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if ca == "" {
		return nil
	}
	text, err := os.ReadFile(ca)
	if err != nil {
		return badURL("the CA's file cannot be read")
	}
	t.options.TLSConfig.RootCAs = x509.NewCertPool()
	if !t.options.TLSConfig.RootCAs.AppendCertsFromPEM(text) {
		return badURL("the CA's file holds no certificate")
	}
	return nil
}

// outer takes user, password and query off.
func (t *target) outer(rest string) (string, url.Values, error) {
	rest, q, _ := strings.Cut(rest, "?")
	query, err := url.ParseQuery(q)
	if err != nil {
		return "", nil, badURL("what follows the ? cannot be read")
	}
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		user, password, _ := strings.Cut(rest[:at], ":")
		if t.options.Username, err = url.PathUnescape(user); err == nil {
			t.options.Password, err = url.PathUnescape(password)
		}
		rest = rest[at+1:]
	}
	if err != nil {
		return "", nil, badURL("the user or the password cannot be read (write % as %25)")
	}
	return rest, query, nil
}

func (t *target) database(path string) error {
	path = strings.Trim(path, "/")
	if path == "" {
		return nil
	}
	n, err := strconv.Atoi(path)
	if err != nil || n < 0 {
		return badURL("the database at its end is no number")
	}
	t.options.DB = n
	return nil
}

func (t *target) addresses(hosts, port, kind string) error {
	if t.replicated && kind == "sentinel" && t.options.MasterName == "" {
		return badURL("the name of the Sentinel master is missing")
	}
	for h := range strings.SplitSeq(hosts, ",") {
		if h = strings.TrimSpace(h); h == "" {
			return badURL("a host is missing")
		}
		if _, _, err := net.SplitHostPort(h); err != nil {
			h = net.JoinHostPort(strings.Trim(h, "[]"), port)
		}
		_, p, err := net.SplitHostPort(h)
		if n, bad := strconv.ParseUint(p, 10, 16); err != nil || bad != nil || n == 0 {
			return badURL("a host's port is no number from 1 to 65535")
		}
		t.options.Addrs = append(t.options.Addrs, h)
	}
	if kind == "" && len(t.options.Addrs) > 1 {
		return badURL("it names several hosts, and does not say whether they are a cluster or Sentinels")
	}
	return nil
}

// unix is an address by socket.
func (t *target) unix(rest string) error {
	path, query, err := t.outer(rest)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(path, "/") {
		return badURL("the path of the socket does not begin with /")
	}
	for word := range query {
		if word != "db" {
			return badURL("what follows the ? is not known")
		}
	}
	t.options.Addrs = []string{path}
	t.where = "Redis at " + path
	return t.database(query.Get("db"))
}
