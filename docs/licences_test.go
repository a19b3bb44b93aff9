package docs_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is one that the bot or its tests are built of.
type module struct{ path, version, dir string }

// modules asks the toolchain.
func modules(t *testing.T) []module {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-test", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "./...")
	cmd.Dir = ".."
	var bad bytes.Buffer
	cmd.Stderr = &bad
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, bad.String())
	}
	lines := strings.Fields(strings.ReplaceAll(strings.TrimSpace(string(out)), "\t", "|"))
	slices.Sort(lines)
	var all []module
	for _, l := range slices.Compact(lines) {
		p := strings.Split(l, "|")
		all = append(all, module{p[0], p[1], p[2]})
	}
	return all
}

// licence names the licence of a module by its text; "" when it has none that
// we know.
func licence(text string) string {
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	for _, l := range []struct{ name, says string }{
		{"AGPL", "gnu affero general public license"},
		{"GPL", "gnu general public license version"},
		{"LGPL", "gnu lesser general public license"},
		{"Apache-2.0", "apache license version 2.0"},
		{"Apache-2.0", "apache license, version 2.0"},
		{"MPL-2.0", "mozilla public license version 2.0"},
		{"MPL-2.0", "mozilla public license, version 2.0"},
		{"MIT", "permission is hereby granted, free of charge"},
		{"BSD", "redistribution and use in source and binary forms"},
		{"ISC", "permission to use, copy, modify, and/or distribute this software"},
		{"Unlicense", "this is free and unencumbered software"},
	} {
		if strings.Contains(text, l.says) {
			return l.name
		}
	}
	return ""
}

func licenceOf(t *testing.T, m module) string {
	t.Helper()
	for _, pattern := range []string{"LICEN[SC]E*", "licen[sc]e*", "Licen[sc]e*", "COPYING*", "UNLICENSE*"} {
		files, _ := filepath.Glob(filepath.Join(m.dir, pattern))
		for _, f := range files {
			if b, err := os.ReadFile(f); err == nil && licence(string(b)) != "" {
				return licence(string(b))
			}
		}
	}
	return ""
}

const licencesIntro = `# Licences

Generated from the licence text of every module that the bot or its tests are built of; ` + "`make generate`" + ` writes it again. A test fails when it is out of date, and when a module is under the GPL, the AGPL or the LGPL, or under no licence that it knows.

| module | version | licence |
| --- | --- | --- |
`

func TestTheListOfLicencesIsUpToDateAndHoldsNoneThatAsksForMore(t *testing.T) {
	t.Parallel()
	var w strings.Builder
	w.WriteString(licencesIntro)
	all := modules(t)
	for _, m := range all {
		l := licenceOf(t, m)
		if l == "" || strings.Contains(l, "GPL") {
			t.Errorf("%s %s: licence %q", m.path, m.version, l)
		}
		fmt.Fprintf(&w, "| `%s` | %s | %s |\n", m.path, m.version, l)
	}
	if len(all) < 20 {
		t.Errorf("only %d modules were found", len(all))
	}
	current(t, "licences.md", w.String())
}

func TestLicencesAreToldApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"GNU AFFERO GENERAL PUBLIC LICENSE\n Version 3":                "AGPL",
		"GNU GENERAL PUBLIC LICENSE\n Version 2":                       "GPL",
		"Permission is hereby granted,\nfree of charge, to any person": "MIT",
		"Redistribution and use in source\nand binary forms, with or":  "BSD",
		"Apache License\n Version 2.0, January 2004":                   "Apache-2.0",
		"All rights reserved. You may look at it and go away.":         "",
	} {
		if got := licence(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// least is the version below which a module has a known advisory.
var least = map[string]string{
	"github.com/golang-jwt/jwt/v4": "v4.5.2",  // CVE-2025-30204: memory, by a token of many dots
	"github.com/golang-jwt/jwt/v5": "v5.2.2",  // the same
	"github.com/lestrrat-go/jwx":   "v1.2.31", // compressed tokens
	"github.com/redis/go-redis/v9": "v9.7.3",  // CVE-2025-29923: answers out of order
}

func TestNoModuleIsOlderThanItsLastAdvisory(t *testing.T) {
	t.Parallel()
	found := 0
	for _, m := range modules(t) {
		want, ok := least[m.path]
		if !ok {
			continue
		}
		found++
		if older(m.version, want) {
			t.Errorf("%s %s is older than %s", m.path, m.version, want)
		}
	}
	if found < 2 {
		t.Errorf("only %d of them were found", found)
	}
	if !older("v4.5.1", "v4.5.2") || older("v4.10.0", "v4.5.2") || older("v4.5.2", "v4.5.2") {
		t.Error("versions are compared wrongly")
	}
}

// older compares versions number by number.
func older(a, b string) bool {
	numbers := func(v string) (out []int) {
		for _, p := range strings.Split(strings.TrimPrefix(strings.SplitN(v, "-", 2)[0], "v"), ".") {
			n, _ := strconv.Atoi(p)
			out = append(out, n)
		}
		return out
	}
	return slices.Compare(numbers(a), numbers(b)) < 0
}
