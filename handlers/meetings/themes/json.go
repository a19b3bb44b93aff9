package themes

import (
	"encoding/json"
	"fmt"
)

type jsonOverview struct {
	Title     string      `json:"title"`
	DateLine  string      `json:"date_line"`
	Themes    []jsonTheme `json:"themes"`
	Requested []jsonItem  `json:"resources_requested"`
	Shared    []jsonItem  `json:"resources_shared"`
	Questions []jsonItem  `json:"questions"`
	Actions   []jsonItem  `json:"actions"`
	Text      string      `json:"text"`
}

type jsonTheme struct {
	Key          string   `json:"key,omitempty"`
	Title        string   `json:"title"`
	Summary      string   `json:"summary"`
	Contributors int      `json:"contributors"`
	Messages     []string `json:"message_ids"`
}

type jsonItem struct {
	What     string   `json:"what"`
	Messages []string `json:"message_ids"`
	Status   string   `json:"status,omitempty"`
	Done     bool     `json:"done,omitempty"`
}

// JSON gives the overview as one object:
//
//	{"title", "date_line", "text",
//	 "themes": [{"key", "title", "summary", "contributors", "message_ids"}],
//	 "resources_requested": [{"what", "message_ids", "status"}],
//	 "resources_shared": [...], "questions": [...], "actions": [{..., "done"}]}
//
// Hidden themes are left out. What was kept out of the overview is not in it.
func (o Overview) JSON() ([]byte, error) {
	j := jsonOverview{Title: o.Title, DateLine: o.DateLine, Text: o.Text(), Themes: []jsonTheme{},
		Requested: jsonItems(o.Requested), Shared: jsonItems(o.Shared), Questions: jsonItems(o.Questions), Actions: jsonItems(o.Actions)}
	for _, t := range o.Themes {
		if t.Hidden {
			continue
		}
		j.Themes = append(j.Themes, jsonTheme{Key: t.Key, Title: t.Title, Summary: t.Text(), Contributors: t.Contributors, Messages: t.Messages})
	}
	b, err := json.MarshalIndent(j, "", " ")
	if err != nil {
		return nil, fmt.Errorf("writing the overview: %w", err)
	}
	return b, nil
}

func jsonItems(items []Item) []jsonItem {
	out := []jsonItem{}
	for _, it := range items {
		out = append(out, jsonItem(it))
	}
	return out
}
