package main

import (
	"encoding/json"
	"io"
	"runtime/debug"
)

// stamped is the version as the build said it, by the linker; nothing else sets
// it. See scripts/build.sh.
var stamped string

// bom is a list of what is in this binary, in CycloneDX's form.
type bom struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Metadata   bomMetadata `json:"metadata"`
	Components []component `json:"components"`
}

type bomMetadata struct {
	Component component `json:"component"`
}

type component struct {
	Type    string `json:"type"`
	Name    string `json:"name"`
	Version string `json:"version"`
	PURL    string `json:"purl,omitempty"`
}

// writeBOM writes what the toolchain recorded in this very binary, so that the
// list cannot differ from what runs.
func writeBOM(w io.Writer, info *debug.BuildInfo, version string) error {
	b := bom{Format: "CycloneDX", Spec: "1.6", Version: 1, Components: []component{
		{"library", "stdlib", info.GoVersion, "pkg:golang/stdlib@" + info.GoVersion},
	}}
	b.Metadata.Component = component{Type: "application", Name: "cymar", Version: version}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		b.Components = append(b.Components, component{"library", m.Path, m.Version, "pkg:golang/" + m.Path + "@" + m.Version})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(b)
}
