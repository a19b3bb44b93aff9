// Command score draws the overview of one chat for the scorer. It stands in
// for "cymar overview" until that exists.
package main

import (
	"flag"
	"log"
	"os"

	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/transcript"
)

func main() {
	in, meta, out := flag.String("in", "", "chat.jsonl"), flag.String("meta", "", "meta.json"), flag.String("o", "", "output")
	flag.Parse()
	f, err := os.Open(*in)
	check(err)
	t, err := transcript.ReadJSONL(f)
	check(err)
	m, err := os.Open(*meta)
	check(err)
	check(t.ReadMeta(m))
	b, err := themes.Draw(t, themes.Options{}).JSON()
	check(err)
	check(os.WriteFile(*out, b, 0o644))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
