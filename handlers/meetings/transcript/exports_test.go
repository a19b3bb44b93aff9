package transcript

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// graphPages writes a chat as pages of Microsoft Graph, newest first.
func graphPages(tb testing.TB, all []Message, size int, kind string) map[string][]byte {
	tb.Helper()
	var values []map[string]any
	user := func(name string) map[string]any {
		return map[string]any{"user": map[string]any{"id": "u-" + name, "displayName": name}}
	}
	for i, m := range all {
		v := map[string]any{"id": fmt.Sprint(m.At.UnixMilli()*1000 + int64(i)), "messageType": "message", "createdDateTime": m.At.UTC().Format("2006-01-02T15:04:05.000Z"),
			"from": user(m.Author), "body": map[string]any{"contentType": "html", "content": "<p>" + strings.ReplaceAll(html.EscapeString(m.Text), "\n", "<br>") + "</p>"}}
		if m.Deleted {
			v["deletedDateTime"], v["body"] = v["createdDateTime"], map[string]any{"contentType": "html", "content": ""}
		}
		var reactions []map[string]any
		for _, r := range m.Reactions {
			for range r.Count {
				reactions = append(reactions, map[string]any{"reactionType": r.Name})
			}
		}
		v["reactions"] = reactions
		values = append(values, v)
	}
	values = append(values, map[string]any{"id": "9", "messageType": kind, "createdDateTime": all[0].At.UTC().Format(time.RFC3339), "from": nil,
		"body": map[string]any{"contentType": "html", "content": "<systemEventMessage/>"}, "eventDetail": map[string]any{"@odata.type": "#microsoft.graph.callStartedEventMessageDetail"}})
	pages := map[string][]byte{}
	for n := 0; len(values) > 0; n++ {
		k := min(size, len(values))
		b, err := json.Marshal(map[string]any{"@odata.context": "c", "@odata.count": k, "value": values[:k]})
		if err != nil {
			tb.Fatal(err)
		}
		pages[fmt.Sprintf("messages-%d.json", n+1)] = b
		values = values[k:]
	}
	return pages
}

func folder(pages map[string][]byte) fstest.MapFS {
	f := fstest.MapFS{}
	for name, data := range pages {
		f[name] = &fstest.MapFile{Data: data}
	}
	return f
}

func TestPagesOfGraphAreReadInAnyOrder(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"systemEventMessage", "unknownFutureValue"} {
		for _, name := range chatNames(t) {
			t.Run(kind+"/"+name, func(t *testing.T) {
				t.Parallel()
				want := chat(t, name)
				got, r, err := ReadFS(folder(graphPages(t, want.Messages, 30, kind)), Options{})
				if err != nil {
					t.Fatal(err)
				}
				mustAgree(t, compare(want.Messages, got.Messages), 1, 1, 1)
				if r.CallStart.IsZero() || r.System != 1 || got.Platform != Teams {
					t.Errorf("%+v", r)
				}
			})
		}
	}
}

func TestAPageThatWasCutOffGivesWhatItHas(t *testing.T) {
	t.Parallel()
	want := chat(t, "crisis-alternatives-national")
	for _, page := range graphPages(t, want.Messages, 1000, "systemEventMessage") {
		got, r, err := Read("page.json", bytes.NewReader(page[:len(page)/2]), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Messages) < 50 || len(r.Faults) != 1 || r.Faults[0].Why != CutOff || r.Faults[0].Line != len(got.Messages)+1 {
			t.Errorf("%d messages, %+v", len(got.Messages), r.Faults)
		}
	}
}

func TestOtherShapesOfGraphAreReadToo(t *testing.T) {
	t.Parallel()
	one := `{"id":"1","messageType":"message","createdDateTime":"2026-03-12T14:00:00Z","from":{"user":{"id":"u","displayName":"Ann"}},"body":{"contentType":"text","content":"hello"}}`
	two := strings.ReplaceAll(strings.ReplaceAll(one, `"1"`, `"2"`), "hello", "there")
	for name, c := range map[string]struct {
		text string
		want int
	}{
		"one message":             {one, 1},
		"a list":                  {"[" + one + "," + two + "]", 2},
		"pages one after another": {`{"value":[` + one + `]}` + "\n" + `{"value":[` + two + `]}`, 2},
		"the same twice":          {`{"value":[` + one + "," + one + `]}`, 1},
		"with a mark":             {"\ufeff" + `{"@odata.context":"x","value":[` + one + `]}`, 1},
		"a wrong type inside":     {`{"value":[{"id":7,"createdDateTime":"2026-03-12T14:00:00Z","messageType":"message"},` + one + `]}`, 1},
		"one line each":           {one + "\n" + two, 2},
	} {
		got, _, err := Read("x.json", strings.NewReader(c.text), Options{})
		if err != nil || len(got.Messages) != c.want {
			t.Errorf("%s: %v %+v", name, err, got.Messages)
		}
	}
}

func TestTheBodyOfATeamsMessageIsReadAsShown(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<p>one</p><p>two</p>":                         "one\n\ntwo",
		"<div>one<br>two<br/>three</div>":              "one\ntwo\nthree",
		"<p>fish &amp; chips&nbsp;</p>":                "fish & chips",
		`<p><at id="0">Jo</at> yes</p>`:                "@Jo yes",
		`<p>ok <emoji alt="👍" id="x"></emoji></p>`:     "ok 👍",
		`<p>ok <emoji alt="👍" id="x">thumb</emoji>`:    "ok 👍",
		`<attachment id="1"></attachment><p>reply</p>`: "reply",
		`<blockquote itemtype="http://schema.skype.com/Reply" itemid="7"><p>quoted</p></blockquote><p>answer</p>`: "answer",
		`<blockquote>said</blockquote>after`: "saidafter",
		"<ul><li>a</li><li>b</li></ul>":      "a\nb",
		"a < b and b > c":                    "a < b and b > c",
		"5 < 6":                              "5 < 6",
		"<p>one\n   two</p>":                 "one two",
		"<pre>a\n  b</pre>":                  "a\n  b",
		"<script>alert(1)</script>x":         "x",
		"<style>p{}</style>x":                "x",
		`<img src="x" alt="photo">text`:      "text",
		`<img alt="😀" itemtype="http://schema.skype.com/Emoji">`: "😀",
		"unclosed <b": "unclosed <b",
		"<b>bold</b>": "bold",
		"":            "",
	} {
		if got, _, _ := bodyText(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	_, links, _ := bodyText(`<a href="https://x.example/a">the slides</a> <a href="https://x.example/b">https://x.example/b</a> <a href="javascript:x">y</a>`)
	if fmt.Sprint(links) != "[https://x.example/a]" {
		t.Errorf("links %v", links)
	}
	if _, _, reply := bodyText(`<blockquote itemtype="http://schema.skype.com/Reply" itemid="77">x</blockquote>y`); reply != "77" {
		t.Errorf("reply %q", reply)
	}
}

// slackDay is one file of an export.
func slackDay(tb testing.TB, all ...map[string]any) []byte {
	tb.Helper()
	b, err := json.Marshal(all)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func slackSaid(at time.Time, user, text string) map[string]any {
	return map[string]any{"type": "message", "ts": fmt.Sprintf("%d.000100", at.Unix()), "user": user, "text": text}
}

func slackFolder(tb testing.TB, extra map[string][]byte) map[string][]byte {
	tb.Helper()
	at := time.Date(2026, 5, 19, 9, 0, 0, 0, time.UTC)
	bot := slackSaid(at.Add(3*time.Minute), "", "a bot's words")
	bot["subtype"], bot["bot_id"], bot["username"] = "bot_message", "B1", "helper"
	join := slackSaid(at.Add(4*time.Minute), "U1", "<@U1> has joined the channel")
	join["subtype"] = "channel_join"
	reply := slackSaid(at.Add(5*time.Minute), "U2", "see <https://x.example/a|the slides> &amp; <#C1|general> <!here>")
	reply["thread_ts"] = fmt.Sprintf("%d.000100", at.Unix())
	reply["edited"] = map[string]any{"user": "U2", "ts": fmt.Sprintf("%d.0", at.Add(6*time.Minute).Unix())}
	gone := slackSaid(at.Add(7*time.Minute), "U2", "This message was deleted.")
	gone["subtype"] = "tombstone"
	file := slackSaid(at.Add(8*time.Minute), "U3", "")
	file["files"] = []map[string]any{{"name": "plan.docx", "permalink": "https://x.example/plan"}}
	first := slackSaid(at, "U1", "hello <@U2>, ok?")
	first["reactions"] = []map[string]any{{"name": "wave", "count": 3}}
	pages := map[string][]byte{
		"users.json":                 []byte(`[{"id":"U1","name":"ann","real_name":"Ann Lee","profile":{"display_name":"","real_name":"Ann Lee"}},{"id":"U2","name":"bob","profile":{"display_name":"Bob R"}}]`),
		"channels.json":              []byte(`[{"id":"C1","name":"peers","is_archived":false,"members":["U1"],"topic":{"value":"Peer space"}}]`),
		"canvases.json":              []byte(`[]`),
		"dms.json":                   []byte(`[{"id":"D012345678","created":1,"members":["U1","U2"]}]`),
		"integration_logs.json":      []byte(`[{"user_id":"U1","user_type":"x","date":"1"}]`),
		"peers/2026-05-19.json":      slackDay(tb, first, bot, join, reply, gone, file),
		"D012345678/2026-05-19.json": slackDay(tb, slackSaid(at, "U1", "a private word")),
	}
	for name, data := range extra {
		pages[name] = data
	}
	return pages
}

func TestASlackExportIsReadWithItsNames(t *testing.T) {
	t.Parallel()
	got, r, err := ReadFS(folder(slackFolder(t, nil)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Channel != "peers" || got.Title != "Peer space" || got.Platform != Slack || len(got.Messages) != 5 {
		t.Fatalf("%+v", got)
	}
	m := got.Messages
	if m[0].Author != "Ann Lee" || m[0].Text != "hello @Bob R, ok?" || m[0].Reactions[0] != (Reaction{"wave", 3}) {
		t.Errorf("%+v", m[0])
	}
	if !m[1].Bot || m[1].Author != "helper" {
		t.Errorf("%+v", m[1])
	}
	if m[2].Text != "see the slides & #general @here" || m[2].ReplyTo != m[0].ID || m[2].Links[0] != "https://x.example/a" || m[2].Edited.IsZero() {
		t.Errorf("%+v", m[2])
	}
	if !m[3].Deleted || m[4].Author != "U3" || m[4].Text != "plan.docx" {
		t.Errorf("%+v %+v", m[3], m[4])
	}
	if r.Deleted != 1 || r.Bots != 1 || r.People != 3 || len(r.Faults) != 0 {
		t.Errorf("%+v", r)
	}
}

func zipOf(tb testing.TB, files map[string][]byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range files {
		f, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := f.Write(data); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestAnExportOfSeveralChannelsAsksWhich(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 19, 9, 0, 0, 0, time.UTC)
	export := zipOf(t, slackFolder(t, map[string][]byte{"random/2026-05-19.json": slackDay(t, slackSaid(at, "U1", "lunch?"))}))
	_, _, err := Read("export.zip", bytes.NewReader(export), Options{})
	var e *Error
	if Because(err) != WhichChannel {
		t.Fatal(err)
	}
	if e, _ = err.(*Error); fmt.Sprint(e.Channels) != "[peers random]" { //nolint:errorlint // it is the error itself
		t.Errorf("%v", e.Channels)
	}
	got, _, err := Read("export.zip", bytes.NewReader(export), Options{Channel: "#random"})
	if err != nil || len(got.Messages) != 1 || got.Channel != "random" {
		t.Errorf("%v %+v", err, got)
	}
}

func TestAnExportOfMonthsGivesTheDaysAroundTheMeeting(t *testing.T) {
	t.Parallel()
	meeting := time.Date(2026, 5, 19, 0, 0, 0, 0, time.UTC)
	var all []map[string]any
	for day := -90; day <= 30; day++ {
		all = append(all, slackSaid(meeting.AddDate(0, 0, day).Add(10*time.Hour), "U1", fmt.Sprint("day ", day)))
	}
	pages := map[string][]byte{"peers/2026-05-19.json": slackDay(t, all...)}
	got, r, err := ReadFS(folder(pages), Options{Known: Transcript{Date: meeting}})
	if err != nil || len(got.Messages) != 21 || len(r.Faults) != 1 || r.Faults[0].Why != OtherDays {
		t.Errorf("%v, %d messages, %+v", err, len(got.Messages), r.Faults)
	}
	whole, _, err := ReadFS(folder(pages), Options{})
	if err != nil || len(whole.Messages) != 121 {
		t.Errorf("%v, %d messages", err, len(whole.Messages))
	}
}

func TestAZippedExportIsReadAsItsFolder(t *testing.T) {
	t.Parallel()
	pages := slackFolder(t, nil)
	inside := map[string][]byte{}
	for name, data := range pages {
		inside["Peer space Slack export/"+name] = data
	}
	inside["__MACOSX/._users.json"], inside["Peer space Slack export/.DS_Store"] = []byte("x"), []byte("x")
	inside["Peer space Slack export/peers/photo.png"] = []byte("\x89PNG")
	for name, files := range map[string]map[string][]byte{"flat": pages, "in a folder": inside} {
		got, r, err := Read("export.zip", bytes.NewReader(zipOf(t, files)), Options{})
		if err != nil || len(got.Messages) != 5 || len(r.Faults) > 0 {
			t.Errorf("%s: %v %d %+v", name, err, len(got.Messages), r.Faults)
		}
	}
}
