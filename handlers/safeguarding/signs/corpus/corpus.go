// Package corpus holds the messages that the guard was trained on, each with
// its level. They were written for this purpose; nobody's words were taken.
package corpus

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

//go:embed *.jsonl
var files embed.FS

// Message is one line of the corpus.
type Message struct {
	Text  string `json:"text"`
	Level string `json:"level"` // R, T, A, S or N
	Lang  string `json:"lang"`  // en or cy
	Voice string `json:"voice"` // the manner in which it is written, to hold whole manners out when measuring
}

// Load reads all messages, in the order of the files' names and lines.
func Load() ([]Message, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	var all []Message
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, fmt.Errorf("corpus: %w", err)
		}
		messages, err := Parse(data)
		if err != nil {
			return nil, fmt.Errorf("corpus: %s: %w", e.Name(), err)
		}
		all = append(all, messages...)
	}
	return all, nil
}

// Parse reads messages, one JSON object a line.
func Parse(data []byte) ([]Message, error) {
	var out []Message
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var m Message
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, m)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading lines: %w", err)
	}
	return out, nil
}

// Sum is a hash of all messages with their levels: it changes when the corpus
// does.
func Sum(messages []Message) string {
	h := sha256.New()
	for _, m := range messages {
		fmt.Fprintf(h, "%q %q %q %q\n", m.Text, m.Level, m.Lang, m.Voice)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
