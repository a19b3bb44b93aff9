package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"cymar/bot"
	"cymar/handlers/supervision"
)

// rosterCmd is what is done with a list of people outside a chat.
type rosterCmd struct {
	Check rosterCheckCmd `cmd:"" help:"Check a list of people and their supervision, as CSV, and say what is wrong with each line. Nobody is invited."`
}

type rosterCheckCmd struct {
	File string `arg:"" help:"The list. A single dash reads standard input."`
	Lang string `enum:"en,cy" default:"en" help:"The language of the reasons: en or cy."`
}

// errRoster: the list was read and has lines that cannot be used. What is
// wrong with them is on standard output already.
var errRoster = errors.New("some lines cannot be used; mend them and check again")

// Run checks the list: exit status 0 every line can be used, 1 some cannot,
// 2 it cannot be opened.
func (c rosterCheckCmd) Run(io stdio) error {
	data, err := c.read(io.in)
	if err != nil {
		return usageError{err}
	}
	text, ok, err := supervision.CheckRoster(data, time.Now().In(london()), bot.Lang(c.Lang))
	if err != nil {
		return err
	}
	if _, err := fmt.Fprint(io.out, text); err != nil {
		return err
	}
	if !ok {
		return errRoster
	}
	return nil
}

// read takes the file in, up to one byte more than a list may have: that is
// said of it in words.
func (c rosterCheckCmd) read(stdin io.Reader) ([]byte, error) {
	in := stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return nil, fmt.Errorf("the list cannot be opened: %w", err)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, supervision.MaxRoster+1))
	if err != nil {
		return nil, fmt.Errorf("the list cannot be read: %w", err)
	}
	return data, nil
}
