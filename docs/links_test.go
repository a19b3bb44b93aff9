package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tests is the name of every test of the project.
func tests(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	named := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range named.FindAllStringSubmatch(string(b), -1) {
			all[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// pages is every document of this folder and those at the top.
func pages(t *testing.T) []string {
	t.Helper()
	all := []string{"../README.md", "../SECURITY.md", "../CONTRIBUTING.md", "../CHANGELOG.md"}
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".md") {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryLinkInTheDocumentsLeadsSomewhere(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`(?:^|[^!])\[[^\]]*\]\(([^)\s]+)\)`) // pictures are made, not written
	followed := 0
	for _, page := range pages(t) {
		b, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(b), -1) {
			to, part, _ := strings.Cut(m[1], "#")
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			target := filepath.Join(filepath.Dir(page), filepath.FromSlash(to))
			if to == "" {
				target = page
			}
			followed++
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %s leads nowhere", page, m[1])
			} else if part != "" && !hasHeading(t, target, part) {
				t.Errorf("%s: there is no part %q in %s", page, part, target)
			}
		}
	}
	if followed < 60 {
		t.Errorf("only %d links were followed", followed)
	}
}

// hasHeading reports whether a page has a heading of this anchor.
func hasHeading(t *testing.T, page, anchor string) bool {
	t.Helper()
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "#") {
			continue
		}
		name := strings.ToLower(strings.TrimSpace(strings.TrimLeft(line, "#")))
		name = regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(name, "")
		if strings.ReplaceAll(name, " ", "-") == anchor {
			return true
		}
	}
	return false
}

func TestEveryTestThatADocumentNamesExists(t *testing.T) {
	t.Parallel()
	have := tests(t)
	named := regexp.MustCompile("`(Test[A-Z]\\w+)`")
	found := 0
	for _, page := range pages(t) {
		b, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(b), -1) {
			found++
			if !have[m[1]] {
				t.Errorf("%s names %s, which there is not", page, m[1])
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d names were found", found)
	}
}
