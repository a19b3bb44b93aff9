package bot

import (
	"encoding/json"
	"fmt"
	"time"
)

type tagged struct {
	Kind string          `json:"kind"`
	Data json.RawMessage `json:"data,omitempty"`
}

func tag(kind string, v any) (tagged, error) {
	data, err := json.Marshal(v)
	return tagged{Kind: kind, Data: data}, err
}

// decode reads data as a T.
func decode[T any](data json.RawMessage) (T, error) {
	var v T
	if len(data) == 0 {
		return v, nil
	}
	err := json.Unmarshal(data, &v)
	return v, err
}

type cardJSON struct {
	Summary string   `json:"summary"`
	Lang    Lang     `json:"lang,omitempty"`
	Blocks  []tagged `json:"blocks,omitempty"`
}

// MarshalJSON writes the card with the kind of each block.
func (c Card) MarshalJSON() ([]byte, error) {
	out := cardJSON{Summary: c.Summary, Lang: c.Lang}
	for _, b := range c.Blocks {
		t, err := tag(b.block(), b)
		if err != nil {
			return nil, err
		}
		out.Blocks = append(out.Blocks, t)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (c *Card) UnmarshalJSON(data []byte) error {
	var in cardJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*c = Card{Summary: in.Summary, Lang: in.Lang}
	for _, t := range in.Blocks {
		b, err := decodeBlock(t)
		if err != nil {
			return err
		}
		c.Blocks = append(c.Blocks, b)
	}
	return nil
}

var blocks = map[string]func(json.RawMessage) (Block, error){
	"heading": asBlock[Heading], "text": asBlock[Text], "facts": asBlock[Facts], "list": asBlock[List],
	"quote": asBlock[Quote], "note": asBlock[Note], "divider": asBlock[Divider],
	"buttons": asBlock[Buttons], "picture": asBlock[Picture], "table": asBlock[Table],
}

func asBlock[T Block](data json.RawMessage) (Block, error) { return decode[T](data) }

func decodeBlock(t tagged) (Block, error) {
	f, ok := blocks[t.Kind]
	if !ok {
		return nil, fmt.Errorf("no block is called %q", t.Kind)
	}
	return f(t.Data)
}

type eventJSON struct {
	ID   EventID   `json:"id"`
	At   time.Time `json:"at"`
	From User      `json:"from,omitzero"`
	In   Place     `json:"in,omitzero"`
	What tagged    `json:"what"`
}

// MarshalJSON writes what the adapter gave; what the core adds is left out,
// for it is worked out again.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.What == nil {
		return nil, fmt.Errorf("event without What")
	}
	w, err := tag(e.What.kind(), e.What)
	if err != nil {
		return nil, err
	}
	return json.Marshal(eventJSON{e.ID, e.At, e.From, e.In, w})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (e *Event) UnmarshalJSON(data []byte) error {
	var in eventJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	f, ok := whats[in.What.Kind]
	if !ok {
		return fmt.Errorf("no event is called %q", in.What.Kind)
	}
	w, err := f(in.What.Data)
	*e = Event{ID: in.ID, At: in.At, From: in.From, In: in.In, What: w}
	return err
}

var whats = map[string]func(json.RawMessage) (What, error){
	"said": asWhat[Said], "edited": asWhat[Edited], "removed": asWhat[Removed], "reacted": asWhat[Reacted],
	"pressed": asWhat[Pressed], "submitted": asWhat[Submitted], "uploaded": asWhat[Uploaded],
	"installed": asWhat[Installed], "uninstalled": asWhat[Uninstalled], "joined": asWhat[Joined],
	"left": asWhat[Left], "opened": asWhat[Opened], "meeting_started": asWhat[MeetingStarted],
	"meeting_ended": asWhat[MeetingEnded], "tick": asWhat[Tick], "continue": asWhat[Continue],
	"delivered": asWhat[Delivered], "undelivered": asWhat[Undelivered],
}

func asWhat[T What](data json.RawMessage) (What, error) { return decode[T](data) }
