package redisstate

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"cymar/bot/bottest"
)

func TestARedisThatIsTooOldIsRefused(t *testing.T) {
	t.Parallel()
	for info, want := range map[string]bool{
		"# Server\r\nredis_version:6.2.14\r\n": false, "redis_version:7.0.15\r\n": true, "redis_version:8.2\r\n": true,
		"redis_version:6.9\r\nvalkey_version:8.0\r\n": true, "": true,
	} {
		s := &Store{Where: "Redis at h:1", o: Options{}.withDefaults()}
		err := s.judgeInfo(info)
		var setup *SetupError
		if (err == nil) != want || err != nil && (!errors.As(err, &setup) || setup.Remedy == "") {
			t.Errorf("%q: %v", info, err)
		}
	}
}

func TestARedisThatThrowsDataAwayIsWarnedOf(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string]bool{"noeviction": false, "allkeys-lru": true, "volatile-ttl": true} {
		var log bytes.Buffer
		s := &Store{o: Options{Log: slog.New(slog.NewTextHandler(&log, nil))}.withDefaults()}
		if err := s.judgeInfo("maxmemory_policy:" + policy + "\r\n"); err != nil {
			t.Error(err)
		}
		if strings.Contains(log.String(), "noeviction") != want {
			t.Errorf("%s: %q", policy, log.String())
		}
	}
}

func TestARedisWithoutAnAppendOnlyFileIsWarnedOf(t *testing.T) {
	t.Parallel()
	for enabled, want := range map[string]bool{"0": true, "1": false} {
		var log bytes.Buffer
		s := &Store{o: Options{Log: slog.New(slog.NewTextHandler(&log, nil))}.withDefaults()}
		if err := s.judgeInfo("aof_enabled:" + enabled + "\r\n"); err != nil {
			t.Error(err)
		}
		if strings.Contains(log.String(), "appendonly") != want {
			t.Errorf("%s: %q", enabled, log.String())
		}
	}
}

func TestWhatRedisRefusesIsExplained(t *testing.T) {
	t.Parallel()
	server := bottest.NewServer(t, "--requirepass", "right")
	if !server.Real() {
		t.Skip("redis-server is not installed")
	}
	for url, want := range map[string]string{
		server.URL:                                  "it wants a password",
		"unix://:wrong@" + server.Addr():            "does not accept",
		"unix://:right@" + server.Addr() + "?db=99": "no such database",
		"redis://user:wrong@127.0.0.1:1":            "no answer",
		"rediss://127.0.0.1:1":                      "no answer",
		"redis+cluster://127.0.0.1:1":               "no answer",
		"redis+sentinel://127.0.0.1:1/nothing":      "no answer",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			_, err := Open(t.Context(), Options{URL: url})
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "wrong") {
				t.Errorf("%s: %v", url, err)
			}
		})
	}
	for message, want := range map[string]string{
		"WRONGPASS invalid": "does not accept", "NOPERM this user": "may not do", "ERR DB index is out of range": "no such database", "NOAUTH x": "wants a password",
	} {
		if err := unanswered("Redis", redisError(message), false); !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", message, err)
		}
	}
}

// redisError is an error as Redis sends it.
type redisError string

func (e redisError) Error() string { return string(e) }
func (redisError) RedisError()     {}
