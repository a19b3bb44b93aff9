package main

import (
	"encoding/json"
	"runtime/debug"
	"strings"
	"testing"
)

func TestTheListOfWhatIsInTheBinaryNamesEveryModuleAsItIs(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Deps: []*debug.Module{
		{Path: "example.org/a", Version: "v1.0.0"},
		{Path: "example.org/b", Version: "v1.0.0", Replace: &debug.Module{Path: "example.org/c", Version: "v2.0.0"}},
	}}
	var out strings.Builder
	if err := writeBOM(&out, info, "v9"); err != nil {
		t.Fatal(err)
	}
	var b bom
	if err := json.Unmarshal([]byte(out.String()), &b); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range b.Components {
		names = append(names, c.PURL)
	}
	got := strings.Join(names, " ")
	if got != "pkg:golang/stdlib@go1.26.8 pkg:golang/example.org/a@v1.0.0 pkg:golang/example.org/c@v2.0.0" ||
		b.Metadata.Component.Version != "v9" || b.Format != "CycloneDX" || b.Spec != "1.6" {
		t.Errorf("%s", out.String())
	}
}

func TestTheBinaryListsItself(t *testing.T) {
	t.Parallel()
	got := cymar(t, "", nil, "version", "--sbom")
	if got.status != 0 || !strings.Contains(got.out, "pkg:golang/github.com/redis/go-redis/v9@v9") {
		t.Errorf("%+v", got)
	}
}
