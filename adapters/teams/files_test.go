package teams_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
)

// consent is what Teams sends when somebody answers the question about a file.
func (r *rig) consent(t *testing.T, action string, held any, address string) map[string]any {
	t.Helper()
	amara, _, _ := teamsfake.People()
	return r.fake.Invoke("i-"+action, amara, teamsfake.Personal(amara), "fileConsent/invoke", map[string]any{
		"type": "fileUpload", "action": action, "context": held,
		"uploadInfo": map[string]any{"uploadUrl": address, "contentUrl": "https://x.sharepoint.com/overview.docx", "name": "overview.docx", "uniqueId": "u", "fileType": "docx"},
	})
}

// offered uploads a file and returns what its question carries.
func (r *rig) offered(t *testing.T, content string) any {
	t.Helper()
	place := r.chat(t)
	if _, err := r.adapter.Upload(t.Context(), place, bot.FileRef{Name: "overview.docx"}, strings.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	calls, _ := r.fake.Calls()
	asked := find(object(t, calls[len(calls)-1].Body), "contentType", "application/vnd.microsoft.teams.card.file.consent")
	if len(asked) != 1 || asked[0]["name"] != "overview.docx" {
		t.Fatalf("%s", calls[len(calls)-1].Body)
	}
	c := asked[0]["content"].(map[string]any)
	if c["sizeInBytes"] != float64(len(content)) || !strings.Contains(c["description"].(string), "OneDrive") {
		t.Errorf("%v", c)
	}
	return c["acceptContext"]
}

func TestAFileIsGivenWhereThePersonAllowsItAndNotKeptLonger(t *testing.T) {
	t.Parallel()
	r := open(t)
	held := r.offered(t, "PK the overview")
	r.deliver(t, http.StatusOK, r.consent(t, "accept", held, r.fake.Drive("overview.docx")))
	if got := r.fake.File("overview.docx"); string(got) != "PK the overview" {
		t.Errorf("%q", got)
	}
	if len(r.parcels.of) != 0 {
		t.Error("the file is still kept")
	}
	calls, _ := r.fake.Calls()
	if last := calls[len(calls)-1]; last.Method != http.MethodPut || !strings.Contains(string(last.Body), "teams.card.file.info") {
		t.Errorf("%s %s", last.Method, last.Body)
	}
	r.deliver(t, http.StatusOK, r.consent(t, "accept", held, r.fake.Drive("again.docx")))
	if r.fake.File("again.docx") != nil {
		t.Error("it was given twice")
	}
}

func TestAFileThatIsDeclinedIsForgotten(t *testing.T) {
	t.Parallel()
	r := open(t)
	held := r.offered(t, "x")
	r.deliver(t, http.StatusOK, r.consent(t, "decline", held, ""))
	if len(r.parcels.of) != 0 || r.fake.Count("drive") != 0 {
		t.Error("it was kept, or given")
	}
}

func TestAFileThatCannotBePutThereIsKeptForAnotherTry(t *testing.T) {
	t.Parallel()
	r := open(t)
	held := r.offered(t, "x")
	r.fake.Next("drive", teamsfake.Fault{Status: 500})
	for _, address := range []string{"https://evil.example/x", "", r.fake.Drive("x")} {
		r.deliver(t, http.StatusServiceUnavailable, r.consent(t, "accept", held, address))
	}
	r.deliver(t, http.StatusOK, r.consent(t, "accept", held, r.fake.Drive("x")))
	r.deliver(t, http.StatusBadRequest, r.consent(t, "accept", "nonsense", r.fake.Drive("x")))
	r.quiet(t, "evil.example")
}

func TestFilesGoIntoDirectChatsOnlyAndNotTooLarge(t *testing.T) {
	t.Parallel()
	r := open(t)
	place := r.chat(t)
	shared := place
	shared.Kind = bot.Channel
	for name, c := range map[string]struct {
		to   bot.Place
		body io.Reader
	}{
		"a channel": {shared, strings.NewReader("x")}, "nothing": {place, strings.NewReader("")},
		"too large": {place, bytes.NewReader(make([]byte, 9<<20))},
	} {
		if _, err := r.adapter.Upload(t.Context(), c.to, bot.FileRef{Name: "f"}, c.body); failure(t, err).Reason != bot.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	r.parcels.fails = errors.New("down")
	if _, err := r.adapter.Upload(t.Context(), place, bot.FileRef{Name: "f"}, strings.NewReader("x")); failure(t, err).Reason != bot.ServerFault {
		t.Error(err)
	}
	none := open(t, func(o *teams.Options) { o.Parcels = nil })
	if _, err := none.adapter.Upload(t.Context(), place, bot.FileRef{Name: "f"}, strings.NewReader("x")); failure(t, err).Reason != bot.Invalid {
		t.Error(err)
	}
}

func TestADroppedFileIsFetchedFromMicrosoftOnlyAndWithoutOurToken(t *testing.T) {
	t.Parallel()
	r := open(t)
	r.fake.Put("chat.csv", []byte("10:00 hello"))
	body, err := r.adapter.Fetch(t.Context(), bot.FileRef{Route: r.fake.Drive("chat.csv")})
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(body)
	if err != nil || string(data) != "10:00 hello" || body.Close() != nil {
		t.Errorf("%q, %v", data, err)
	}
	for route, want := range map[string]bot.Reason{
		"https://evil.example/x": bot.Invalid, "http://x.sharepoint.com/y": bot.Invalid, "file:///etc/passwd": bot.Invalid,
		"": bot.Invalid, r.fake.Drive("gone"): bot.Unreachable,
	} {
		if _, err := r.adapter.Fetch(t.Context(), bot.FileRef{Route: route}); failure(t, err).Reason != want {
			t.Errorf("%s: %v", route, err)
		}
	}
}
