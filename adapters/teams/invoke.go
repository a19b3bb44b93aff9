package teams

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"time"

	"cymar/bot"
)

// Names of invokes that we answer.
const (
	cardAction  = "adaptiveCard/action"
	taskFetch   = "task/fetch"
	taskSubmit  = "task/submit"
	fileConsent = "fileConsent/invoke"
)

const (
	cardType    = "application/vnd.microsoft.card.adaptive"
	messageType = "application/vnd.microsoft.activity.message"
)

// pressWindow is for how long a press with the same nonce is the same press.
// Teams repeats an invoke that took too long under a new id; a person who
// presses the same button again later means it.
const pressWindow = 5 * time.Minute

// press is what our own cards carry in their buttons, and what a form adds.
type press struct {
	Nonce  string    `json:"n"`
	Action string    `json:"a,omitempty"`
	Value  string    `json:"v,omitempty"`
	Lang   bot.Lang  `json:"l,omitempty"`
	Form   *bot.Form `json:"f,omitempty"`

	fields map[string]string
}

// Where a press stands in a button's data, and what the ids of inputs begin with.
const (
	pressField = "cymar"
	inputMark  = "in-"
)

// pressedIn reads the data of a button; false when they are not ours.
func (r reading) pressedIn(data json.RawMessage) (press, bool) {
	var all map[string]json.RawMessage
	var p press
	if json.Unmarshal(data, &all) != nil || json.Unmarshal(all[pressField], &p) != nil {
		return p, false
	}
	if p.Form == nil && p.Action == "" {
		return p, false
	}
	p.fields = map[string]string{}
	for name, raw := range all {
		if field, ok := strings.CutPrefix(name, inputMark); ok {
			var v text
			_ = json.Unmarshal(raw, &v) // never fails
			p.fields[field] = string(v)
		}
	}
	return p, true
}

// pressed is the event of a press on the card in a message.
func (r reading) pressed(p press, message string) bot.Event {
	var w bot.What = bot.Pressed{Action: p.Action, Value: p.Value, Message: bot.MessageID(message)}
	if p.Form != nil {
		w = bot.Submitted{Form: p.Form.ID, State: p.Form.State, Fields: p.fields}
	}
	ev := r.event("press", r.From, w)
	if p.Nonce != "" {
		window := r.now.UnixNano() / int64(pressWindow)
		ev.ID = bot.EventID(fmt.Sprintf("teams:press:%s:%s", ev.In.Tenant,
			bot.Digest(append(p.filled(), p.Nonce, string(ev.From.ID), p.Action, p.Value, fmt.Sprint(window))...)))
	}
	return ev
}

// filled is what stands in a form, in one order.
func (p press) filled() []string {
	var out []string
	for name, v := range p.fields {
		out = append(out, name+"\x00"+v)
	}
	sort.Strings(out)
	return out
}

// invoked is what an invoke asks for.
type invoked struct {
	press press
	ok    bool // whether it is one of ours
	task  bool // whether it came from a dialog
}

func (r reading) invoke() invoked {
	var v struct {
		Action struct {
			Data json.RawMessage `json:"data"`
		} `json:"action"`
		Data json.RawMessage `json:"data"`
	}
	if json.Unmarshal(r.Value, &v) != nil {
		return invoked{}
	}
	switch r.Name {
	case cardAction:
		p, ok := r.pressedIn(v.Action.Data)
		return invoked{p, ok, false}
	case taskFetch, taskSubmit:
		p, ok := r.pressedIn(v.Data)
		return invoked{p, ok, true}
	}
	return invoked{}
}

// answer is the body of the response to an invoke.
type answer struct {
	status int
	body   any
}

// take handles an invoke: its answer goes into the platform's own request.
func (a *Adapter) take(ctx context.Context, r reading, to bot.Receiver) answer {
	switch r.Name {
	case fileConsent:
		return a.consented(ctx, r)
	case cardAction, taskFetch, taskSubmit:
	default:
		return answer{http.StatusNotImplemented, nil}
	}
	in := r.invoke()
	if !in.ok {
		return answer{http.StatusBadRequest, nil}
	}
	now, err := to.Receive(ctx, r.pressed(in.press, string(r.ReplyToID)))
	if err != nil {
		return answer{http.StatusServiceUnavailable, nil}
	}
	if in.task {
		return answer{http.StatusOK, a.inDialog(in.press, now)}
	}
	return answer{http.StatusOK, a.inPlace(in.press, now)}
}

// inPlace is what takes the pressed card's place, or a word under it.
func (a *Adapter) inPlace(p press, now *bot.Now) any {
	card := func(c node) any {
		return node{"statusCode": http.StatusOK, "type": cardType, "value": c}
	}
	switch {
	case now != nil && now.Form != nil:
		return card(a.render.form(*now.Form, nil, false))
	case now != nil && len(now.FieldErrors) > 0 && p.Form != nil:
		return card(a.render.form(p.refilled(), now.FieldErrors, false))
	case now != nil && now.Card != nil:
		return card(a.render.whole(*now.Card, bot.DirectChat))
	case p.Form != nil:
		return card(a.render.whole(bot.Say(p.Form.Lang, a.words.Say(p.Form.Lang, "sent")), bot.DirectChat))
	}
	return node{"statusCode": http.StatusOK, "type": messageType, "value": a.words.Say(p.Lang, "received")}
}

// inDialog is what a dialog shows next.
func (a *Adapter) inDialog(p press, now *bot.Now) any {
	show := func(title string, c node) any {
		value := node{"title": title, "height": "large", "width": "medium", "card": attached(c)}
		return node{"task": node{"type": "continue", "value": value}}
	}
	switch {
	case now != nil && now.Form != nil:
		return show(now.Form.Title, a.render.form(*now.Form, nil, true))
	case now != nil && len(now.FieldErrors) > 0 && p.Form != nil:
		return show(p.Form.Title, a.render.form(p.refilled(), now.FieldErrors, true))
	case now != nil && now.Card != nil:
		return show(clip(now.Card.Summary, 60), a.render.whole(*now.Card, bot.DirectChat))
	case p.Form != nil:
		return node{"task": node{"type": "message", "value": a.words.Say(p.Form.Lang, "sent")}}
	}
	return node{"task": node{"type": "message", "value": a.words.Say(p.Lang, "received")}}
}

// refilled is the form with what the person had put in it.
func (p press) refilled() bot.Form {
	f := *p.Form
	f.Fields = append([]bot.Field(nil), f.Fields...)
	for i, field := range f.Fields {
		if v, ok := p.fields[field.Name]; ok {
			f.Fields[i].Value = v
		}
	}
	return f
}
