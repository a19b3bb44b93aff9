package redisstate

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"
)

// patience is how long a store may take to answer for the first time.
const patience = 5 * time.Second

// Open connects to the Redis at Options.URL, or starts the embedded store in
// Options.DataDir where there is no address. The address has one of the forms
//
//	redis://[user:password@]host:6379[/database]        one node
//	rediss://…[?ca=/path/to/ca.pem]                     the same over TLS
//	unix://[user:password@]/path/to/redis.sock[?db=1]   one node, by its socket
//	redis+sentinel://[user:password@]host:26379,host:26379/master[/database][?sentinel_password=…]
//	redis+cluster://[user:password@]host:6379,host:6379 a cluster
//	rediss+sentinel://…, rediss+cluster://…             the same over TLS
//
// The embedded store is a redis-server or valkey-server from PATH; where there
// is none, it is in memory and Store.Volatile is true. Every error is a
// *SetupError: one sentence that names the place and the remedy.
func Open(ctx context.Context, o Options) (*Store, error) {
	o = o.withDefaults()
	s := &Store{o: o}
	var err error
	if o.URL == "" {
		err = s.embed(ctx)
	} else {
		err = s.dial(ctx)
	}
	if err == nil {
		err = s.settleShards(ctx)
	}
	if err == nil {
		err = s.settlePepper(ctx)
	}
	if err != nil {
		return nil, asSetup(s.Where, errors.Join(err, s.Close()))
	}
	return s, nil
}

// asSetup makes a *SetupError of any error.
func asSetup(where string, err error) error {
	var known *SetupError
	if errors.As(err, &known) {
		return known
	}
	return &SetupError{Where: where, What: err.Error(), Remedy: "see that it runs and can be reached", Err: err}
}

// dial connects to the address and checks what answers.
func (s *Store) dial(ctx context.Context) error {
	target, err := parseURL(s.o.URL)
	if err != nil {
		return err
	}
	s.Where = target.where
	s.connect(target.options)
	if target.replicated && s.o.Replicas == 0 {
		s.o.Replicas = 1
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := s.client.Ping(ctx).Err(); err != nil {
		return unanswered(s.Where, err, target.options.TLSConfig != nil)
	}
	return s.suits(ctx)
}

// connect makes the client. Readers hold a connection each while they wait.
func (s *Store) connect(o *redis.UniversalOptions) {
	o.ContextTimeoutEnabled = true
	o.DialTimeout = 2 * time.Second
	o.DialerRetries = 1 // a command is tried three times as it is, and a platform waits
	o.PoolSize = max(s.o.Shards, 1)*len(queues)*2 + (eager+2)*s.o.Workers + 64
	o.DisableIdentity = true
	s.client = redis.NewUniversalClient(o)
	s.closer = append(s.closer, s.client.Close)
}

// unanswered explains why there is no answer.
func unanswered(where string, err error, secure bool) error {
	if e := distrusted(where, err); e != nil {
		return e
	}
	e := &SetupError{Where: where, Err: err, What: "no answer", Remedy: "start it or correct REDIS_URL; without REDIS_URL the bot starts a store of its own"}
	switch {
	case redis.HasErrorPrefix(err, "NOAUTH"):
		e.What, e.Remedy = "it wants a password", "put it into REDIS_URL: redis://:password@host:6379"
	case redis.HasErrorPrefix(err, "WRONGPASS"):
		e.What, e.Remedy = "it does not accept the user or the password", "correct them in REDIS_URL"
	case redis.HasErrorPrefix(err, "NOPERM"):
		e.What, e.Remedy = "the user may not do what is needed there", "give the user all commands on keys {cymar:*"
	case strings.Contains(err.Error(), "DB index"):
		e.What, e.Remedy = "it has no such database", "correct the number at the end of REDIS_URL"
	default:
		e.What = "no answer (" + err.Error() + ")"
		if !errors.Is(err, syscall.ECONNREFUSED) {
			e.Remedy = muted(secure)
		}
	}
	return e
}

// muted is what to do about somebody who is there and says nothing that can be
// understood.
func muted(secure bool) string {
	if secure {
		return "see that it speaks TLS on that port; if it does not, write redis:// in REDIS_URL"
	}
	return "see that it is well; if it speaks TLS on that port, write rediss:// in REDIS_URL"
}

// distrusted explains what is wrong with TLS; nil when it is something else.
func distrusted(where string, err error) *SetupError {
	e := &SetupError{Where: where, Err: err}
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var noTLS tls.RecordHeaderError
	switch {
	case errors.As(err, &unknown):
		e.What = "its certificate is not signed by an authority that is known here"
		e.Remedy = "name the authority's file at the end of REDIS_URL, rediss://…?ca=/path/to/ca.pem, or in SSL_CERT_FILE"
	case errors.As(err, &host):
		e.What, e.Remedy = "its certificate is for another host than "+host.Host, "use the name that stands in the certificate"
	case errors.As(err, &invalid):
		e.What, e.Remedy = "its certificate is not valid ("+invalid.Error()+")", "renew it, and compare the clocks"
	case errors.As(err, &noTLS):
		e.What, e.Remedy = "it does not speak TLS there", "use its TLS port, or redis:// where the network is yours alone"
	default:
		return nil
	}
	return e
}

// oldest is the oldest Redis that has what the outbox needs.
const oldest = 7

// suits checks the version, and warns where data could be thrown away. A
// service that hides what it is gets the benefit of the doubt.
func (s *Store) suits(ctx context.Context) error {
	return s.judgeInfo(s.client.Info(ctx, "server").Val() + s.client.Info(ctx, "memory").Val() + s.client.Info(ctx, "persistence").Val())
}

func (s *Store) judgeInfo(info string) error {
	version := infoField(info, "redis_version")
	major, _, _ := strings.Cut(version, ".")
	if n, err := strconv.Atoi(major); err == nil && n < oldest && infoField(info, "valkey_version") == "" {
		return &SetupError{Where: s.Where, What: "it is Redis " + version, Remedy: "use Redis 7.0 or later, or Valkey"}
	}
	if p := infoField(info, "maxmemory_policy"); p != "" && p != "noeviction" {
		s.o.Log.Warn("Redis may throw data away when its memory is full; set maxmemory-policy to noeviction",
			slog.String("policy", p))
	}
	if infoField(info, "aof_enabled") == "0" {
		s.o.Log.Warn("Redis keeps no append-only file: what was accepted last is lost if it dies; set appendonly to yes")
	}
	return nil
}

func infoField(info, name string) string {
	for line := range strings.Lines(info) {
		if v, ok := strings.CutPrefix(strings.TrimSpace(line), name+":"); ok {
			return v
		}
	}
	return ""
}

// embed starts the store of our own.
func (s *Store) embed(ctx context.Context) error {
	server, err := startServer(ctx, s.o.DataDir, s.o.Log)
	if errors.Is(err, errNoServer) {
		return s.inMemory()
	}
	if err != nil {
		return err
	}
	s.Where = fmt.Sprintf("the store in %s", server.dir)
	s.connect(&redis.UniversalOptions{Addrs: []string{server.socket}})
	s.closer = append(s.closer, server.stop)
	if err := server.await(ctx); err != nil {
		return err
	}
	return s.suits(ctx)
}
