package config_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cymar/config"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNothingSetIsEnoughToStart(t *testing.T) {
	t.Parallel()
	c, err := config.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Page != "127.0.0.1:8484" || c.Shards != 1 || c.DataDir == "" || c.RedisURL.Set() {
		t.Errorf("%+v", c)
	}
}

func TestEveryFaultIsReportedAtOnceWithWhatToWriteInstead(t *testing.T) {
	t.Parallel()
	_, err := config.Load([]string{
		"CYMAR_SHARDS=many", "PLAYGROUND_ADDR=0.0.0.0:80", "LOG_LEVEL=loud",
		"KNOWLEDGE_DIR=/nowhere", "HEALTH_ADDR=9090", "LOG_FORMAT=xml", "DRAIN_FOR=1h", "CYMAR_SETTINGS=/nowhere.yaml",
		"REDIS_URL=redis://x", "REDIS_URL_FILE=/also",
	})
	for _, want := range []string{
		"CYMAR_SHARDS", "whole number", "PLAYGROUND_ADDR", "loopback", "LOG_LEVEL", "debug, info, warn or error",
		"text or json", "0s to 15s", "KNOWLEDGE_DIR", "HEALTH_ADDR", "CYMAR_SETTINGS", "REDIS_URL_FILE", "Keep one of the two",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
	if strings.Contains(fmt.Sprint(err), "redis://x") {
		t.Error("the error shows a secret")
	}
}

// The store keeps at most 64 shards; more has to be refused before it is asked.
func TestTheNumberOfShardsIsBounded(t *testing.T) {
	t.Parallel()
	for value, ok := range map[string]bool{"0": false, "1": true, "64": true, "65": false} {
		if _, err := config.Load([]string{"CYMAR_SHARDS=" + value}); (err == nil) != ok {
			t.Errorf("%s: %v", value, err)
		}
	}
}

func TestAValueMayStandInAFile(t *testing.T) {
	t.Parallel()
	c, err := config.Load([]string{"REDIS_URL_FILE=" + write(t, "url", "redis://:pw@host/0\n")})
	if err != nil {
		t.Fatal(err)
	}
	if c.RedisURL.Reveal() != "redis://:pw@host/0" {
		t.Error("the file's content was not taken")
	}
	if _, err := config.Load([]string{"REDIS_URL_FILE=/nowhere"}); err == nil || !strings.Contains(err.Error(), "REDIS_URL_FILE") {
		t.Errorf("a missing file: %v", err)
	}
}

func TestASecretNeverPrints(t *testing.T) {
	t.Parallel()
	c := config.Config{RedisURL: config.NewSecret("hunter2")}
	js, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("config", "url", c.RedisURL, "all", fmt.Sprintf("%+v", c))
	shown := []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), fmt.Sprintf("%s %v %q", c.RedisURL, c.RedisURL, c.RedisURL), string(js), log.String()}
	for _, s := range shown {
		if strings.Contains(s, "hunter2") {
			t.Errorf("shown: %s", s)
		}
	}
}

const good = `
spaces:
  - name: Peer support in the North
    platform: slack
    tenant: T1
    places: [C1, C2]
    nation: wales
    language: cy
    roles: {facilitator: [U1], psw: [U2, U3]}
    safeguarding_contact: U9
helplines:
  - {id: call-wales, on: true, verified_on: 2026-11-01}
`

const shorter = "retention: {audit: 90}\n"

func TestSpacesAndHelplinesComeFromTheSettingsFile(t *testing.T) {
	t.Parallel()
	c, err := config.Load([]string{"CYMAR_SETTINGS=" + write(t, "s.yaml", shorter+good)})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Spaces) != 1 || c.Spaces[0].Nation != "wales" || c.Spaces[0].Roles["psw"][1] != "U3" {
		t.Errorf("%+v", c.Spaces)
	}
	if c.Retention.Audit != 90 || c.Retention.Questions != 180 {
		t.Errorf("%+v", c.Retention)
	}
	if len(c.Helplines) != 1 || !c.Helplines[0].On || c.Helplines[0].VerifiedOn != "2026-11-01" {
		t.Errorf("%+v", c.Helplines)
	}
}

func TestFaultsInTheSettingsFileNameTheLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, want string }{
		"no name":        {"spaces:\n  - {platform: slack, tenant: T, places: [C]}", "s.yaml:2: the space has no name"},
		"nowhere":        {"spaces:\n  - {name: A, places: [C]}", "does not say where it is"},
		"no places":      {"spaces:\n  - {name: A, platform: slack, tenant: T}", "no places"},
		"nation":         {"spaces:\n  - {name: A, platform: slack, tenant: T, places: [C], nation: france}", "england, wales or both"},
		"language":       {"spaces:\n  - {name: A, platform: slack, tenant: T, places: [C], language: fr}", "Write en or cy"},
		"zone":           {"spaces:\n  - {name: A, platform: slack, tenant: T, places: [C], zone: Mars/North}", "IANA"},
		"role":           {"spaces:\n  - {name: A, platform: slack, tenant: T, places: [C], roles: {king: [U]}}", `no role "king"`},
		"unknown key":    {"spaces:\n  - {name: A, colour: red}", "s.yaml:2"},
		"second of two":  {good + "  - {id: x, on: true, verified_on: soon}\n", "verified_on"},
		"helpline no id": {"helplines:\n  - {on: false}", "no id"},
		"not yaml":       {"spaces: [", "s.yaml"},
		"kept too long":  {"retention: {audit: 4000}", "Write 1 to 400"},
		"kept backwards": {"retention: {questions: -1}", "Write 1 to 180"},
		"unknown class":  {"retention: {chats: 30}", "unknown field"},
		"unknown list":   {"rooms: []", "two lists"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load([]string{"CYMAR_SETTINGS=" + write(t, "s.yaml", c.file)})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("want %q in:\n%v", c.want, err)
			}
		})
	}
}

func FuzzSettings(f *testing.F) {
	f.Add(good)
	f.Add("spaces:\n  - [")
	f.Add("spaces: {a: b}")
	f.Fuzz(func(t *testing.T, content string) {
		path := filepath.Join(t.TempDir(), "s.yaml")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load([]string{"CYMAR_SETTINGS=" + path})
		if err == nil && len(c.Spaces) > 0 && c.Spaces[0].Name == "" {
			t.Error("a space without a name was accepted")
		}
	})
}
