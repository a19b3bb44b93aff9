package slack

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	api "github.com/slack-go/slack"

	"cymar/bot"
)

// maxUpload is how much is put into a place at once, in bytes.
const maxUpload = 32 << 20

// Upload puts a file into a place, in Slack's three steps. The middle one is
// ours: slack-go ends its multipart body twice, which strict servers refuse,
// and sends the token along.
func (s *Slack) Upload(ctx context.Context, to bot.Place, f bot.FileRef, body io.Reader) (bot.MessageID, error) {
	data := f.Data
	if body != nil {
		var err error
		if data, err = io.ReadAll(io.LimitReader(body, maxUpload+1)); err != nil {
			return "", &bot.SendError{Reason: bot.Invalid, Err: errors.New("slack: the file could not be read")}
		}
	}
	if len(data) == 0 || len(data) > maxUpload {
		return "", &bot.SendError{Reason: bot.Invalid, Err: errors.New("slack: the file is empty or too large")}
	}
	if who := onlyFor(to); who != "" {
		direct, err := s.Open(ctx, userOf(string(to.Tenant), who))
		if err != nil {
			return "", err
		}
		to = direct
	}
	var id string
	err := s.with(ctx, to.Tenant, func(c *api.Client) (err error) {
		id, err = s.upload(ctx, c, to, short(orElse(f.Name, "file"), 200), data)
		return err
	})
	return bot.MessageID(id), failed(err)
}

func (s *Slack) upload(ctx context.Context, c *api.Client, to bot.Place, name string, data []byte) (string, error) {
	slot, err := c.GetUploadURLExternalContext(ctx, api.GetUploadURLExternalParameters{FileName: name, FileSize: len(data)})
	if err != nil {
		return "", err
	}
	if err := s.raw(ctx, slot.UploadURL, data); err != nil {
		return "", err
	}
	_, err = c.CompleteUploadExternalContext(ctx, api.CompleteUploadExternalParameters{
		Files: []api.FileSummary{{ID: slot.FileID, Title: name}}, Channel: string(to.ID), ThreadTimestamp: string(to.Thread),
	})
	return slot.FileID, err
}

// raw posts the bytes to the address that Slack gave for them.
func (s *Slack) raw(ctx context.Context, to string, data []byte) error {
	if !s.slackHost(to) {
		return errHost
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(data))
	if err != nil {
		return errHost
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	res, err := s.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16))
	if res.StatusCode != http.StatusOK {
		return api.StatusCodeError{Code: res.StatusCode, Status: res.Status}
	}
	return nil
}

var errHost = &bot.SendError{Reason: bot.Invalid, Err: errors.New("slack: not an address of Slack's")}

// slackHost reports whether an address is Slack's own, or that of the API
// that was set; a token and a file go nowhere else.
func (s *Slack) slackHost(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if base, err := url.Parse(s.o.APIURL); err == nil && s.o.APIURL != "" && u.Host == base.Host && u.Scheme == base.Scheme {
		return true
	}
	host := u.Hostname()
	return u.Scheme == "https" && (host == "slack.com" || strings.HasSuffix(host, ".slack.com") || strings.HasSuffix(host, ".slack-gov.com"))
}

// Fetch opens a file that somebody dropped. Where it lies is asked of Slack
// again, so that an event cannot send us to another address.
func (s *Slack) Fetch(ctx context.Context, f bot.FileRef) (io.ReadCloser, error) {
	team, id, ok := strings.Cut(f.Route, "/")
	if !ok || !fileID(id) {
		return nil, refusal("file_not_found")
	}
	var body io.ReadCloser
	err := s.with(ctx, bot.TenantID(team), func(c *api.Client) error {
		info, _, _, err := c.GetFileInfoContext(ctx, id, 0, 0)
		if err != nil {
			return err
		}
		body, err = s.download(ctx, bot.TenantID(team), orElse(info.URLPrivateDownload, info.URLPrivate))
		return err
	})
	return body, failed(err)
}

func fileID(id string) bool {
	return strings.HasPrefix(id, "F") && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

func (s *Slack) download(ctx context.Context, t bot.TenantID, from string) (io.ReadCloser, error) {
	if !s.slackHost(from) {
		return nil, errHost
	}
	token, err := s.token(ctx, t)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, errHost
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := s.http.Do(req)
	if err != nil {
		return nil, err
	}
	// A token without files:read gets a page to sign in at, with status 200.
	if res.StatusCode != http.StatusOK || strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && res.Request.URL.String() != from {
		_ = res.Body.Close()
		if res.StatusCode == http.StatusOK {
			return nil, api.SlackErrorResponse{Err: "missing_scope"}
		}
		return nil, api.StatusCodeError{Code: res.StatusCode, Status: res.Status}
	}
	return res.Body, nil
}

// People is who is in a channel, with the names that Slack shows, for matching
// a roster. They are not kept.
func (s *Slack) People(ctx context.Context, in bot.Place) ([]bot.Person, error) {
	var out []bot.Person
	err := s.with(ctx, in.Tenant, func(c *api.Client) error {
		here, err := members(ctx, c, string(in.ID))
		if err != nil {
			return err
		}
		out, err = named(ctx, c, string(in.Tenant), here)
		return err
	})
	return out, failed(err)
}

// members is the ids of everybody in a channel, page by page.
func members(ctx context.Context, c *api.Client, channel string) (map[string]bool, error) {
	here := map[string]bool{}
	for cursor := ""; ; {
		ids, next, err := c.GetUsersInConversationContext(ctx, &api.GetUsersInConversationParameters{ChannelID: channel, Cursor: cursor, Limit: 1000})
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			here[id] = true
		}
		if next == "" || next == cursor {
			return here, nil
		}
		cursor = next
	}
}

// named finds the names of those who are here, and stops when it has all.
func named(ctx context.Context, c *api.Client, team string, here map[string]bool) ([]bot.Person, error) {
	var out []bot.Person
	page := c.GetUsersPaginated(api.GetUsersOptionLimit(1000))
	for len(out) < len(here) {
		var err error
		page, err = page.Next(ctx)
		if page.Done(err) {
			break
		}
		if err != nil {
			return nil, err
		}
		for _, u := range page.Users {
			if here[u.ID] && !u.IsBot && !u.Deleted {
				out = append(out, bot.Person{User: userOf(team, u.ID), Name: orElse(u.Profile.RealName, orElse(u.RealName, u.Name))})
			}
		}
	}
	return out, nil
}
