// Package score measures an overview against what a careful reader noted about
// the same chat: which themes it should find, what was asked for and promised,
// what is nobody's business. It is used by tests only.
package score

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"cymar/handlers/meetings/transcript"
)

// Gold is what a chat's annotation says.
type Gold struct {
	Themes    []GoldTheme `json:"themes"`
	Requested []Item      `json:"resources_requested"`
	Shared    []Item      `json:"resources_shared"`
	Questions []Item      `json:"questions_unanswered"`
	Actions   []Item      `json:"actions"`
	Sensitive []Sensitive `json:"sensitive"`
	Noise     []string    `json:"noise_ids"`
}

// GoldTheme is a theme that an overview should have.
type GoldTheme struct {
	Title    string   `json:"title"`
	Keywords []string `json:"keywords"`
	Messages []string `json:"message_ids"`
	Weight   int      `json:"weight"` // 3: an overview without it fails
}

// Item is an entry of a list.
type Item struct {
	What     string   `json:"what"`
	Messages []string `json:"message_ids"`
}

// Sensitive is a message that must not be recognised in an overview: two of
// its facts, or one that begins with "!", give it away.
type Sensitive struct {
	Message string   `json:"message_id"`
	Facts   []string `json:"facts"`
}

// Chat is a chat with its annotation and the facilitator's own overview.
type Chat struct {
	Name       string
	Transcript transcript.Transcript
	Gold       Gold
	Reference  string
}

// Load reads the chats in the folders under dir, in order of their names.
func Load(dir string) ([]Chat, error) {
	found, err := filepath.Glob(filepath.Join(dir, "*", "gold.json"))
	if err != nil || len(found) == 0 {
		return nil, fmt.Errorf("no chats under %s: %w", dir, err)
	}
	chats := make([]Chat, 0, len(found))
	for _, f := range found {
		c, err := load(filepath.Dir(f))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Dir(f), err)
		}
		chats = append(chats, c)
	}
	return chats, nil
}

func load(dir string) (Chat, error) {
	c := Chat{Name: filepath.Base(dir)}
	chat, err := os.Open(filepath.Join(dir, "chat.jsonl"))
	if err != nil {
		return c, err
	}
	defer chat.Close()
	if c.Transcript, err = transcript.ReadJSONL(chat); err != nil {
		return c, err
	}
	meta, err := os.Open(filepath.Join(dir, "meta.json"))
	if err != nil {
		return c, err
	}
	defer meta.Close()
	if err := c.Transcript.ReadMeta(meta); err != nil {
		return c, err
	}
	gold, err := os.ReadFile(filepath.Join(dir, "gold.json"))
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(gold, &c.Gold); err != nil {
		return c, err
	}
	ref, err := os.ReadFile(filepath.Join(dir, "overview.md"))
	c.Reference = string(ref)
	return c, err
}
