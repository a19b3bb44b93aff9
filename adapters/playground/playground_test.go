package playground_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"cymar/adapters/playground"
	"cymar/bot"
)

func TestAMessageToTheBotBecomesAnEventWithoutTheMention(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.post(t, "say", `{"nonce":"n1","as":"amara","place":"community","text":"@cymar hello @Ruth"}`)
	ev := w.took.last(t)
	said, ok := ev.What.(bot.Said)
	if !ok || said.Text != "hello @Ruth" || !said.ToBot || len(said.Mentions) != 1 || said.Mentions[0].ID != "ruth" {
		t.Errorf("%+v", ev.What)
	}
	if ev.From.ID != "amara" || ev.In.Kind != bot.Channel || ev.In.Thread != said.Message || ev.In.Tenant != playground.Tenant {
		t.Errorf("%+v", ev)
	}
}

func TestWhatIsNotForTheBotSaysSo(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.post(t, "say", `{"nonce":"n1","as":"amara","place":"community","text":"hello all"}`)
	if said := w.took.last(t).What.(bot.Said); said.ToBot {
		t.Errorf("%+v", said)
	}
	w.post(t, "say", `{"nonce":"n2","as":"amara","place":"direct-amara","text":"hello"}`)
	if said := w.took.last(t).What.(bot.Said); !said.ToBot {
		t.Errorf("a direct chat: %+v", said)
	}
}

func TestThePageTriesAgainUnderTheSameEventAndShowsTheMessageOnce(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.took.fails = 1
	body := `{"nonce":"n1","as":"amara","place":"community","text":"hello"}`
	if status, _ := w.post(t, "say", body); status != http.StatusServiceUnavailable {
		t.Errorf("status %d", status)
	}
	if status, _ := w.post(t, "say", body); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	if a, b := w.took.events[0].ID, w.took.events[1].ID; a != b {
		t.Errorf("%s and %s", a, b)
	}
	if all, _ := w.watch(t, "jon"); len(all) != 1 {
		t.Errorf("shown %d times", len(all))
	}
}

func TestCardsArriveLiveForThoseWhoMaySeeThem(t *testing.T) {
	t.Parallel()
	w := open(t)
	_, amara := w.watch(t, "amara")
	_, jon := w.watch(t, "jon")
	place := bot.Place{Platform: playground.Platform, Tenant: playground.Tenant, ID: "community", Kind: bot.Channel}
	only := bot.User{Platform: playground.Platform, Tenant: playground.Tenant, ID: "amara"}
	if _, err := w.page.Send(t.Context(), place, &only, bot.Say(bot.English, "for Amara")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.page.Send(t.Context(), place, nil, bot.Say(bot.English, "for all")); err != nil {
		t.Fatal(err)
	}
	if got := amara(); !got.Only || got.Card.Summary != "for Amara" {
		t.Errorf("%+v", got)
	}
	if got := jon(); got.Only || got.Card.Summary != "for all" {
		t.Errorf("Jon saw %+v", got)
	}
}

func TestADirectChatIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	w := open(t)
	if status, _ := w.post(t, "say", `{"nonce":"n","as":"jon","place":"direct-amara","text":"x"}`); status != http.StatusBadRequest {
		t.Errorf("status %d", status)
	}
	p, err := w.page.Open(t.Context(), bot.User{ID: "amara"})
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.page.Send(t.Context(), p, nil, bot.Say(bot.English, "private"))
	if err != nil {
		t.Fatal(err)
	}
	if all, _ := w.watch(t, "jon"); len(all) != 0 {
		t.Errorf("Jon saw %v", all)
	}
	if status, _ := w.get(t, "/api/card?as=jon&message="+string(id)); status != http.StatusNotFound {
		t.Errorf("Jon could see the card: %d", status)
	}
}

func TestSomebodyWhoIsNotThereCannotBeReached(t *testing.T) {
	t.Parallel()
	w := open(t)
	var failed *bot.SendError
	if _, err := w.page.Open(t.Context(), bot.User{ID: "nobody"}); !errors.As(err, &failed) || failed.Reason != bot.Unreachable {
		t.Errorf("%v", err)
	}
	for _, place := range []bot.PlaceID{"attic", "direct-nobody"} {
		if _, err := w.page.Send(t.Context(), bot.Place{ID: place}, nil, bot.Card{}); !errors.As(err, &failed) || failed.Reason != bot.Unreachable {
			t.Errorf("%s: %v", place, err)
		}
	}
}

func buttons(b ...bot.Button) bot.Card {
	return bot.Card{Summary: "s", Blocks: []bot.Block{bot.Buttons{Buttons: b}}}
}

func TestAPressedButtonBecomesAnEventAndMayChangeItsCard(t *testing.T) {
	t.Parallel()
	w := open(t)
	place := bot.Place{ID: "community", Thread: "root"}
	id, err := w.page.Send(t.Context(), place, nil, buttons(bot.Button{Action: "a.b", Value: "1"}))
	if err != nil {
		t.Fatal(err)
	}
	changed := bot.Say(bot.English, "pressed")
	w.took.now = &bot.Now{Card: &changed}
	body := fmt.Sprintf(`{"nonce":"n","as":"jon","place":"community","message":%q,"action":"a.b","value":"1"}`, id)
	if status, text := w.post(t, "press", body); status != http.StatusOK {
		t.Fatal(text)
	}
	ev := w.took.last(t)
	if p, ok := ev.What.(bot.Pressed); !ok || p.Action != "a.b" || p.Value != "1" || ev.In.Thread != "root" {
		t.Errorf("%+v", ev)
	}
	if all, _ := w.watch(t, "jon"); all[0].Card.Summary != "pressed" {
		t.Errorf("%+v", all[0].Card)
	}
}

func TestAButtonThatIsNotThereCannotBePressed(t *testing.T) {
	t.Parallel()
	w := open(t)
	id, err := w.page.Send(t.Context(), bot.Place{ID: "community"}, nil, buttons(bot.Button{Action: "a.b", Value: "1"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{`"action":"a.b","value":"2"`, `"action":"c.d","value":"1"`} {
		body := fmt.Sprintf(`{"nonce":"n","as":"jon","place":"community","message":%q,%s}`, id, c)
		if status, _ := w.post(t, "press", body); status != http.StatusNoContent || len(w.took.events) != 0 {
			t.Errorf("%s: status %d, %d events", c, status, len(w.took.events))
		}
	}
}

func TestAFormIsSubmittedAndItsFaultsComeBack(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.took.now = &bot.Now{FieldErrors: map[string]string{"when": "31 February is not a day"}}
	_, text := w.post(t, "submit", `{"nonce":"n","as":"jon","place":"direct-jon","form":"f.g","state":"s","fields":{"when":"31 Feb"}}`)
	if !strings.Contains(text, "31 February is not a day") {
		t.Error(text)
	}
	if s, ok := w.took.last(t).What.(bot.Submitted); !ok || s.Form != "f.g" || s.State != "s" || s.Fields["when"] != "31 Feb" {
		t.Errorf("%+v", w.took.last(t).What)
	}
}

func TestOnlyOnesOwnMessageCanBeChangedOrDeleted(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.post(t, "say", `{"nonce":"n","as":"amara","place":"community","text":"helo"}`)
	id := w.took.last(t).What.(bot.Said).Message
	for _, path := range []string{"edit", "remove"} {
		if status, _ := w.post(t, path, fmt.Sprintf(`{"nonce":"x","as":"jon","place":"community","message":%q,"text":"mine"}`, id)); status != http.StatusNoContent {
			t.Errorf("%s by another: status %d", path, status)
		}
	}
	w.post(t, "edit", fmt.Sprintf(`{"nonce":"e","as":"amara","place":"community","message":%q,"text":"hello"}`, id))
	if e, ok := w.took.last(t).What.(bot.Edited); !ok || e.Text != "hello" || e.Message != id {
		t.Errorf("%+v", w.took.last(t).What)
	}
	w.post(t, "react", fmt.Sprintf(`{"nonce":"r","as":"jon","place":"community","message":%q,"name":"like"}`, id))
	w.post(t, "remove", fmt.Sprintf(`{"nonce":"d","as":"amara","place":"community","message":%q}`, id))
	all, _ := w.watch(t, "jon")
	if !all[0].Removed || all[0].Text != "" || !all[0].Edited || all[0].Likes != 1 {
		t.Errorf("%+v", all[0])
	}
}

func TestAMeetingStartsAndEndsInTheMeetingChatOnly(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.post(t, "meeting", `{"nonce":"a","as":"ruth","place":"community"}`)
	if len(w.took.events) != 0 {
		t.Error("a meeting in a channel")
	}
	w.post(t, "meeting", `{"nonce":"b","as":"ruth","place":"meeting"}`)
	if _, ok := w.took.last(t).What.(bot.MeetingStarted); !ok {
		t.Errorf("%+v", w.took.last(t).What)
	}
	w.post(t, "meeting", `{"nonce":"c","as":"ruth","place":"meeting","gone":true}`)
	if _, ok := w.took.last(t).What.(bot.MeetingEnded); !ok {
		t.Errorf("%+v", w.took.last(t).What)
	}
}

func TestADroppedFileCanBeFetchedAndASentOneDownloaded(t *testing.T) {
	t.Parallel()
	w := open(t)
	if status, text := w.post(t, "upload?nonce=n&as=ruth&place=direct-ruth&name=../chat.txt", "14:00 hello"); status != http.StatusOK {
		t.Fatal(text)
	}
	up, ok := w.took.last(t).What.(bot.Uploaded)
	if !ok || up.File.Name != "chat.txt" {
		t.Fatalf("%+v", w.took.last(t).What)
	}
	body, err := w.page.Fetch(t.Context(), up.File)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(body); err != nil || string(b) != "14:00 hello" {
		t.Errorf("%q, %v", b, err)
	}
	id, err := w.page.Upload(t.Context(), bot.Place{ID: "direct-ruth"}, bot.FileRef{Name: "a.docx"}, strings.NewReader("PK"))
	if err != nil {
		t.Fatal(err)
	}
	if status, text := w.get(t, "/api/file?as=ruth&message="+string(id)); status != http.StatusOK || text != "PK" {
		t.Errorf("%d %q", status, text)
	}
	if _, err := w.page.Fetch(t.Context(), bot.FileRef{Route: "gone"}); err == nil {
		t.Error("a file that is gone was found")
	}
}

func TestACardIsShownInEveryForm(t *testing.T) {
	t.Parallel()
	w := open(t)
	id, err := w.page.Send(t.Context(), bot.Place{ID: "community"}, nil, bot.Say(bot.English, "quiet words"))
	if err != nil {
		t.Fatal(err)
	}
	for form, want := range map[string]string{"Shouted": "QUIET WORDS", "Card": `"kind": "text"`, "Plain%20text": "quiet words"} {
		if _, text := w.get(t, "/api/card?as=jon&message="+string(id)+"&form="+form); !strings.Contains(text, want) {
			t.Errorf("%s: %s", form, text)
		}
	}
}
