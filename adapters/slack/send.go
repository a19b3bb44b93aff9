package slack

import (
	"context"
	"errors"

	api "github.com/slack-go/slack"

	"cymar/bot"
)

var (
	errPace   = errors.New("slack: one message a second in a channel")
	errTooBig = errors.New("slack: larger than one message")
)

// Send puts a card into a place: for everybody there, or for one person. The
// answer to a slash command goes to the one who typed it.
func (s *Slack) Send(ctx context.Context, to bot.Place, one *bot.User, card bot.Card) (bot.MessageID, error) {
	if err := s.pace.take(string(to.Tenant) + string(to.ID)); err != nil {
		return "", err
	}
	who := onlyFor(to)
	if one != nil && to.Kind != bot.DirectChat {
		who = string(one.ID)
	}
	if who != "" {
		return s.ephemeral(ctx, to, who, card)
	}
	if pic, ok := picture(card); ok {
		return s.Upload(ctx, to, bot.FileRef{Name: "picture.png", Type: "image/png", Data: pic.PNG}, nil)
	}
	return s.post(ctx, to, card)
}

// picture is the picture of a card that is nothing else.
func picture(c bot.Card) (bot.Picture, bool) {
	if len(c.Blocks) != 1 {
		return bot.Picture{}, false
	}
	p, ok := c.Blocks[0].(bot.Picture)
	return p, ok && len(p.PNG) > 0
}

// message is a card as the options of a call. Nothing unfolds: what a link
// leads to is not for everybody in the channel.
func (s *Slack) message(card bot.Card, thread bot.MessageID) []api.MsgOption {
	opts := []api.MsgOption{
		api.MsgOptionText(fallback(card), false), api.MsgOptionDisableLinkUnfurl(), api.MsgOptionDisableMediaUnfurl(),
		api.MsgOptionDisableMarkdown(), api.MsgOptionLinkNames(false), api.MsgOptionBlocks(s.blocks(card, false)...),
	}
	if thread != "" {
		opts = append(opts, api.MsgOptionTS(string(thread)))
	}
	return opts
}

func (s *Slack) post(ctx context.Context, to bot.Place, card bot.Card) (bot.MessageID, error) {
	var ts string
	err := s.with(ctx, to.Tenant, func(c *api.Client) (err error) {
		_, ts, err = c.PostMessageContext(ctx, string(to.ID), s.message(card, to.Thread)...)
		return err
	})
	return bot.MessageID(ts), failed(err)
}

// ephemeral is a message that one person sees. Where the bot is not in the
// channel it goes to their direct chat.
func (s *Slack) ephemeral(ctx context.Context, to bot.Place, who string, card bot.Card) (bot.MessageID, error) {
	var ts string
	err := s.with(ctx, to.Tenant, func(c *api.Client) (err error) {
		ts, err = c.PostEphemeralContext(ctx, string(to.ID), who, s.message(card, to.Thread)...)
		return err
	})
	switch codeOf(err) {
	case "channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived":
		direct, err := s.Open(ctx, userOf(string(to.Tenant), who))
		if err != nil {
			return "", err
		}
		return s.post(ctx, direct, card)
	}
	return bot.MessageID(ts), failed(err)
}

// Update changes a card that was sent. One that only one person saw cannot be
// changed, nor can a card take the place of one that needed several messages.
func (s *Slack) Update(ctx context.Context, in bot.Place, m bot.MessageID, card bot.Card) error {
	if onlyFor(in) != "" || !stamp.MatchString(string(m)) {
		return refusal("message_not_found")
	}
	if len(s.Split(card)) > 1 {
		return &bot.SendError{Reason: bot.Invalid, Err: errTooBig}
	}
	if err := s.pace.take(string(in.Tenant) + string(in.ID)); err != nil {
		return err
	}
	return failed(s.with(ctx, in.Tenant, func(c *api.Client) error {
		_, _, _, err := c.UpdateMessageContext(ctx, string(in.ID), string(m), s.message(card, "")...)
		return err
	}))
}

// Open is somebody's direct chat, opened on first need.
func (s *Slack) Open(ctx context.Context, u bot.User) (bot.Place, error) {
	if id, ok := s.direct.get(u); ok {
		return placeOf(string(u.Tenant), id, "im", ""), nil
	}
	var id string
	err := s.with(ctx, u.Tenant, func(c *api.Client) error {
		ch, _, _, err := c.OpenConversationContext(ctx, &api.OpenConversationParameters{Users: []string{string(u.ID)}})
		if err == nil {
			id = ch.ID
		}
		return err
	})
	if err != nil {
		return bot.Place{}, failed(err)
	}
	s.direct.put(u, id)
	return placeOf(string(u.Tenant), id, "im", ""), nil
}
