package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

// metrics is what the bot exports: the labels of each, by name.
type metrics map[string][]string

// readMetrics reads the list that a test of adapters/monitor keeps true.
func readMetrics(path string) (metrics, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m := metrics{"up": {}} // Prometheus's own, of every target
	for line := range strings.Lines(string(data)) {
		words := strings.Fields(line)
		m[words[0]] = words[1:]
	}
	return m, nil
}

// targets is the labels that Prometheus puts on everything it fetches.
var targets = []string{model.MetricNameLabel, "job", "instance"}

// rules reads alert rules as Prometheus does, and checks what they ask for.
func (m metrics) rules(path string) (int, error) {
	groups, errs := rulefmt.ParseFile(path, false, model.UTF8Validation, parser.NewParser(parser.Options{}), slog.New(slog.DiscardHandler))
	if len(errs) > 0 {
		return 0, errors.Join(errs...)
	}
	n := 0
	var err error
	for _, g := range groups.Groups {
		for _, r := range g.Rules {
			n++
			if e := m.query(r.Expr); e != nil {
				err = errors.Join(err, fmt.Errorf("%s, %s: %w", path, r.Alert, e))
			}
		}
	}
	return n, err
}

// dashboard checks every query of a Grafana dashboard.
func (m metrics) dashboard(path string) (int, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(data, &board); err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	n := 0
	for _, p := range board.Panels {
		for _, t := range p.Targets {
			n++
			if e := m.query(t.Expr); e != nil {
				err = errors.Join(err, fmt.Errorf("%s, %s: %w", path, p.Title, e))
			}
		}
	}
	return n, err
}

// query parses PromQL and checks that the bot exports what it names: every
// metric, every label that it is chosen by, and every label that it is grouped
// by.
func (m metrics) query(text string) error {
	expr, err := parser.NewParser(parser.Options{}).ParseExpr(text)
	if err != nil {
		return err
	}
	var has []string
	parser.Inspect(expr, func(n parser.Node, _ []parser.Node) error {
		if v, ok := n.(*parser.VectorSelector); ok {
			own, known := m[v.Name]
			if !known {
				err = errors.Join(err, fmt.Errorf("there is no %s", v.Name))
			}
			for _, by := range v.LabelMatchers {
				if known && !slices.Contains(own, by.Name) && !slices.Contains(targets, by.Name) {
					err = errors.Join(err, fmt.Errorf("%s has no label %s", v.Name, by.Name))
				}
			}
			has = append(has, own...)
		}
		return nil
	})
	parser.Inspect(expr, func(n parser.Node, _ []parser.Node) error {
		if a, ok := n.(*parser.AggregateExpr); ok {
			for _, by := range a.Grouping {
				if !slices.Contains(has, by) && !slices.Contains(targets, by) {
					err = errors.Join(err, fmt.Errorf("%s is grouped by %s, which there is not", text, by))
				}
			}
		}
		return nil
	})
	return err
}
