package slack

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	api "github.com/slack-go/slack"

	"cymar/bot"
)

// within is how long Slack waits for an answer, with something to spare.
const within = 2500 * time.Millisecond

// The kinds of delivery, as Socket Mode calls them.
const (
	kindEvents      = "events_api"
	kindInteractive = "interactive"
	kindCommand     = "slash_commands"
)

// handle takes one delivery, whatever way it came. The answer goes back inside
// Slack's own request; nil is an empty one. An error means that it was not
// accepted and is to come again.
func (s *Slack) handle(ctx context.Context, r bot.Receiver, kind string, body []byte) (answer any, err error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	switch kind {
	case kindEvents:
		return nil, s.handleEvents(ctx, r, body)
	case kindInteractive:
		return s.handleInteraction(ctx, r, body)
	case kindCommand:
		var c command
		if json.Unmarshal(body, &c) == nil {
			return s.handleCommand(ctx, r, c)
		}
	}
	s.o.Log.Info("slack: a delivery that cannot be read")
	return nil, nil
}

// busyPause is between two tries at an event that another delivery of it is
// being handled for: a mention comes twice, at the same moment.
const busyPause = 50 * time.Millisecond

// receive hands an event on. While the same one is being handled elsewhere it
// waits for that to end, as long as Slack waits for us.
func receive(ctx context.Context, r bot.Receiver, ev bot.Event) (*bot.Now, error) {
	for {
		now, err := r.Receive(ctx, ev)
		if !errors.Is(err, bot.ErrBusy) {
			return now, err
		}
		pause := time.NewTimer(busyPause)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return nil, err
		}
	}
}

func (s *Slack) handleEvents(ctx context.Context, r bot.Receiver, body []byte) error {
	env, events := parseEvents(body, s.selfIn)
	if env.Type == "app_rate_limited" {
		s.o.Log.Warn("slack: too many events, some are not delivered this minute")
	}
	for _, ev := range events {
		now, err := receive(ctx, r, ev)
		if err != nil {
			return err
		}
		switch ev.What.(type) {
		case bot.Opened:
			s.publish(ctx, ev, now)
		case bot.Uninstalled:
			s.direct.forget(ev.In.Tenant)
		}
	}
	return nil
}

// publish shows somebody their App Home.
func (s *Slack) publish(ctx context.Context, ev bot.Event, now *bot.Now) {
	card := bot.Card{Lang: bot.English}
	if now != nil && now.Card != nil {
		card = *now.Card
	}
	req := api.PublishViewContextRequest{UserID: string(ev.From.ID), View: s.homeView(card)}
	err := s.with(ctx, ev.In.Tenant, func(c *api.Client) error {
		_, err := c.PublishViewContext(ctx, req)
		return err
	})
	if err != nil {
		s.o.Log.Warn("slack: the home page was not shown", "reason", reasonFor(err))
	}
}

func (s *Slack) handleInteraction(ctx context.Context, r bot.Receiver, body []byte) (any, error) {
	i, ok := parseInteraction(body)
	if !ok {
		s.o.Log.Info("slack: an interaction that cannot be read")
		return nil, nil
	}
	switch i.Type {
	case "block_actions":
		return nil, s.handlePressed(ctx, r, i)
	case "view_submission":
		return s.handleSubmitted(ctx, r, i)
	case "shortcut", "message_action":
		return nil, s.handleShortcut(ctx, r, i)
	}
	return nil, nil
}

// where is the place of an interaction; what happens on the App Home happens
// in the person's direct chat.
func (s *Slack) where(ctx context.Context, i interaction) (bot.Place, error) {
	if p, ok := i.place(); ok {
		return p, nil
	}
	return s.Open(ctx, i.user())
}

func (s *Slack) handlePressed(ctx context.Context, r bot.Receiver, i interaction) error {
	if len(i.Actions) == 0 {
		return nil
	}
	in, err := s.where(ctx, i)
	if err != nil {
		return err
	}
	for _, ev := range i.pressed(in) {
		if p, ok := ev.What.(bot.Pressed); ok && p.Action == composerID {
			s.openForm(ctx, i.Trigger, s.composer(bot.Lang(p.Value)), in, i.Response)
			continue
		}
		now, err := receive(ctx, r, ev)
		if err != nil {
			return err
		}
		s.answerPress(ctx, i, ev, now)
		if i.inHome() {
			s.reopen(ctx, r, ev)
		}
	}
	return nil
}

// answerPress does what a press is answered with at once.
func (s *Slack) answerPress(ctx context.Context, i interaction, ev bot.Event, now *bot.Now) {
	switch {
	case now == nil:
	case now.Form != nil:
		s.openForm(ctx, i.Trigger, *now.Form, ev.In, i.Response)
	case now.Card != nil && i.Container.Ephemeral:
		s.respond(ctx, i.Response, s.message(*now.Card, ""), api.MsgOptionReplaceOriginal(i.Response))
	case now.Card != nil && !i.inHome():
		p := ev.What.(bot.Pressed)
		if err := s.Update(ctx, ev.In, p.Message, *now.Card); err != nil {
			s.o.Log.Warn("slack: a card was not changed", "reason", reasonFor(err))
		}
	}
}

// reopen shows the App Home again after a button on it.
func (s *Slack) reopen(ctx context.Context, r bot.Receiver, ev bot.Event) {
	ev.ID, ev.What = ev.ID+":home", bot.Opened{}
	now, err := receive(ctx, r, ev)
	if err == nil {
		s.publish(ctx, ev, now)
	}
}

// openForm opens a form. Slack gives three seconds for that; where they have
// passed the person is told to try again.
func (s *Slack) openForm(ctx context.Context, trigger string, f bot.Form, in bot.Place, response string) {
	v, err := s.modal(f, meta{Channel: string(in.ID), Thread: string(in.Thread), Route: in.Route})
	if err == nil {
		err = s.with(ctx, in.Tenant, func(c *api.Client) error {
			_, err := c.OpenViewContext(ctx, trigger, *v)
			return err
		})
	}
	if err == nil {
		return
	}
	s.o.Log.Warn("slack: a form was not opened", "reason", reasonFor(err))
	if response != "" {
		s.respond(ctx, response, []api.MsgOption{api.MsgOptionText(s.words.Say(f.Lang, "expired"), true)}, api.MsgOptionResponseURL(response, "ephemeral"))
	}
}

// respond answers through the address that came with an interaction.
func (s *Slack) respond(ctx context.Context, address string, message []api.MsgOption, how api.MsgOption) {
	if !s.slackHost(address) {
		s.o.Log.Warn("slack: an interaction named an address that is not Slack's")
		return
	}
	_, _, err := s.client("").PostMessageContext(ctx, "", append(message, how)...)
	if err != nil {
		s.o.Log.Warn("slack: an interaction was not answered", "reason", reasonFor(err))
	}
}

// handleSubmitted takes a form. Its faults, or the next form, are the answer.
func (s *Slack) handleSubmitted(ctx context.Context, r bot.Receiver, i interaction) (any, error) {
	m := i.meta()
	if !channelID.MatchString(m.Channel) {
		s.o.Log.Info("slack: a form that is not ours")
		return nil, nil
	}
	ev := i.submitted(m)
	if w, ok := ev.What.(bot.Submitted); ok && w.Form == composerID {
		ev = i.typed(ev.In, w.Fields[composerField], "asked", i.View.ID)
	}
	now, err := receive(ctx, r, ev)
	switch {
	case err != nil || now == nil:
		return nil, err
	case len(now.FieldErrors) > 0:
		return &api.ViewSubmissionResponse{ResponseAction: api.RAErrors, Errors: faults(now.FieldErrors, i.View.State.Values, m.First)}, nil
	case now.Form != nil:
		v, fault := s.modal(*now.Form, m)
		if fault == nil {
			return api.NewUpdateViewSubmissionResponse(v), nil
		}
		s.o.Log.Warn("slack: a form was not opened", "reason", "too large")
	}
	return nil, nil
}

// handleShortcut takes a shortcut: one that asks opens the composer, one on a
// message asks what the message says, for the one who used it alone.
func (s *Slack) handleShortcut(ctx context.Context, r bot.Receiver, i interaction) error {
	switch i.Callback {
	case "ask":
		in, err := s.Open(ctx, i.user())
		if err != nil {
			return err
		}
		s.openForm(ctx, i.Trigger, s.composer(bot.English), in, i.Response)
		return nil
	case "answer_this":
		in, ok := i.place()
		if !ok {
			return nil
		}
		text := hear(i.Message.Text, i.Team.ID, s.selfIn(i.Team.ID)).text
		_, err := receive(ctx, r, i.typed(only(in, i.User.ID), text, string(in.ID), i.Message.TS, "shortcut", orElse(i.Trigger, i.ActionTS)))
		return err
	case "my_supervision":
		in, err := s.Open(ctx, i.user())
		if err != nil {
			return err
		}
		_, err = receive(ctx, r, i.typed(in, "my supervision", "shortcut", orElse(i.Trigger, i.ActionTS)))
		return err
	}
	return nil
}

// handleCommand takes a slash command. In a direct chat, which may be between
// two people, the answer comes to the person's own chat with the bot.
func (s *Slack) handleCommand(ctx context.Context, r bot.Receiver, c command) (any, error) {
	text, ok := c.text()
	if !ok || c.User == "" || c.Team == "" {
		return nil, nil
	}
	in := placeOf(c.Team, c.Channel, "", "")
	if in.Kind == bot.DirectChat || !channelID.MatchString(c.Channel) {
		var err error
		if in, err = s.Open(ctx, userOf(c.Team, c.User)); err != nil {
			return nil, err
		}
	} else if !commands[c.Command].shared || text == "help" {
		in = only(in, c.User)
	}
	now, err := receive(ctx, r, c.event(in, text))
	if err == nil && now != nil && now.Form != nil {
		s.openForm(ctx, c.Trigger, *now.Form, in, "")
	}
	return nil, err
}
