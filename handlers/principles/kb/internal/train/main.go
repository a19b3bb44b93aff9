// Command train writes the model of the knowledge base's finder; go generate
// runs it.
package main

import (
	"fmt"
	"os"

	"cymar/handlers/principles/kb"
)

func main() {
	if len(os.Args) != 2 {
		fail("usage: train FILE")
	}
	data, err := kb.Train(kb.Embedded())
	if err != nil {
		fail(err.Error())
	}
	if err := os.WriteFile(os.Args[1], data, 0o644); err != nil {
		fail(err.Error())
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
