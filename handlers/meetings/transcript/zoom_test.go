package transcript

import (
	"strings"
	"testing"
)

func TestMessagesToOnePersonAreLeftOut(t *testing.T) {
	t.Parallel()
	text := "14:03:22 From Ann Lee to Everyone:\n\thello all\n" +
		"14:03:40 From Ann Lee to Bob Ray(Direct Message):\n\tbetween us, I am not well\n" +
		"14:04:00 From Bob Ray to Ann Lee(Privately) : thanks for telling me\n" +
		"14:04:10 From Cat Orr to Hosts and panelists:\n\tquestion for the hosts\n" +
		"14:04:20 From Dee to Pawb:\n\tbore da\n" +
		"14:05:00 From Bob Ray to Cat Orr:\n\tjust you\n"
	got, r, err := Read("x.txt", strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Private != 3 || len(got.Messages) != 3 {
		t.Errorf("%d private, %+v", r.Private, got.Messages)
	}
	for _, m := range got.Messages {
		if strings.Contains(m.Text, "not well") || strings.Contains(m.Text, "just you") {
			t.Errorf("a private message was read: %q", m.Text)
		}
	}
}

func TestZoomsReactionsAreCountedOnTheirMessage(t *testing.T) {
	t.Parallel()
	text := "14:00:01 From Ann Lee to Everyone:\n\tWelcome everybody to the space\n" +
		"14:00:05 From Bob Ray to Everyone:\n\tReacted to \"Welcome everybody to...\" with 👍\n" +
		"14:00:06 From Cat Orr to Everyone:\n\tReacted to \"Welcome everybody to...\" with 👍\n" +
		"14:00:07 From Cat Orr to Everyone:\n\tRemoved a 👍 reaction from \"Welcome everybody to...\"\n" +
		"14:00:08 From Dee to Everyone:\n\tReacted to \"Welcome everybody to...\" with ❤️\n" +
		"14:00:09 From Dee to Everyone:\n\tReacted to \"something not in the chat\" with ❤️\n" +
		"14:01:00 From Bob Ray to Everyone:\n\tReplying to \"Welcome everybody to...\"\n\t\n\tthanks Ann\n"
	got, _, err := Read("x.txt", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 2 {
		t.Fatalf("%v %+v", err, got.Messages)
	}
	m := got.Messages
	if len(m[0].Reactions) != 2 || m[0].Reactions[0] != (Reaction{"heart", 1}) || m[0].Reactions[1] != (Reaction{"like", 1}) {
		t.Errorf("%+v", m[0].Reactions)
	}
	if m[1].Text != "thanks Ann" || m[1].ReplyTo != m[0].ID {
		t.Errorf("%+v", m[1])
	}
}

func TestTheHeadsOfZoomAreReadInTheirForms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]struct{ author, text string }{
		"14:03:22 From Ann Lee to Everyone:":                      {"Ann Lee", ""},
		"14:03:22\t From  Ann Lee : hello: there":                 {"Ann Lee", "hello: there"},
		"14:03:22 From Ann to Zed to Everyone: hi":                {"Ann to Zed", "hi"},
		"14:03:22 From iPhone (3) to Everyone : hi":               {"iPhone (3)", "hi"},
		"2:03:22 PM From LEE, Ann (TRUST) to Everyone:":           {"LEE, Ann (TRUST)", ""},
		"2026-03-12 14:03:22 From Ann to Everyone:\thi":           {"", ""},
		"From Ann to Everyone: hi":                                {"", ""},
		"14:03:22 from Ann to Everyone: hi":                       {"", ""},
		"2026-03-12 14:03:22 From Ann to Everyone: hi":            {"Ann", "hi"},
		"14:03 Message From Ann to Everyone: hi":                  {"", ""},
		"14:03:22 From  to Everyone:":                             {"", ""},
		"14:03:22 From Ann Lee to Everyone (in Waiting Room): hi": {"Ann Lee", "hi"},
	} {
		h, ok := zoomHead(in)
		if ok != (want.author != "") || ok && (h.author != want.author || h.rest != want.text || h.private) {
			t.Errorf("%q is %+v (%v)", in, h, ok)
		}
	}
}
