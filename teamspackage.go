package main

import (
	"bytes"
	"fmt"
	"os"

	"cymar/adapters/teams"
)

// teamsCmd is what has to do with Microsoft Teams and needs no running bot.
type teamsCmd struct {
	Package packageCmd `cmd:"" help:"Write the app package that an administrator uploads in the Teams admin centre."`
}

type packageCmd struct {
	AppID   string `name:"app-id" required:"" help:"The bot's application (client) id, as Entra shows it."`
	Domain  string `required:"" help:"The public host name where the bot is reached, for example cymar.example.nhs.uk."`
	Name    string `default:"Cymar" help:"What the bot is called in Teams."`
	Owner   string `default:"Cymar" help:"The organisation that runs it, as Teams shows it to people."`
	Version string `name:"app-version" default:"1.0.0" help:"The package's version; raise it with each upload."`
	Out     string `short:"o" default:"cymar-teams.zip" help:"The file to write."`
}

// Run writes the package.
func (c packageCmd) Run(io stdio) error {
	var b bytes.Buffer
	p := teams.Package{AppID: c.AppID, Domain: c.Domain, Name: c.Name, Version: c.Version, Owner: c.Owner}
	if _, err := p.WriteTo(&b); err != nil {
		return usageError{err}
	}
	if err := os.WriteFile(c.Out, b.Bytes(), 0o644); err != nil {
		return usageError{fmt.Errorf("the package cannot be written: %w", err)}
	}
	_, _ = fmt.Fprintf(io.out, "Wrote %s. Upload it in the Teams admin centre, under Teams apps, Manage apps.\n", c.Out)
	return nil
}
