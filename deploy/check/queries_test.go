package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var some = metrics{"up": {}, "cymar_events_total": {"handler", "result"}, "cymar_event_seconds_bucket": {"kind", "le"}}

func TestWhatPrometheusWouldRefuseIsRefused(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		`sum by (result) (rate(cymar_events_total[5m]))`:                                           "",
		`absent(up{job="cymar"} == 1)`:                                                             "",
		`histogram_quantile(0.99, sum by (le, kind) (rate(cymar_event_seconds_bucket[5m])))`:       "",
		`sum(rate(cymar_events_total{result="ok"}[5m])) / sum(rate(cymar_events_total[5m])) > 0.1`: "",
		`sum by (result) (rate(cymar_events_total[5m])`:                                            "unclosed",
		`rate(cymar_events_total)`:                                                                 "expected type range vector",
		`summ(cymar_events_total)`:                                                                 "unknown function",
		`cymar_event_total`:                                                                        "there is no cymar_event_total",
		`cymar_events_total{reason="x"}`:                                                           "no label reason",
		`sum by (reason) (cymar_events_total)`:                                                     "grouped by reason",
		`sum(cymar_events_total) + sum(rate(cymar_gone[5m]))`:                                      "there is no cymar_gone",
	} {
		err := some.query(query)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, not %q", query, err, want)
		}
	}
}

func TestARuleThatPrometheusWouldNotLoadIsRefused(t *testing.T) {
	t.Parallel()
	const rule = "groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 0\n"
	for name, c := range map[string]struct{ text, want string }{
		"a good one":            {rule, ""},
		"a duration":            {rule + "        for: soon\n", "not a valid duration"},
		"a field":               {rule + "        fro: 1m\n", "fro"},
		"a template":            {rule + "        annotations: {summary: '{{ .Gone'}\n", "annotation"},
		"the same twice":        {rule + "      - alert: A\n        expr: up == 0\n", ""},
		"two groups of a name":  {rule + "  - name: a\n    rules: []\n", "repeated"},
		"a metric there is not": {strings.Replace(rule, "up ==", "down ==", 1), "there is no down"},
	} {
		path := filepath.Join(t.TempDir(), "rules.yaml")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := some.rules(path)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, not %q", name, err, c.want)
		}
	}
}

func TestTheAlertsAndTheDashboardAskForWhatThereIs(t *testing.T) {
	t.Parallel()
	m, err := readMetrics("../metrics.txt")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := m.rules("../alerts.yaml"); err != nil || n < 8 {
		t.Errorf("%d rules, %v", n, err)
	}
	if n, err := m.dashboard("../grafana-dashboard.json"); err != nil || n < 20 {
		t.Errorf("%d queries, %v", n, err)
	}
}
