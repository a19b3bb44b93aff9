// Command train makes the guard's model from its corpus: model.bin and
// model.json in the current folder. `go generate` runs it. With -measure it
// prints instead how well messages are read that a model has not seen.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"cymar/handlers/safeguarding/signs/corpus"
	"cymar/handlers/safeguarding/signs/internal/training"
	"cymar/handlers/safeguarding/signs/internal/traits"
)

func main() {
	measuring := flag.Bool("measure", false, "measure instead of training: each writer unseen, then five folds")
	flag.Parse()
	job := run
	if *measuring {
		job = measure
	}
	if err := job(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run() error {
	messages, err := corpus.Load()
	if err != nil {
		return err
	}
	reader, err := traits.New()
	if err != nil {
		return err
	}
	model, err := training.Train(training.Read(reader, messages))
	if err != nil {
		return err
	}
	data, err := model.MarshalBinary()
	if err != nil {
		return fmt.Errorf("writing the model: %w", err)
	}
	if err := os.WriteFile("model.bin", data, 0o644); err != nil {
		return fmt.Errorf("writing the model: %w", err)
	}
	notes, err := json.MarshalIndent(map[string]any{"made_from": training.Fingerprint(messages, reader), "messages": len(messages)}, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the notes: %w", err)
	}
	if err := os.WriteFile("model.json", append(notes, '\n'), 0o644); err != nil {
		return fmt.Errorf("writing the notes: %w", err)
	}
	fmt.Fprintf(os.Stderr, "%d messages, %d features, %d kB\n", len(messages), model.Rows(), len(data)>>10)
	return nil
}
