package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheMeterMeasuresOurOwnSubject(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("there is no redis-server: apt-get install redis-server")
	}
	subject := filepath.Join(t.TempDir(), "subject")
	if out, err := exec.Command("go", "build", "-o", subject, "./subject").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f, err := measure(subject, 100, 4)
	if err != nil {
		t.Fatal(err)
	}
	if f.acked <= 0 || f.answered <= 0 || f.answered > f.acked || f.p50 <= 0 || f.p99 < f.p50 || f.rss < 1 {
		t.Errorf("%+v", f)
	}
	var w strings.Builder
	if err := compare(&w, 50, 4, []string{"one=" + subject, "two=" + subject}); err != nil || !strings.Contains(w.String(), "ratio to two") {
		t.Errorf("%v in %s", err, w.String())
	}
}

func TestAProgramThatDoesNotAnswerIsNamed(t *testing.T) {
	t.Parallel()
	if err := compare(&strings.Builder{}, 1, 1, []string{"nothing"}); err == nil || !strings.Contains(err.Error(), "name=command") {
		t.Errorf("%v", err)
	}
	if cpu, rss := usage(os.Getpid()); cpu < 0 || rss < 1 {
		t.Errorf("%v, %v MiB", cpu, rss)
	}
	if cpu, rss := usage(-1); cpu != 0 || rss != 0 {
		t.Errorf("a process that is not there: %v, %v", cpu, rss)
	}
}
