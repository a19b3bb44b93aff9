package config

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// Space is a community of practice as the settings file gives it.
type Space struct {
	Name     string              `yaml:"name"`
	Platform string              `yaml:"platform"`
	Tenant   string              `yaml:"tenant"`
	Places   []string            `yaml:"places"`
	Nation   string              `yaml:"nation"`
	Language string              `yaml:"language"`
	Zone     string              `yaml:"zone"`
	Roles    map[string][]string `yaml:"roles"`
	Contact  string              `yaml:"safeguarding_contact"`
}

// Helpline switches a helpline on or off and says when somebody last checked
// its number. Those that ship as "verify before release" are off until an
// operator has checked them.
type Helpline struct {
	ID         string `yaml:"id"`
	On         bool   `yaml:"on"`
	VerifiedOn string `yaml:"verified_on"`
}

// Roles that a settings file may give.
var roles = []string{"participant", "psw", "curator", "facilitator", "administrator"}

// file is the settings file; its items are read one by one so that a fault in
// one does not hide those in the others.
type file struct {
	Spaces    []ast.Node `yaml:"spaces"`
	Helplines []ast.Node `yaml:"helplines"`
	Retention ast.Node   `yaml:"retention"`
}

func (c *Config) readSettings() []*Fault {
	data, err := os.ReadFile(c.Settings)
	if err != nil {
		return []*Fault{{"CYMAR_SETTINGS", fmt.Sprintf("names %q, which cannot be read (%s)", c.Settings, plainly(err)), "Name a YAML file, or leave it out."}}
	}
	var f file
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return []*Fault{{c.Settings, firstLine(yaml.FormatError(err, false, false)), "The file has two lists, spaces and helplines, and retention; see docs/operating.md."}}
	}
	var faults []*Fault
	for _, n := range f.Spaces {
		s, where, fault := item[Space](c.Settings, n)
		faults = append(faults, fault...)
		if fault == nil {
			faults = append(faults, s.check(where)...)
			c.Spaces = append(c.Spaces, s)
		}
	}
	for _, n := range f.Helplines {
		h, where, fault := item[Helpline](c.Settings, n)
		faults = append(faults, fault...)
		if fault == nil {
			faults = append(faults, h.check(where)...)
			c.Helplines = append(c.Helplines, h)
		}
	}
	if f.Retention != nil {
		r, where, fault := item[Retention](c.Settings, f.Retention)
		faults = append(faults, fault...)
		if fault == nil {
			c.Retention = r
			faults = append(faults, c.Retention.check(where)...)
		}
	}
	return faults
}

// item reads one entry of a list, and says in which line it stands.
func item[T any](path string, n ast.Node) (T, string, []*Fault) {
	var v T
	where := fmt.Sprintf("%s:%d", path, n.GetToken().Position.Line)
	if err := yaml.NodeToValue(n, &v, yaml.Strict()); err != nil {
		return v, where, []*Fault{{where, firstLine(yaml.FormatError(err, false, false)), "See docs/operating.md for what may stand here."}}
	}
	return v, where, nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

func (s Space) check(where string) []*Fault {
	var faults []*Fault
	add := func(what, instead string) { faults = append(faults, &Fault{where, what, instead}) }
	if s.Name == "" {
		add("the space has no name", `Add a line such as "name: Peer support in the North".`)
	}
	if s.Platform == "" || s.Tenant == "" {
		add("the space does not say where it is", `Add "platform: slack" (or teams, playground) and "tenant: …".`)
	}
	if len(s.Places) == 0 {
		add("the space has no places", `Add "places: [C0123ABC]" with its channel ids.`)
	}
	if !oneOf(s.Nation, "", "england", "wales", "both") {
		add(fmt.Sprintf("nation is %q", s.Nation), "Write england, wales or both.")
	}
	if !oneOf(s.Language, "", "en", "cy") {
		add(fmt.Sprintf("language is %q", s.Language), "Write en or cy.")
	}
	if _, err := time.LoadLocation(s.Zone); err != nil {
		add(fmt.Sprintf("zone is %q", s.Zone), "Write an IANA name, for example Europe/London.")
	}
	for r := range s.Roles {
		if !slices.Contains(roles, r) {
			add(fmt.Sprintf("there is no role %q", r), "Roles are "+strings.Join(roles, ", ")+".")
		}
	}
	return faults
}

func (h Helpline) check(where string) []*Fault {
	var faults []*Fault
	if h.ID == "" {
		faults = append(faults, &Fault{where, "the helpline has no id", "cymar check lists the ids."})
	}
	if _, err := time.Parse(time.DateOnly, h.VerifiedOn); err != nil && h.On {
		faults = append(faults, &Fault{where, fmt.Sprintf("verified_on is %q", h.VerifiedOn), "Write the day on which somebody rang or looked it up, for example 2026-11-01."})
	}
	return faults
}
