package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatTheAPIServerWouldRefuseIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ doc, want string }{
		"an unknown field": {"apiVersion: v1\nkind: Service\nspec: {prots: []}", "prots"},
		"a wrong type":     {"apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: two}", "replicas"},
		"an unknown kind":  {"apiVersion: apps/v1beta1\nkind: Deployment", "not among the kinds"},
		"a field twice":    {"apiVersion: v1\nkind: Service\nkind: Service", "already"},
	} {
		path := filepath.Join(t.TempDir(), "x.yaml")
		if err := os.WriteFile(path, []byte(c.doc), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := check(path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
