package teams

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/infracloudio/msbotbuilder-go/schema"
)

// inbound is an activity as Teams sends it, as far as it is of use. It is not
// the library's schema.Activity, because that drops what an entity holds and
// fails on a value that is no object. A field of an unexpected form is taken
// as empty: what Teams adds tomorrow must not stop what works today.
type inbound struct {
	Type         schema.ActivityTypes `json:"type"`
	Name         text                 `json:"name"`
	ID           text                 `json:"id"`
	At           stamp                `json:"timestamp"`
	ServiceURL   text                 `json:"serviceUrl"`
	ChannelID    text                 `json:"channelId"`
	From         account              `json:"from"`
	Recipient    account              `json:"recipient"`
	Conversation conversation         `json:"conversation"`
	Text         text                 `json:"text"`
	Locale       text                 `json:"locale"`
	Action       text                 `json:"action"`
	ReplyToID    text                 `json:"replyToId"`
	Added        list[account]        `json:"membersAdded"`
	Removed      list[account]        `json:"membersRemoved"`
	Liked        list[reaction]       `json:"reactionsAdded"`
	Unliked      list[reaction]       `json:"reactionsRemoved"`
	Attachments  list[attachment]     `json:"attachments"`
	Entities     list[entity]         `json:"entities"`
	Channel      loose[channelData]   `json:"channelData"`
	Value        json.RawMessage      `json:"value"`
}

type account struct {
	ID     text `json:"id"`
	Name   text `json:"name"`
	Object text `json:"aadObjectId"`
	Role   text `json:"role"`
}

type conversation struct {
	ID     text `json:"id"`
	Type   text `json:"conversationType"`
	Tenant text `json:"tenantId"`
	Name   text `json:"name"`
}

type channelData struct {
	Tenant struct {
		ID text `json:"id"`
	} `json:"tenant"`
	Event   text `json:"eventType"`
	Channel struct {
		ID text `json:"id"`
	} `json:"channel"`
	Meeting struct {
		ID text `json:"id"`
	} `json:"meeting"`
}

type reaction struct {
	Type text `json:"type"`
}

type entity struct {
	Type      text    `json:"type"`
	Text      text    `json:"text"`
	Mentioned account `json:"mentioned"`
}

type attachment struct {
	Type    text                     `json:"contentType"`
	Name    text                     `json:"name"`
	Content loose[attachmentContent] `json:"content"`
}

type attachmentContent struct {
	DownloadURL text `json:"downloadUrl"`
	FileType    text `json:"fileType"`
}

// text is a string; anything else is taken as empty.
type text string

// UnmarshalJSON never fails.
func (t *text) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*t = text(s)
	}
	return nil
}

// stamp is a time; anything else is taken as unknown.
type stamp time.Time

// UnmarshalJSON never fails.
func (t *stamp) UnmarshalJSON(b []byte) error {
	var s time.Time
	if json.Unmarshal(b, &s) == nil {
		*t = stamp(s)
	}
	return nil
}

// loose is a T; what cannot be read as one is taken as its zero value.
type loose[T any] struct{ V T }

// UnmarshalJSON never fails.
func (l *loose[T]) UnmarshalJSON(b []byte) error {
	var v T
	if json.Unmarshal(b, &v) == nil {
		l.V = v
	}
	return nil
}

// list is as many Ts as can be read, in order.
type list[T any] []T

// UnmarshalJSON never fails.
func (l *list[T]) UnmarshalJSON(b []byte) error {
	var raw []json.RawMessage
	_ = json.Unmarshal(b, &raw) // what is no list is empty
	for _, r := range raw {
		var v T
		if json.Unmarshal(r, &v) == nil {
			*l = append(*l, v)
		}
	}
	return nil
}

// Account and conversation may be null or something else altogether.

// UnmarshalJSON never fails.
func (a *account) UnmarshalJSON(b []byte) error {
	type plain account
	var v plain
	if json.Unmarshal(b, &v) == nil {
		*a = account(v)
	}
	return nil
}

// UnmarshalJSON never fails.
func (c *conversation) UnmarshalJSON(b []byte) error {
	type plain conversation
	var v plain
	if json.Unmarshal(b, &v) == nil {
		*c = conversation(v)
	}
	return nil
}

// errActivity is a body that is no activity.
var errActivity = errors.New("the body is no activity")

// decode reads an activity. An object is all that it must be.
func decode(body []byte) (inbound, error) {
	var a inbound
	if b := bytes.TrimSpace(body); len(b) == 0 || b[0] != '{' {
		return a, errActivity
	}
	if err := json.Unmarshal(body, &a); err != nil {
		return a, errActivity
	}
	return a, nil
}
