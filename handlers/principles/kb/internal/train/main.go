// Command train writes the model of the knowledge base's finder, and how well
// it finds what it has not seen; go generate runs it.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"cymar/handlers/principles/kb"
)

func main() {
	if len(os.Args) != 3 {
		fail("usage: train MODEL MEASURE")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fail(err.Error())
	}
}

func run(modelFile, measureFile string) error {
	model, measure, err := kb.Train(kb.Embedded())
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(measure, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(measureFile, append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.WriteFile(modelFile, model, 0o644)
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
