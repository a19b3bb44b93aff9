// Command check reads Kubernetes manifests as strictly as the API server does,
// into the API's own types, refusing what they do not have; and alert rules and
// the dashboard's queries with Prometheus's own parser. It is a module of its
// own so that the bot does not carry all that.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// kinds is what the manifests may hold.
func kinds() map[string]any {
	return map[string]any{
		"v1/Namespace": &corev1.Namespace{}, "v1/ServiceAccount": &corev1.ServiceAccount{}, "v1/Service": &corev1.Service{},
		"v1/Secret": &corev1.Secret{}, "v1/ConfigMap": &corev1.ConfigMap{},
		"apps/v1/Deployment": &appsv1.Deployment{}, "apps/v1/StatefulSet": &appsv1.StatefulSet{},
		"policy/v1/PodDisruptionBudget": &policyv1.PodDisruptionBudget{}, "networking.k8s.io/v1/NetworkPolicy": &networkingv1.NetworkPolicy{},
	}
}

// main checks the folder deploy, which it is given.
func main() {
	if err := all(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func all(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "kubernetes", "*.yaml"))
	if err == nil && len(files) == 0 {
		err = errors.New("no manifests there")
	}
	for _, f := range files {
		err = errors.Join(err, check(f))
	}
	m, errM := readMetrics(filepath.Join(dir, "metrics.txt"))
	if errM != nil {
		return errors.Join(err, errM)
	}
	rules, errR := m.rules(filepath.Join(dir, "alerts.yaml"))
	queries, errQ := m.dashboard(filepath.Join(dir, "grafana-dashboard.json"))
	fmt.Printf("%d alert rules and %d queries of the dashboard were read; the bot exports %d series\n", rules, queries, len(m)-1)
	return errors.Join(err, errR, errQ)
}

// check reads every document of a file.
func check(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	docs := kyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(data)))
	for n := 1; ; n++ {
		doc, err := docs.Read()
		if errors.Is(err, io.EOF) {
			fmt.Printf("%s: %d documents are fine\n", filepath.Base(path), n-1)
			return nil
		}
		if err == nil {
			err = strict(doc)
		}
		if err != nil {
			return fmt.Errorf("%s, document %d: %w", path, n, err)
		}
	}
}

// strict reads one document into its own type.
func strict(doc []byte) error {
	var head metav1.TypeMeta
	if err := yaml.Unmarshal(doc, &head); err != nil {
		return err
	}
	into, ok := kinds()[head.APIVersion+"/"+head.Kind]
	if !ok {
		return fmt.Errorf("%s %s is not among the kinds that are used here", head.APIVersion, head.Kind)
	}
	return yaml.UnmarshalStrict(bytes.TrimSpace(doc), into)
}
