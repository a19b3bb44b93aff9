package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"cymar/config"
)

// stdio is where a command reads and writes, so that a test can stand in.
type stdio struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
}

// cli is the command line. Serve is what happens when nothing is said.
type cli struct {
	Serve    serveCmd    `cmd:"" default:"1" help:"Run the bot. With neither Slack nor Teams set up it opens the playground, a web page on this machine."`
	Ask      askCmd      `cmd:"" help:"Ask one question about peer support, or many as JSON Lines."`
	Guard    guardCmd    `cmd:"" help:"Show what the safeguarding guard makes of texts, given as JSON Lines."`
	Overview overviewCmd `cmd:"" help:"Draw the overview of a meeting from its chat, whatever form that is in."`
	Roster   rosterCmd   `cmd:"" help:"Check a list of people and their supervision before anybody is invited."`
	Slack    slackCmd    `cmd:"" help:"Print what Slack makes its app from."`
	Teams    teamsCmd    `cmd:"" help:"Make what Microsoft Teams needs."`
	Admin    adminCmd    `cmd:"" help:"Look at what is due and on its way, and export, import or purge data."`
	Check    checkCmd    `cmd:"" help:"Check the settings, the knowledge base and the store, and say what to change."`
	Health   healthCmd   `cmd:"" help:"Ask the running bot whether it is well; for a container's health check."`
	Version  versionCmd  `cmd:"" help:"Show the version."`
}

// usageError is a mistake in what was asked of us: exit status 2.
type usageError struct{ error }

// run is the whole program but for signals; it returns the exit status.
func run(ctx context.Context, args []string, io stdio) int {
	var c cli
	parser, err := kong.New(&c, kong.Name("cymar"),
		kong.Description("Cymar answers questions about peer support, reminds of supervision, and writes up meetings.\nSettings come from the environment; see the README, or run “cymar check”."),
		kong.Writers(io.out, io.err), kong.Exit(func(int) {}), kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(io))
	if err != nil {
		return fail(io, err)
	}
	for _, a := range args {
		if a == "-h" || a == "--help" {
			_, _ = parser.Parse(args)
			return 0
		}
	}
	k, err := parser.Parse(args)
	if err != nil {
		return fail(io, usageError{fmt.Errorf("%w. “cymar --help” lists what there is", err)})
	}
	if err := k.Run(); err != nil {
		return fail(io, err)
	}
	return 0
}

// version is what the build stamped, else the version control's.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if stamped != "" {
		return stamped
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			v += " " + s.Value[:12]
		}
	}
	return v
}

type versionCmd struct {
	SBOM bool `help:"List what is in this binary, as CycloneDX."`
}

// Run prints the version, or what the binary is made of.
func (c versionCmd) Run(io stdio) error {
	if info, ok := debug.ReadBuildInfo(); ok && c.SBOM {
		return writeBOM(io.out, info, version())
	}
	_, err := fmt.Fprintln(io.out, "cymar", version())
	return err
}

// load reads the settings; a fault there is the operator's to mend.
func load(io stdio) (config.Config, error) {
	cfg, err := config.Load(io.environ)
	if err != nil {
		return cfg, usageError{err}
	}
	return cfg, nil
}

func system() stdio { return stdio{os.Stdin, os.Stdout, os.Stderr, os.Environ()} }
