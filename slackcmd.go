package main

import (
	"fmt"

	"cymar/adapters/slack"
)

type slackCmd struct {
	Manifest manifestCmd `cmd:"" help:"Print the manifest of the Slack app, to paste at https://api.slack.com/apps."`
}

type manifestCmd struct {
	URL string `name:"url" help:"The address at which Slack can reach the bot, for example https://cymar.example.nhs.uk. Without it: Socket Mode, which needs none."`
}

// Run prints the manifest: for Socket Mode, or for HTTP where there is an address.
func (c manifestCmd) Run(io stdio) error {
	text, err := slack.Manifest(c.URL == "", c.URL)
	if err != nil {
		return usageError{fmt.Errorf("--url: %w", err)}
	}
	_, err = fmt.Fprint(io.out, text)
	return err
}
