package slack

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"cymar/bot"
)

// reasons is what Slack's own error codes mean for us; any other one is a
// fault in what we sent.
var reasons = map[bot.Reason][]string{
	bot.AuthFailed: {
		"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope", "no_permission",
		"org_login_required", "ekm_access_denied", "not_allowed_token_type", "access_denied", "app_not_installed",
	},
	bot.Unreachable: {
		"channel_not_found", "not_in_channel", "is_archived", "user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot",
		"user_not_visible", "user_not_in_channel", "messages_tab_disabled", "restricted_action", "restricted_action_read_only_channel",
		"restricted_action_thread_only_channel", "restricted_action_non_threadable_channel", "restricted_action_thread_locked",
		"message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed", "file_not_found", "file_deleted", "team_not_found",
		"users_list_not_supplied", "not_enough_users", "method_not_supported_for_channel_type", "external_channel_migrating",
	},
	bot.RateLimited: {"ratelimited", "rate_limited", "message_limit_exceeded"},
	bot.ServerFault: {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "accesslimited"},
}

var reasonOf = func() map[string]bot.Reason {
	out := map[string]bot.Reason{}
	for reason, codes := range reasons {
		for _, c := range codes {
			out[c] = reason
		}
	}
	return out
}()

// failed is an error of a call as the core takes it. It keeps Slack's code,
// and nothing of what was sent.
func failed(err error) error {
	if err == nil {
		return nil
	}
	var own *bot.SendError
	var limited *api.RateLimitedError
	var status api.StatusCodeError
	var refused api.SlackErrorResponse
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &limited):
		return &bot.SendError{Reason: bot.RateLimited, After: max(limited.RetryAfter, 0), Err: errors.New("slack: ratelimited")}
	case errors.As(err, &status):
		return &bot.SendError{Reason: statusReason(status.Code), After: time.Second, Err: errors.New("slack: status " + http.StatusText(status.Code))}
	case errors.As(err, &refused):
		return refusal(refused.Err)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &bot.SendError{Reason: bot.ServerFault, Err: errors.New("slack: no answer in time")}
	}
	return &bot.SendError{Reason: bot.ServerFault, Err: errors.New("slack: the connection failed, or the answer could not be read")}
}

func statusReason(code int) bot.Reason {
	switch {
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return bot.AuthFailed
	case code == http.StatusNotFound:
		return bot.Unreachable
	case code == http.StatusTooManyRequests:
		return bot.RateLimited
	case code >= 500:
		return bot.ServerFault
	}
	return bot.Invalid
}

// refusal is a code of Slack's as an error. A code is a fixed word; anything
// else is not repeated.
func refusal(code string) error {
	reason, ok := reasonOf[code]
	if !ok {
		reason = bot.Invalid
	}
	if strings.Trim(code, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" || len(code) > 60 {
		code = "an error without a code"
	}
	return &bot.SendError{Reason: reason, Err: errors.New("slack: " + code)}
}

// codeOf is Slack's code of an error, or "".
func codeOf(err error) string {
	var refused api.SlackErrorResponse
	if errors.As(err, &refused) {
		return refused.Err
	}
	return ""
}

// reasonFor names an error for a log line.
func reasonFor(err error) string {
	var own *bot.SendError
	switch {
	case errors.As(failed(err), &own) && own.Err != nil:
		return own.Err.Error()
	case err == nil:
		return ""
	}
	return "error"
}
