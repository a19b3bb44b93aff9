package slack_test

import (
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"cymar/adapters/adaptertest"
	"cymar/adapters/slack"
	"cymar/adapters/slack/slackfake"
	"cymar/bot"
	"cymar/bot/bottest"
)

func hello() bot.Card { return bot.Say(bot.English, "hello") }

func reason(t *testing.T, err error) *bot.SendError {
	t.Helper()
	var failed *bot.SendError
	if !errors.As(err, &failed) {
		t.Fatalf("no *SendError: %v", err)
	}
	return failed
}

func TestSlacksOwnErrorsHaveTheirReasons(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bot.Reason{
		"invalid_auth": bot.AuthFailed, "token_revoked": bot.AuthFailed, "account_inactive": bot.AuthFailed, "missing_scope": bot.AuthFailed,
		"token_expired": bot.AuthFailed, "channel_not_found": bot.Unreachable, "is_archived": bot.Unreachable, "not_in_channel": bot.Unreachable,
		"user_disabled": bot.Unreachable, "cannot_dm_bot": bot.Unreachable, "messages_tab_disabled": bot.Unreachable,
		"ratelimited": bot.RateLimited, "internal_error": bot.ServerFault, "fatal_error": bot.ServerFault, "service_unavailable": bot.ServerFault,
		"msg_too_long": bot.Invalid, "invalid_blocks": bot.Invalid, "msg_blocks_too_long": bot.Invalid, "no_text": bot.Invalid, "an_error_of_tomorrow": bot.Invalid,
	} {
		w, _ := quiet(t)
		w.fake.Break(slackfake.Fault{Code: code})
		_, err := w.slack.Send(t.Context(), place(slackfake.Community), nil, hello())
		if got := reason(t, err); got.Reason != want || !strings.Contains(err.Error(), code) {
			t.Errorf("%s: %v", code, err)
		}
	}
	w, _ := quiet(t)
	w.fake.Break(slackfake.Fault{Code: "zebrafinch said: " + slackfake.BotToken})
	if _, err := w.slack.Send(t.Context(), place(slackfake.Community), nil, hello()); strings.Contains(err.Error(), "zebra") {
		t.Errorf("an answer's words are repeated: %v", err)
	}
}

func TestAWorkspaceThatRevokedItsTokenIsRefusedForGood(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	w.fake.Revoke()
	_, err := w.slack.Send(t.Context(), place(slackfake.Community), nil, hello())
	if got := reason(t, err); got.Reason != bot.AuthFailed || got.Reason.Passing() {
		t.Errorf("%v", err)
	}
	if _, err := w.slack.Check(t.Context()); err == nil || strings.Contains(err.Error(), slackfake.BotToken) {
		t.Errorf("check: %v", err)
	}
}

func TestATokenIsUsedForItsOwnWorkspaceAlone(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	name, err := w.slack.Check(t.Context())
	if err != nil || name != "in the workspace Peer support Wales, over HTTP" {
		t.Fatalf("%q, %v", name, err)
	}
	other := place(slackfake.Community)
	other.Tenant = "T0OTHER001"
	if _, err := w.slack.Send(t.Context(), other, nil, hello()); reason(t, err).Reason != bot.Unreachable || w.fake.Calls("chat.postMessage") != 0 {
		t.Errorf("%v, %d calls", err, w.fake.Calls("chat.postMessage"))
	}
}

func TestNothingThatIsSentUnfoldsOrIsParsed(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	if _, err := w.slack.Send(t.Context(), inThread(slackfake.Community, "1795440000.000100"), nil, bot.Say(bot.English, "see <!channel> & https://evil.example")); err != nil {
		t.Fatal(err)
	}
	m := w.fake.Messages()[0]
	if m.Thread != "1795440000.000100" || m.Text != "see &lt;!channel&gt; &amp; https://evil.example" {
		t.Errorf("%+v", m)
	}
}

func TestAChannelGetsABurstThenOneMessageASecondAndOthersAreNotHeldUp(t *testing.T) {
	t.Parallel()
	clock := bottest.NewClock(time.Time{})
	w := start(t, adaptertest.World{Receiver: &adaptertest.Taker{}, Clock: clock, Log: slog.New(slog.DiscardHandler)})
	send := func(id string) error {
		_, err := w.slack.Send(t.Context(), place(id), nil, hello())
		return err
	}
	var after []time.Duration
	for range 10 {
		if err := send(slackfake.Community); err != nil {
			after = append(after, reason(t, err).After)
		}
	}
	want := []time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 4 * time.Second, 5 * time.Second, 6 * time.Second}
	if !slices.Equal(after, want) {
		t.Errorf("told to come back after %v", after)
	}
	if err := send(slackfake.Closed); err != nil {
		t.Errorf("another channel: %v", err)
	}
	for i := range want {
		clock.Advance(time.Second)
		if err := send(slackfake.Community); err != nil {
			t.Errorf("number %d came back in its second and was refused: %v", i, err)
		}
	}
	if n := w.fake.Calls("chat.postMessage"); n != 11 {
		t.Errorf("%d calls", n)
	}
}

func TestAMessageForOneGoesToTheirOwnChatWhereTheBotIsNotInTheChannel(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	alex := userOf(slackfake.Alex)
	if _, err := w.slack.Send(t.Context(), place(slackfake.Elsewhere), &alex, hello()); err != nil {
		t.Fatal(err)
	}
	if m := w.fake.Messages()[0]; m.Channel != slackfake.Direct(slackfake.Alex) || m.User != "" {
		t.Errorf("%+v", m)
	}
	if _, err := w.slack.Send(t.Context(), onlyAlex(place(slackfake.Community)), nil, hello()); err != nil {
		t.Fatal(err)
	}
	if m := w.fake.Messages()[1]; m.Channel != slackfake.Community || m.User != slackfake.Alex {
		t.Errorf("the answer to a command: %+v", m)
	}
}

func TestACardThatCannotBeChangedSaysSoSoThatItIsSentAnew(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	for name, err := range map[string]error{
		"never sent":   w.slack.Update(t.Context(), place(slackfake.Community), "1795000000.999999", hello()),
		"a file":       w.slack.Update(t.Context(), place(slackfake.Community), "F0FILE0001", hello()),
		"only for one": w.slack.Update(t.Context(), onlyAlex(place(slackfake.Community)), "1795000000.000001", hello()),
		"too large":    w.slack.Update(t.Context(), place(slackfake.Community), "1795000000.000001", bot.Say(bot.English, strings.Repeat("word ", 9000))),
	} {
		if got := reason(t, err); got.Reason.Passing() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestADirectChatIsOpenedOnce(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	for range 3 {
		if _, err := w.slack.Open(t.Context(), userOf(slackfake.Bea)); err != nil {
			t.Fatal(err)
		}
	}
	if n := w.fake.Calls("conversations.open"); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

func TestAFileIsPutUpInThreeStepsAndAPictureAsAFile(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	to := inThread(slackfake.Community, "1795440000.000100")
	id, err := w.slack.Upload(t.Context(), to, bot.FileRef{Name: "overview.docx"}, strings.NewReader("PK zip"))
	if err != nil || id == "" {
		t.Fatal(err)
	}
	c := bot.Card{Summary: "s", Blocks: []bot.Block{bot.Para("before"), bot.Picture{Alt: "a chart", PNG: []byte("\x89PNG")}, bot.Para("after")}}
	for _, piece := range w.slack.Split(c) {
		if _, err := w.slack.Send(t.Context(), to, nil, piece); err != nil {
			t.Fatal(err)
		}
	}
	files := w.fake.Files()
	if len(files) != 2 || string(files[0].Data) != "PK zip" || files[0].Thread != "1795440000.000100" || files[0].Name != "overview.docx" || string(files[1].Data) != "\x89PNG" {
		t.Errorf("%+v", files)
	}
	if n := len(w.fake.Messages()); n != 4 {
		t.Errorf("%d messages", n)
	}
}

func TestAnUploadThatFailsSaysWhy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault slackfake.Fault
		body  string
		want  bot.Reason
	}{
		"an empty file":            {body: "", want: bot.Invalid},
		"the address is away":      {slackfake.Fault{Method: "upload", Status: 503}, "x", bot.ServerFault},
		"the connection is cut":    {slackfake.Fault{Method: "upload", Cut: true}, "x", bot.ServerFault},
		"it is not given a place":  {slackfake.Fault{Method: "files.completeUploadExternal", Code: "channel_not_found"}, "x", bot.Unreachable},
		"too many files":           {slackfake.Fault{Method: "files.getUploadURLExternal", Status: 429, RetryAfter: 9 * time.Second}, "x", bot.RateLimited},
		"it may not put up a file": {slackfake.Fault{Method: "files.getUploadURLExternal", Code: "missing_scope"}, "x", bot.AuthFailed},
	} {
		w, _ := quiet(t)
		if c.fault != (slackfake.Fault{}) {
			w.fake.Break(c.fault)
		}
		_, err := w.slack.Upload(t.Context(), place(slackfake.Community), bot.FileRef{Name: "a"}, strings.NewReader(c.body))
		if got := reason(t, err); got.Reason != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestADroppedFileIsFetchedFromSlackAndFromNowhereElse(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	id := w.fake.Put("chat.txt", []byte("14:00 hello"))
	body, err := w.slack.Fetch(t.Context(), bot.FileRef{Route: slackfake.Team + "/" + id})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(body); err != nil || string(b) != "14:00 hello" {
		t.Errorf("%q, %v", b, err)
	}
	_ = body.Close()
	for route, want := range map[string]bot.Reason{
		slackfake.Team + "/F0GONE": bot.Unreachable, "": bot.Unreachable, "x": bot.Unreachable, slackfake.Team + "/../F1": bot.Unreachable,
	} {
		if _, err := w.slack.Fetch(t.Context(), bot.FileRef{Route: route}); reason(t, err).Reason != want {
			t.Errorf("%q: %v", route, err)
		}
	}
	w.fake.Break(slackfake.Fault{Method: "download", Status: 403})
	if _, err := w.slack.Fetch(t.Context(), bot.FileRef{Route: slackfake.Team + "/" + id}); reason(t, err).Reason != bot.AuthFailed {
		t.Errorf("without files:read: %v", err)
	}
}

func TestPeopleAreThoseWhoAreThereWithTheirNames(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	all, err := w.slack.People(t.Context(), place(slackfake.Community))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bot.UserID{}
	for _, p := range all {
		names[p.Name] = p.User.ID
	}
	if len(names) != 2 || names["Alex Hughes"] != slackfake.Alex || names["Bea Owen"] != slackfake.Bea {
		t.Errorf("%v", names)
	}
	w.fake.Break(slackfake.Fault{Method: "users.list", Code: "missing_scope"})
	if _, err := w.slack.People(t.Context(), place(slackfake.Community)); reason(t, err).Reason != bot.AuthFailed {
		t.Errorf("%v", err)
	}
}

func TestWithNoTokenAtAllNothingIsSent(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t, func(o *slack.Options) { o.BotToken = "" })
	if _, err := w.slack.Send(t.Context(), place(slackfake.Community), nil, hello()); reason(t, err).Reason != bot.AuthFailed {
		t.Errorf("%v", err)
	}
	if name, err := w.slack.Check(t.Context()); err != nil || !strings.Contains(name, "installs it, over HTTP") {
		t.Errorf("check: %q, %v", name, err)
	}
}
