package deploy_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// document is a YAML document as JSON knows it.
func document(t *testing.T, text string) any {
	t.Helper()
	js, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(js))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// at is what lies at a path of keys and numbers.
func at(v any, path ...any) any {
	for _, p := range path {
		switch k := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[k]
		case int:
			l, _ := v.([]any)
			if k >= len(l) {
				return nil
			}
			v = l[k]
		}
	}
	return v
}

// composeSchema is the Compose Specification's own, from its Go module.
func composeSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	spec, err := jsonschema.UnmarshalJSON(strings.NewReader(read(t, "testdata/compose-spec.json")))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("compose-spec.json", spec); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("compose-spec.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheComposeFileIsWhatTheSpecificationAllows(t *testing.T) {
	t.Parallel()
	schema, file := composeSchema(t), read(t, "compose.yaml")
	if err := schema.Validate(document(t, file)); err != nil {
		t.Error(err)
	}
	broken := strings.Replace(file, "restart: unless-stopped", "restrat: always", 1)
	if schema.Validate(document(t, broken)) == nil {
		t.Error("a misspelt key passes, so this test shows nothing")
	}
}

func TestTheComposeFileKeepsDataAndLocksDoors(t *testing.T) {
	t.Parallel()
	doc := document(t, read(t, "compose.yaml"))
	for _, s := range []string{"cymar", "redis"} {
		service := at(doc, "services", s)
		if at(service, "read_only") != true || fmt.Sprint(at(service, "cap_drop")) != "[ALL]" || at(service, "healthcheck", "test") == nil ||
			at(service, "volumes") == nil || !strings.Contains(fmt.Sprint(at(service, "security_opt")), "no-new-privileges") {
			t.Errorf("%s: %v", s, service)
		}
		for _, p := range asList(at(service, "ports")) {
			if !strings.HasPrefix(fmt.Sprint(p), "127.0.0.1:") {
				t.Errorf("%s is open to others: %v", s, p)
			}
		}
	}
	command := fmt.Sprint(at(doc, "services", "redis", "command"))
	for _, want := range []string{"appendonly yes", "maxmemory-policy noeviction", "requirepass"} {
		if !strings.Contains(command, want) {
			t.Errorf("redis runs without %q", want)
		}
	}
	if at(doc, "networks", "inside", "internal") != true || strings.Contains(fmt.Sprint(at(doc, "services", "redis", "networks")), "outside") {
		t.Error("Redis can reach the world")
	}
}

func asList(v any) []any { l, _ := v.([]any); return l }

// manifests is every Kubernetes document by kind and name.
func manifests(t *testing.T) map[string]any {
	t.Helper()
	files, err := filepath.Glob("kubernetes/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	for _, f := range files {
		for _, text := range strings.Split(read(t, f), "\n---\n") {
			doc := document(t, text)
			all[fmt.Sprint(at(doc, "kind"), "/", at(doc, "metadata", "name"))] = doc
		}
	}
	return all
}

func TestEveryPodRunsWithTheLeastItNeeds(t *testing.T) {
	t.Parallel()
	all := manifests(t)
	for _, name := range []string{"Deployment/cymar", "StatefulSet/cymar-redis"} {
		pod := at(all[name], "spec", "template", "spec")
		box := at(pod, "containers", 0)
		for what, ok := range map[string]bool{
			"non-root":        at(pod, "securityContext", "runAsNonRoot") == true,
			"seccomp":         at(pod, "securityContext", "seccompProfile", "type") == "RuntimeDefault",
			"no token":        at(pod, "automountServiceAccountToken") == false,
			"read-only root":  at(box, "securityContext", "readOnlyRootFilesystem") == true,
			"no escalation":   at(box, "securityContext", "allowPrivilegeEscalation") == false,
			"no capabilities": fmt.Sprint(at(box, "securityContext", "capabilities", "drop")) == "[ALL]",
			"readiness":       at(box, "readinessProbe") != nil,
			"liveness":        at(box, "livenessProbe") != nil,
			"memory limit":    at(box, "resources", "limits", "memory") != nil,
			"pinned image":    !strings.HasSuffix(fmt.Sprint(at(box, "image")), ":latest") && strings.Contains(fmt.Sprint(at(box, "image")), ":"),
		} {
			if !ok {
				t.Errorf("%s: %s is missing", name, what)
			}
		}
	}
}

func TestTwoReplicasStayUpThroughADeployAndADrain(t *testing.T) {
	t.Parallel()
	all := manifests(t)
	d := all["Deployment/cymar"]
	box := at(d, "spec", "template", "spec", "containers", 0)
	if fmt.Sprint(at(d, "spec", "replicas")) != "2" || fmt.Sprint(at(d, "spec", "strategy", "rollingUpdate", "maxUnavailable")) != "0" {
		t.Error("a deploy can leave nobody")
	}
	if fmt.Sprint(at(all["PodDisruptionBudget/cymar"], "spec", "minAvailable")) != "1" {
		t.Error("a drain can leave nobody")
	}
	if at(box, "readinessProbe", "httpGet", "path") != "/readyz" || at(box, "livenessProbe", "httpGet", "path") != "/healthz" {
		t.Error("the probes ask the wrong pages: a store that is away must not restart the bot")
	}
	if grace := fmt.Sprint(at(d, "spec", "template", "spec", "terminationGracePeriodSeconds")); grace != "30" {
		t.Errorf("a stop takes up to 25 s, and the grace is %s", grace)
	}
}

func TestTheNetworkIsClosedButForWhatIsNeeded(t *testing.T) {
	t.Parallel()
	all := manifests(t)
	for name, ports := range map[string]string{"NetworkPolicy/cymar": "3978 9090 | 53 53 6379 443", "NetworkPolicy/cymar-redis": "6379 | "} {
		var in, out []string
		for _, r := range asList(at(all[name], "spec", "ingress")) {
			for _, p := range asList(at(r, "ports")) {
				in = append(in, fmt.Sprint(at(p, "port")))
			}
			if at(r, "from") == nil {
				t.Errorf("%s lets anybody in", name)
			}
		}
		for _, r := range asList(at(all[name], "spec", "egress")) {
			for _, p := range asList(at(r, "ports")) {
				out = append(out, fmt.Sprint(at(p, "port")))
			}
		}
		if got := strings.Join(in, " ") + " | " + strings.Join(out, " "); got != ports || len(asList(at(all[name], "spec", "policyTypes"))) != 2 {
			t.Errorf("%s: %s, want %s", name, got, ports)
		}
	}
}

// served is every metric that the monitor has, by its source.
func served(t *testing.T) []string {
	t.Helper()
	source := read(t, "../adapters/monitor/monitor.go") + read(t, "../adapters/monitor/standing.go")
	var names []string
	for _, m := range regexp.MustCompile(`(?:counter|histogram|gauge)\("([a-z_]+)"`).FindAllStringSubmatch(source, -1) {
		names = append(names, "cymar_"+m[1])
	}
	return append(names, "cymar_build_info")
}

func TestAlertsAndDashboardAskForMetricsThatThereAre(t *testing.T) {
	t.Parallel()
	have := served(t)
	for _, file := range []string{"alerts.yaml", "grafana-dashboard.json"} {
		asked := regexp.MustCompile(`cymar_[a-z_]+`).FindAllString(read(t, file), -1)
		if len(asked) < 8 {
			t.Errorf("%s asks for %d metrics only", file, len(asked))
		}
		for _, name := range asked {
			if !slices.Contains(have, strings.TrimSuffix(name, "_bucket")) {
				t.Errorf("%s asks for %s, which there is not", file, name)
			}
		}
	}
	for _, name := range have {
		if !strings.Contains(read(t, "grafana-dashboard.json"), name) {
			t.Errorf("the dashboard does not show %s", name)
		}
	}
}

func TestEveryAlertSaysWhatToDo(t *testing.T) {
	t.Parallel()
	rules := asList(at(document(t, read(t, "alerts.yaml")), "groups", 0, "rules"))
	if len(rules) < 8 {
		t.Fatalf("%d rules", len(rules))
	}
	for _, r := range rules {
		expr, _ := at(r, "expr").(string)
		if at(r, "annotations", "what_to_do") == nil || at(r, "annotations", "summary") == nil || at(r, "labels", "severity") == nil ||
			strings.Count(expr, "(") != strings.Count(expr, ")") {
			t.Errorf("%v", r)
		}
	}
	var board struct {
		Panels []struct{ Targets []struct{ Expr string } }
	}
	if err := json.Unmarshal([]byte(read(t, "grafana-dashboard.json")), &board); err != nil || len(board.Panels) < 10 {
		t.Errorf("%d panels, %v", len(board.Panels), err)
	}
}

func TestTheDockerfileKeepsItsRules(t *testing.T) {
	t.Parallel()
	lines := strings.Split(read(t, "../Dockerfile"), "\n")
	var froms, users []string
	for _, l := range lines {
		word, rest, _ := strings.Cut(l, " ")
		switch word {
		case "FROM":
			froms, users = append(froms, rest), nil
			if strings.Contains(rest, ":latest") || !strings.Contains(rest, ":") {
				t.Errorf("an image that is not pinned: %s", rest)
			}
		case "USER":
			users = append(users, rest)
		case "ADD":
			t.Error("ADD fetches; COPY does not")
		case "ENV", "ARG":
			if regexp.MustCompile(`(?i)token|secret|password`).MatchString(rest) {
				t.Errorf("a secret in the image: %s", rest)
			}
		case "ENTRYPOINT", "HEALTHCHECK":
			if !strings.Contains(l, `["/cymar"`) {
				t.Errorf("it needs a shell, and there is none: %s", l)
			}
		}
	}
	if len(froms) != 2 || !strings.Contains(froms[1], "distroless/static") || len(users) != 1 || strings.HasPrefix(users[0], "0") || users[0] == "root" {
		t.Errorf("stages %v, users %v", froms, users)
	}
	if !strings.Contains(read(t, "../Dockerfile"), "scripts/build.sh /cymar") || !strings.Contains(read(t, "../Makefile"), "scripts/build.sh") {
		t.Error("the image is not built as CI builds it")
	}
	if !strings.Contains(read(t, "../scripts/build.sh"), "most_pulled=30000000\n") {
		t.Error("the build does not hold the image to 30 MB as pulled")
	}
}
