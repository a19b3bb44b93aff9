// Package config reads what the operator sets: the environment, where every
// NAME may also be given as NAME_FILE, and an optional settings file for the
// spaces. Load reports every fault at once, each with what to write instead.
// It imports nothing of ours.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Config is everything that can be set from outside.
type Config struct {
	RedisURL  Secret `env:"REDIS_URL"`
	Keys      Secret `env:"CYMAR_KEYS"`
	DataDir   string `env:"CYMAR_DATA"`
	Shards    int    `env:"CYMAR_SHARDS" envDefault:"1"`
	Settings  string `env:"CYMAR_SETTINGS"`
	Knowledge string `env:"KNOWLEDGE_DIR"`
	Page      string `env:"PLAYGROUND_ADDR" envDefault:"127.0.0.1:8484"`
	Listen    string `env:"LISTEN_ADDR" envDefault:":3978"`
	// Public is the address under which people's browsers reach LISTEN_ADDR,
	// without a slash at its end; "" where they do not.
	Public    string `env:"PUBLIC_URL"`
	Health    string `env:"HEALTH_ADDR"`
	LogLevel  string `env:"LOG_LEVEL" envDefault:"info"`
	LogFormat string `env:"LOG_FORMAT" envDefault:"text"`
	// Drain is how long a replica that was asked to stop still works while it
	// says that it is not ready; at most 15 s.
	Drain time.Duration `env:"DRAIN_FOR" envDefault:"0s"`

	Slack Slack
	Teams Teams

	Spaces    []Space    `env:"-"`
	Helplines []Helpline `env:"-"`
	Retention Retention  `env:"-"`
}

// Fault is one thing that is set wrongly, where, and what to write instead.
type Fault struct{ Where, What, Instead string }

func (f *Fault) Error() string {
	return fmt.Sprintf("%s: %s. %s", f.Where, f.What, f.Instead)
}

// Load reads the environment, given as "NAME=value" strings, and the settings
// file that it names. The error joins every *Fault.
func Load(environ []string) (Config, error) {
	vars, faults := environment(environ)
	c := Config{Retention: usual()}
	if err := env.ParseWithOptions(&c, env.Options{Environment: vars}); err != nil {
		faults = append(faults, parseFaults(err)...)
	}
	faults = append(faults, c.check()...)
	if c.Settings != "" {
		faults = append(faults, c.readSettings()...)
	}
	return c, join(faults)
}

func join(faults []*Fault) error {
	errs := make([]error, len(faults))
	for i, f := range faults {
		errs[i] = f
	}
	return errors.Join(errs...)
}

// environment turns the strings into a map in which each NAME_FILE of ours
// has become NAME with the file's content.
func environment(environ []string) (map[string]string, []*Fault) {
	vars := env.ToMap(environ)
	var faults []*Fault
	for _, name := range names() {
		path, ok := vars[name+"_FILE"]
		if !ok || path == "" {
			continue
		}
		if vars[name] != "" {
			faults = append(faults, &Fault{name, "is set, and " + name + "_FILE as well", "Keep one of the two."})
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			faults = append(faults, &Fault{name + "_FILE", "cannot be read (" + plainly(err) + ")", "Name a file that this program may read."})
			continue
		}
		vars[name] = strings.TrimSpace(string(content))
	}
	return vars, faults
}

// names is every variable that Config reads.
func names() []string { return namesIn(reflect.TypeFor[Config]()) }

func namesIn(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		f := t.Field(i)
		n := f.Tag.Get("env")
		switch {
		case n == "" && f.Type.Kind() == reflect.Struct:
			out = append(out, namesIn(f.Type)...)
		case n != "" && n != "-":
			out = append(out, n)
		}
	}
	return out
}

// plainly is what the system said of a file, without the path it repeats.
func plainly(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

func parseFaults(err error) []*Fault {
	var all env.AggregateError
	if !errors.As(err, &all) {
		return []*Fault{{"environment", err.Error(), "See the table in the README."}}
	}
	var out []*Fault
	for _, e := range all.Errors {
		var p env.ParseError
		if errors.As(e, &p) {
			out = append(out, &Fault{fieldVar(p.Name), "is not a " + p.Type.String(), example(p.Type)})
			continue
		}
		out = append(out, &Fault{"environment", e.Error(), "See the table in the README."})
	}
	return out
}

// example is what a value of a type looks like.
func example(t reflect.Type) string {
	if t.Kind() == reflect.Bool {
		return "Write true or false."
	}
	if t == reflect.TypeFor[time.Duration]() {
		return "Write a time with its unit, for example 5s."
	}
	return "Write a whole number, for example 1."
}

func fieldVar(field string) string {
	for _, t := range []reflect.Type{reflect.TypeFor[Config](), reflect.TypeFor[Slack](), reflect.TypeFor[Teams]()} {
		if f, ok := t.FieldByName(field); ok {
			return f.Tag.Get("env")
		}
	}
	return field
}

func (c *Config) check() []*Fault {
	var faults []*Fault
	add := func(where, what, instead string) {
		faults = append(faults, &Fault{where, what, instead})
	}
	if c.Shards < 1 || c.Shards > 64 {
		add("CYMAR_SHARDS", fmt.Sprintf("is %d", c.Shards), "Write a number from 1 to 64; 1 unless Redis is a cluster.")
	}
	if !isLoopback(c.Page) {
		add("PLAYGROUND_ADDR", fmt.Sprintf("is %q, which others could reach", c.Page), "Write a loopback address and a port, for example 127.0.0.1:8484.")
	}
	if c.Health != "" {
		if _, _, err := net.SplitHostPort(c.Health); err != nil {
			add("HEALTH_ADDR", fmt.Sprintf("is %q, which is no address", c.Health), "Write host and port, for example :9090.")
		}
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		add("LISTEN_ADDR", fmt.Sprintf("is %q, which is no address", c.Listen), "Write host and port, for example :3978.")
	}
	if c.Public != "" && !isPublic(c.Public) {
		add("PUBLIC_URL", fmt.Sprintf("is %q", c.Public), "Write the address at which people reach the bot, without a slash at its end, for example https://cymar.example.nhs.uk")
	}
	faults = append(faults, c.Slack.check(c.Keys)...)
	faults = append(faults, c.Teams.check()...)
	if !oneOf(c.LogLevel, "debug", "info", "warn", "error") {
		add("LOG_LEVEL", fmt.Sprintf("is %q", c.LogLevel), "Write debug, info, warn or error.")
	}
	if !oneOf(c.LogFormat, "text", "json") {
		add("LOG_FORMAT", fmt.Sprintf("is %q", c.LogFormat), "Write text or json.")
	}
	if c.Drain < 0 || c.Drain > 15*time.Second {
		add("DRAIN_FOR", fmt.Sprintf("is %v", c.Drain), "Write 0s to 15s: a stop takes 25 seconds at most, and what is in hand needs the rest.")
	}
	if c.Knowledge != "" && !isDir(c.Knowledge) {
		add("KNOWLEDGE_DIR", fmt.Sprintf("names %q, which is no folder that can be read", c.Knowledge), "Name a folder of Markdown entries, or leave it out.")
	}
	if c.DataDir == "" {
		c.DataDir = defaultDataDir()
	}
	return faults
}

// defaultDataDir is where the embedded store keeps its data when nothing is said.
func defaultDataDir() string {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "cymar")
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "share", "cymar")
	}
	return filepath.Join(os.TempDir(), "cymar")
}

func isLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// isPublic reports whether a browser can be sent there safely.
func isPublic(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.Path == "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func oneOf(s string, of ...string) bool {
	for _, o := range of {
		if s == o {
			return true
		}
	}
	return false
}
