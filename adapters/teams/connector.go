package teams

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/infracloudio/msbotbuilder-go/connector/client"
	"github.com/infracloudio/msbotbuilder-go/schema"

	"cymar/bot"
)

// callTimeout is for one call, from dialling to the last byte.
const callTimeout = 10 * time.Second

// mostAnswer is how much of a response is read, in bytes.
const mostAnswer = 4 << 20

// connector calls Microsoft's services with our bearer. It is the library's
// client.Client, in the place of its own, which has no time-outs, loses what
// was answered and leaks its connections.
type connector struct {
	bearer Bearer
	http   *http.Client
	hosts  hosts
	clock  bot.Clock
}

var _ client.Client = (*connector)(nil)

// sentKey is the context's key for where the id of what was sent goes.
type sentKey struct{}

// Post sends an activity; its id goes to where the context says.
func (c *connector) Post(ctx context.Context, to url.URL, a schema.Activity) error {
	body, err := c.call(ctx, http.MethodPost, to.String(), slim(a))
	if into, ok := ctx.Value(sentKey{}).(*string); ok && err == nil {
		var made struct {
			ID text `json:"id"`
		}
		if len(body) > 0 && json.Unmarshal(body, &made) != nil {
			return &bot.SendError{Reason: bot.ServerFault, Err: errors.New("the answer cannot be read")}
		}
		*into = string(made.ID)
	}
	return err
}

// Put changes an activity.
func (c *connector) Put(ctx context.Context, to url.URL, a schema.Activity) error {
	_, err := c.call(ctx, http.MethodPut, to.String(), slim(a))
	return err
}

// Delete takes an activity away.
func (c *connector) Delete(ctx context.Context, to url.URL) error {
	_, err := c.call(ctx, http.MethodDelete, to.String(), nil)
	return err
}

// Get asks for something.
func (c *connector) Get(ctx context.Context, from url.URL) (json.RawMessage, error) {
	return c.call(ctx, http.MethodGet, from.String(), nil)
}

// slim is an activity without the empty parts that the library's type always
// writes, among them a time in the year 1 after which it should not be shown.
func slim(a schema.Activity) node {
	out := node{"type": a.Type, "from": a.From, "conversation": node{"id": a.Conversation.ID}}
	if a.ID != "" {
		out["id"] = a.ID
	}
	if a.Summary != "" {
		out["summary"] = a.Summary
	}
	if a.Locale != "" {
		out["locale"] = a.Locale
	}
	if len(a.Attachments) > 0 {
		out["attachments"] = a.Attachments
	}
	return out
}

// call makes one call. A refused token is renewed once.
func (c *connector) call(ctx context.Context, method, address string, body any) ([]byte, error) {
	if !c.hosts.allow(origin(address)) {
		return nil, &bot.SendError{Reason: bot.Invalid, Err: errors.New("the address is not one of Microsoft's")}
	}
	payload, err := encode(body)
	if err != nil {
		return nil, &bot.SendError{Reason: bot.Invalid, Err: err}
	}
	for again := true; ; again = false {
		token, err := c.bearer.Token(ctx)
		if err != nil {
			return nil, err
		}
		out, err := c.once(ctx, method, address, token, payload)
		var failed *bot.SendError
		if !again || !errors.As(err, &failed) || failed.Reason != bot.AuthFailed {
			return out, err
		}
		c.bearer.Drop(token)
	}
}

// origin is the part of an address that decides where it goes.
func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// encode writes JSON as short as it can be: without escaping what needs none.
func encode(v any) ([]byte, error) {
	if v == nil {
		return nil, nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func (c *connector) once(ctx context.Context, method, address, token string, payload []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(payload))
	if err != nil {
		return nil, &bot.SendError{Reason: bot.Invalid, Err: errors.New("the address cannot be used")}
	}
	req.Header.Set("Authorization", "Bearer "+token)
	if payload != nil {
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, &bot.SendError{Reason: bot.ServerFault, Err: errors.New("the service cannot be reached")}
	}
	defer func() { _ = res.Body.Close() }()
	out, err := io.ReadAll(io.LimitReader(res.Body, mostAnswer)) // to its end, so that the connection is used again
	if fault := c.fault(res); fault != nil {
		return out, fault
	}
	if err != nil {
		return nil, &bot.SendError{Reason: bot.ServerFault, Err: errors.New("the answer was cut short")}
	}
	return out, nil
}

// fault is what a status means to the outbox.
func (c *connector) fault(res *http.Response) error {
	e := &bot.SendError{Err: fmt.Errorf("the service answered %d", res.StatusCode)}
	switch s := res.StatusCode; {
	case s >= 200 && s < 300:
		return nil
	case s == http.StatusTooManyRequests:
		e.Reason, e.After = bot.RateLimited, jitter(max(retryAfter(res.Header, c.clock.Now()), time.Second))
	case s == http.StatusPreconditionFailed, s == http.StatusRequestTimeout, s >= 500:
		e.Reason, e.After = bot.ServerFault, jitter(retryAfter(res.Header, c.clock.Now()))
	case s == http.StatusUnauthorized:
		e.Reason = bot.AuthFailed
	case s == http.StatusForbidden, s == http.StatusNotFound, s == http.StatusGone:
		e.Reason = bot.Unreachable
	default:
		e.Reason = bot.Invalid
	}
	return e
}

// longestWait bounds what a Retry-After may ask of us.
const longestWait = time.Hour

// retryAfter reads the header in both its forms: seconds, or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := h.Get("Retry-After")
	if n, err := strconv.Atoi(v); err == nil && n > 0 {
		return min(time.Duration(min(n, 1<<20))*time.Second, longestWait)
	}
	if at, err := http.ParseTime(v); err == nil && at.After(now) {
		return min(at.Sub(now), longestWait)
	}
	return 0
}

// jitter spreads those who were asked to wait for the same time, by a fifth.
func jitter(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return d + rand.N(d/5+1)
}
