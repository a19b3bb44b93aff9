package privacy

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
)

// remembered is how far back the audit log goes.
const remembered = 400 * 24 * time.Hour

// exportVerb is the operator's verb for an export; see cymar admin export.
const exportVerb = "admin export"

// shownLines is how many lines of the audit log a card has; the file has all.
const shownLines = 15

// file gives what is held as a file that a program can read, in the direct
// chat; where no file can go there, as text.
func (h *Handler) file(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	facts, err := h.facts(ctx, ev)
	if err != nil {
		return bot.Reply{}, err
	}
	type row struct {
		What  string `json:"what"`
		Value string `json:"value"`
	}
	held := struct {
		At   time.Time `json:"at"`
		Lang bot.Lang  `json:"language"`
		Held []row     `json:"held"`
	}{h.o.Clock.Now().UTC().Truncate(time.Second), ev.Lang, []row{}}
	for _, f := range facts.Rows {
		held.Held = append(held.Held, row{f.Label, f.Value})
	}
	data, err := json.MarshalIndent(held, "", "  ")
	if err != nil {
		return bot.Reply{}, err
	}
	return h.attach(ev, "cymar-my-data.json", "file_lead", data), nil
}

// attach sends a file to whoever asked, in private.
func (h *Handler) attach(ev bot.Event, name, lead string, data []byte) bot.Reply {
	text := h.say(ev.Lang, lead)
	plain := bot.Card{Summary: text, Lang: ev.Lang, Blocks: []bot.Block{bot.Para(text), bot.Para(string(data))}}
	return bot.Reply{Sends: []bot.Send{{
		To: bot.DM(ev.From), Card: bot.Say(ev.Lang, text),
		File: &bot.FileRef{Name: name, Type: "application/json", Size: int64(len(data)), Data: data},
		Else: &bot.Send{To: bot.DM(ev.From), Card: plain},
	}}}
}

// audit shows an administrator who did what few may do, and gives the whole of
// it as a file.
func (h *Handler) audit(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	lines, err := h.o.Audit.Lines(ctx, ev.From.Platform, ev.From.Tenant, h.o.Clock.Now().Add(-remembered))
	if err != nil {
		return bot.Reply{}, err
	}
	if len(lines) == 0 {
		return only(bot.Say(ev.Lang, h.say(ev.Lang, "audit_none"))), nil
	}
	names, err := h.names(ctx, ev.From)
	if err != nil {
		return bot.Reply{}, err
	}
	var all strings.Builder
	for _, l := range lines {
		b, err := json.Marshal(l)
		if err != nil {
			return bot.Reply{}, err
		}
		all.Write(append(b, '\n'))
	}
	return only(h.auditCard(ev.Lang, lines, names)).And(h.attach(ev, "cymar-audit-log.jsonl", "audit_file", []byte(all.String()))), nil
}

func (h *Handler) auditCard(lang bot.Lang, lines []bot.AuditLine, names map[string]bot.User) bot.Card {
	lead := h.words.Say(lang, "audit_lead", words.Data{"Count": len(lines)})
	var list bot.List
	for i := len(lines) - 1; i >= 0 && len(list.Items) < shownLines; i-- {
		l := lines[i]
		who := bot.Span{Text: l.Digest}
		if u, ok := names[l.Digest]; ok {
			who = bot.Span{Mention: u}
		}
		list.Items = append(list.Items, []bot.Span{{Text: l.At.Format("02/01/2006 15:04") + " · " + l.Verb + " · "}, who})
	}
	return bot.Card{Summary: lead, Lang: lang, Blocks: []bot.Block{bot.Para(lead), list}}
}

// names finds the people behind the digests among those who have a role: a
// digest of anybody else cannot be read back.
func (h *Handler) names(ctx context.Context, asker bot.User) (map[string]bot.User, error) {
	names := map[string]bot.User{h.o.Audit.Digest(asker): asker}
	all, err := h.o.Spaces.List(ctx, asker.Platform, asker.Tenant)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		for id := range s.Roles {
			u := bot.User{Platform: s.Platform, Tenant: s.Tenant, ID: id}
			names[h.o.Audit.Digest(u)] = u
		}
	}
	return names, nil
}

// exported tells the administrators which exports may still hold the data of
// somebody who asks to be forgotten, without saying who that is.
func (h *Handler) exported(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	lines, err := h.o.Audit.Lines(ctx, ev.From.Platform, ev.From.Tenant, h.o.Clock.Now().Add(-remembered))
	if err != nil {
		return bot.Reply{}, err
	}
	var days []string
	for _, l := range lines {
		if l.Verb == exportVerb {
			days = append(days, l.At.Format("02/01/2006 15:04"))
		}
	}
	if len(days) == 0 {
		return bot.Reply{}, nil
	}
	all, err := h.o.Spaces.List(ctx, ev.From.Platform, ev.From.Tenant)
	if err != nil {
		return bot.Reply{}, err
	}
	var warn bot.Reply
	told := map[bot.UserID]bool{ev.From.ID: true}
	for _, s := range all {
		for id, role := range s.Roles {
			if role != bot.Administrator || told[id] {
				continue
			}
			told[id] = true
			text := h.words.Say(s.Lang, "exports", words.Data{"Days": strings.Join(days, ", ")})
			warn.Sends = append(warn.Sends, bot.Send{
				To: bot.DM(bot.User{Platform: s.Platform, Tenant: s.Tenant, ID: id}), Card: bot.Say(s.Lang, text),
				Key: fmt.Sprintf("privacy.exports:%s:%s", ev.ID.Trace(), id),
			})
		}
	}
	return warn, nil
}
