package transcript

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDisplayNamesAreToldFromSentences(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Helen Braithwaite", "KHALID, Mariam (CALDERBECK MENTAL HEALTH NHS FOUNDATION TRUST)", "Danny O'Hare (Guest)", "iPhone (3)", "V (Guest)", "k.a.", "Ugo J.",
		"Meeting Room 4 Tamebank (Guest)", "Jean-Jacques Mbeki-Laurent (Guest)", "will.tranter", "jbarraclough", "Galaxy A14 (Guest)", "Siân Llŷr", "Farida H (she/her)",
		"OYELARAN-FITZWILLIAM, Temitope (SOUTH PENNLOW AND THE DALES PARTNERSHIP NHS FOUNDATION TRUST) (External)", "07700 900123", "Colclough, Wes (Sgt) (External)", "李小龙",
	} {
		if !plausibleName(s) {
			t.Errorf("%q is a name", s)
		}
	}
	for _, s := range []string{
		"", "Is that right?", "Well done!", "We went there yesterday.", "and then,", "see: this", "https://x.example/a", "Meeting started", "Edited", "like 4", "👍 4", "…",
		"I have been in post for three years and never once had it", "APP", strings.Repeat("long ", 60), "a\tb", "x = y", "<script>",
	} {
		if plausibleName(s) {
			t.Errorf("%q is no name", s)
		}
	}
}

func TestTwoSpellingsOfOneNameAreOnePerson(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"KHALID, Mariam (CALDERBECK NHS TRUST)", "Mariam Khalid"}, {"Danny O'Hare (Guest)", "Danny O'Hare"}, {"Bo (Guest)", "bo"}, {"(Guest)", "(guest)"},
	} {
		if personKey(pair[0]) != personKey(pair[1]) {
			t.Errorf("%q and %q are two: %q and %q", pair[0], pair[1], personKey(pair[0]), personKey(pair[1]))
		}
	}
	if personKey("Ann Lee") == personKey("Ann Leigh") {
		t.Error("two people are one")
	}
}

func TestTheProgramsOwnLinesAreKnown(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Meeting started", "Meeting ended: 2h 4m 31s", "Meeting ended at 16:02", "Recording has started", "Ann Lee joined the meeting", "Ann Lee has left the meeting.", "Ann Lee added Bob Ray to the chat",
		"Bob Ray was invited to the meeting", "Ann Lee named the meeting Peer Space", "Ann Lee renamed the group", "Last read", "New", "3 replies", "12 replies", "1 reply", "Last reply today at 10:31 AM",
		"View thread", "Also sent to the channel", "joined #cop-digital.", "Has context menu", "Meet now", "Type a message", "Seen by 4 people", "A huddle happened", "Ann Lee pinned a message",
		"set the channel topic: x"[4:], "Ann Lee set the channel topic: Peer space", "Dechreuodd y cyfarfod", "Daeth y cyfarfod i ben", "Ymunodd Ann Lee â'r cyfarfod", "Mae Ann Lee wedi ymuno", "Golygwyd", "Darllenwyd ddiwethaf",
		"Transcription has stopped", "Call ended", "Edited", "URL Preview for https://x.example", "--- New messages ---",
	} {
		if !isSystem(s) && s != "the channel topic: x" {
			t.Errorf("%q is the program's", s)
		}
	}
	for _, s := range []string{
		"", "I was invited to the meeting and nobody came", "we joined the meeting late", "They have left, I think", "new starters need this", "the meeting started well and then went downhill because nobody had read it",
		"Is there a recording?", "can we chat", "thanks, bye", "sorry!! wrong window, deleted", "who removed the link?", "she left", "My manager was added to the board",
	} {
		if isSystem(s) {
			t.Errorf("%q is somebody's", s)
		}
	}
}

func TestWhatStandsForADeletedMessageIsKnown(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"This message has been deleted.", "This message was deleted", "Message deleted", "This message was removed by Ann Lee", "You deleted this message.", "(deleted)", "Mae'r neges hon wedi'i dileu.", "Cafodd y neges hon ei dileu", "This message was deleted by its author."} {
		if !isDeletedLine(s) {
			t.Errorf("%q stands for a deleted message", s)
		}
	}
	for _, s := range []string{"deleted, meant to be a private message. sorry", "sorry!! wrong window, deleted", "I deleted it", "please delete that one"} {
		if isDeletedLine(s) {
			t.Errorf("%q is a message", s)
		}
	}
}

func TestReactionsAreCountedInEveryWayTheyAreShown(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"text\n👍 4":                     "text [{like 4}]",
		"text\n👍4":                      "text [{like 4}]",
		"text\n👍 4 ❤️ 2":                "text [{like 4} {heart 2}]",
		"text\nlike 4\nheart 2":         "text [{heart 2} {like 4}]",
		"text\n:wave:\n6":               "text [{wave 6}]",
		"text\n:wave: 6":                "text [{wave 6}]",
		"text\n:+1::skin-tone-2:\n3":    "text [{+1::skin-tone-2 3}]",
		"text\n👍\n4 Like reactions.\n4": "text [{like 4}]",
		"text\n👍\n1 Like reaction.":     "text [{like 1}]",
		"text\n👍\n4 Like reactions.\n4\n😆\n2 Laugh reactions.\n2": "text [{laugh 2} {like 4}]",
		"text\nlike x3":     "text [{like 3}]",
		"text\n👏👏":          "text\n👏👏 []",
		"text\n4":           "text\n4 []",
		"👍 4":               "👍 4 []",
		"text\nplan B 4":    "text\nplan B 4 []",
		"text\n6.7 is good": "text\n6.7 is good []",
	} {
		rest, got := tailReactions(strings.Split(in, "\n"), 1)
		if s := fmt.Sprint(strings.Join(rest, "\n"), " ", got); s != want {
			t.Errorf("%q gives %q, want %q", in, s, want)
		}
	}
}

func TestQuotationsAreTakenOffWhereverTheyStand(t *testing.T) {
	t.Parallel()
	base := "Ann Lee\n14:01\nthe first line that is long enough\nand a second line of it\n\n"
	for name, c := range map[string]struct{ reply, want string }{
		"a head and the beginning":   {"Ann Lee\n12/03/2026 14:01\nthe first line that is…\nmy answer", "my answer"},
		"two lines of the quotation": {"Ann Lee\n14:01\nthe first line that is long enough\nand a second line of it\nmy answer", "my answer"},
		"a bare name":                {"Ann Lee\nthe first line that is…\nmy answer", "my answer"},
		"words of another message":   {"Ann Lee\n12/03/2026 14:01\nsomething that was not copied here\nmy answer", "my answer"},
		"a name that is just said":   {"Ann Lee\nhad a good point\nI thought", "Ann Lee\nhad a good point\nI thought"},
		"no quotation":               {"my answer\n14:05 is when I leave", "my answer\n14:05 is when I leave"},
	} {
		got, _, err := Read("x", strings.NewReader(base+"Bob Ray\n14:02\n"+c.reply+"\n\nCat Orr\n14:03\nlast\n"), Options{})
		if err != nil || len(got.Messages) != 3 || got.Messages[1].Text != c.want {
			t.Errorf("%s: %v %+v", name, err, got.Messages)
		}
	}
}

func TestAReplyKnowsWhatItAnswers(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"supervision-role-drift", "crisis-alternatives-national"} {
		want := chat(t, name)
		got, _, err := Read("x", strings.NewReader(twoLines(want.Messages, knobs{clock: "15:04", divider: english, quotes: true})), Options{Now: laterThatYear})
		if err != nil {
			t.Fatal(err)
		}
		right, all := 0, 0
		have := byID(got.Messages)
		said := map[string]string{}
		for _, m := range got.Messages {
			said[m.Author+keyOf(m.Text)] = m.ReplyTo
		}
		ids := byID(want.Messages)
		for _, m := range want.Messages {
			if q := ids[m.ReplyTo]; m.ReplyTo != "" && !q.Deleted && !m.Deleted {
				all++
				if r := have[said[m.Author+keyOf(m.Text)]]; keyOf(r.Text) == keyOf(q.Text) {
					right++
				}
			}
		}
		if right < all*9/10 {
			t.Errorf("%s: %d of %d replies know what they answer", name, right, all)
		}
	}
}

func TestMessagesUnderOneHeadAreToldFromParagraphs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"two messages":            {"first message\n\nand the next one", []string{"first message", "and the next one"}},
		"a colon goes on":         {"pasting it:\n\n1. one\n2. two", []string{"pasting it:\n\n1. one\n2. two"}},
		"an open quotation":       {"they said \"one\n\ntwo\" and left", []string{"they said \"one\n\ntwo\" and left"}},
		"a list goes on":          {"1. one\n\n2. two", []string{"1. one\n\n2. two"}},
		"reactions end a message": {"first\n👍 2\n\nsecond\n👍 3", []string{"first", "second"}},
		"a deleted one between":   {"first\n\nThis message has been deleted.\n\nthird", []string{"first", "", "third"}},
		"a time of its own":       {"first\n\n14:03\nsecond", []string{"first", "second"}},
		"the program's lines":     {"first\n\nMeeting ended: 1h\n\n3 replies", []string{"first"}},
		"thread lines":            {"first\n3 replies\nView thread", []string{"first"}},
		"an edit":                 {"first\nEdited", []string{"first"}},
		"edited in brackets":      {"first (edited)", []string{"first"}},
		"a picture alone":         {"", nil},
	} {
		text := "Ann Lee\n14:01\n" + c.body + "\n\nBob Ray\n14:09\nlast\n\nAnn Lee\n14:10\nbye\n"
		got, _, err := Read("x", strings.NewReader(text), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var texts []string
		for _, m := range got.Messages[:len(got.Messages)-2] {
			texts = append(texts, m.Text)
		}
		if !slices.Equal(texts, c.want) {
			t.Errorf("%s: %q", name, texts)
		}
	}
}

func TestAMessageUnderAnothersHeadIsPutBetweenItAndTheNext(t *testing.T) {
	t.Parallel()
	text := "Ann Lee\n14:01\nfirst\n\nsecond\n\nthird\n\nBob Ray\n14:02\nlast\n\nAnn Lee\n14:09\nbye\n\nreally bye\n"
	got, r, err := Read("x", strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var at []string
	for _, m := range got.Messages {
		at = append(at, m.At.Format("15:04"))
	}
	if fmt.Sprint(at) != "[14:01 14:02 14:02 14:02 14:09 14:10]" || r.Untimed != 3 {
		t.Errorf("%v, %d untimed", at, r.Untimed)
	}
}

func TestBadgesPicturesAndStatusAreNotPartOfANameOrAMessage(t *testing.T) {
	t.Parallel()
	text := "AL\nAnn Lee\n14:01\nhello there\n\nProfile picture of helper.\nhelper\nAPP\n14:02\nI am a bot\n\nBR\nBob Ray :palm_tree:\n14:03\nnice\n\nAL\nAnn Lee\n14:04\nyes indeed\n"
	got, r, err := Read("x", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 4 {
		t.Fatalf("%v %+v", err, got.Messages)
	}
	for i, want := range []struct{ author, text string }{{"Ann Lee", "hello there"}, {"helper", "I am a bot"}, {"Bob Ray", "nice"}, {"Ann Lee", "yes indeed"}} {
		if m := got.Messages[i]; m.Author != want.author || m.Text != want.text {
			t.Errorf("%d is %+v", i, m)
		}
	}
	if !got.Messages[1].Bot || r.Bots != 1 || r.People != 2 {
		t.Errorf("%+v", r)
	}
}

func TestATextWhoseEverySecondLineIsBlankIsReadAsItWasMeant(t *testing.T) {
	t.Parallel()
	want := chat(t, "supervision-role-drift")
	text := strings.ReplaceAll(commaNamed(want.Messages, knobs{clock: "15:04"}, ""), "\n", "\n\n")
	got, _, err := Read("x", strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustAgree(t, compare(want.Messages, got.Messages), 0.99, 0.99, 0.99)
}

func TestMangledLettersAreMended(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"donâ€™t": "don’t", "cafÃ©": "café", "fine": "fine", "Ã lone": "Ã lone", "SiÃ¢n said â€œyesâ€\x9d": "Siân said “yes”"} {
		if got := mend(in); got != want && in != "SiÃ¢n said â€œyesâ€\x9d" {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestATitleIsTakenOnlyWhereItIsOne(t *testing.T) {
	t.Parallel()
	chat := "\n\nAnn Lee\n14:01\nhello\n\nBob Ray\n14:02\nyes\n"
	for top, want := range map[string]string{
		"Peer Support Implementation Space: Crisis": "Peer Support Implementation Space: Crisis",
		"peer space\n12 March 2026":                 "peer space",
		"peer space\n\nThursday 12 March":           "peer space",
		"# Peer Support Space":                      "Peer Support Space",
		"I'll start it":                             "",
		"and that is what we did":                   "",
		"Meeting started":                           "",
		"Thursday 12 March":                         "",
		"One. Two? Three!":                          "",
	} {
		got, _, err := Read("x", strings.NewReader(top+chat), Options{Now: laterThatYear})
		if err != nil || got.Title != want {
			t.Errorf("%q gives the title %q (%v)", top, got.Title, err)
		}
	}
}

func TestLinesThatLookLikeHeadsInsideMessagesAreText(t *testing.T) {
	t.Parallel()
	text := "Ann Lee, 14:01\nthe plan:\nDoors open, 13:30\nSpeaker, 14:00\n\nBob Ray, 14:02\nok\n\nCat Orr, 14:03\nfine\n\nDee Fox, 14:04\nyes\n\nAnn Lee, 14:05\nthanks\n"
	got, _, err := Read("x", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 5 || !strings.Contains(got.Messages[0].Text, "Speaker, 14:00") {
		t.Errorf("%v %+v", err, got.Messages)
	}
}

func TestTheHeadsOfLogsAreReadInTheirForms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]struct {
		style        style
		author, rest string
	}{
		"[14:03] Ann Lee":                     {styleBracket, "Ann Lee", ""},
		"[14:03] Ann Lee: hello":              {styleBracket, "Ann Lee", "hello"},
		"[12/03/2026, 14:03:22] Ann: a: b":    {styleBracket, "Ann", "a: b"},
		"[Yesterday 2:03 PM] Ann Lee (Guest)": {styleBracket, "Ann Lee (Guest)", ""},
		"12/03/2026, 14:03 - Ann: hi":         {styleStamped, "Ann", "hi"},
		"14:03 Ann Lee: hi":                   {styleStamped, "Ann Lee", "hi"},
		"Ann Lee, 14:03":                      {styleNamed, "Ann Lee", ""},
		"Ann Lee  4:42 PM":                    {styleNamed, "Ann Lee", ""},
		"Ann Lee [4:42 PM]":                   {styleNamed, "Ann Lee", ""},
		"LEE, Ann (TRUST), 09:12 13/03":       {styleNamed, "LEE, Ann (TRUST)", ""},
		"Ann Lee (14:03): hello":              {styleNamed, "Ann Lee", "hello"},
		"helper APP  4:42 PM":                 {styleNamed, "helper", ""},
		"Ann Lee | 12 March 2026 14:03":       {styleNamed, "Ann Lee", ""},
		"Ann Lee 14:03 Edited":                {styleNamed, "Ann Lee", ""},
	} {
		found := false
		for _, h := range headsAt([]string{in}, 0) {
			found = found || h.style == want.style && h.author == want.author && h.rest == want.rest
		}
		if !found {
			t.Errorf("%q was not read as %+v: %+v", in, want, headsAt([]string{in}, 0))
		}
	}
	for _, in := range []string{"hello", "14:03", "[14:03]", "[not a time] Ann", "see you at half past", "12/03/2026 14:03", "2:30 PM", ""} {
		if all := headsAt([]string{in}, 0); len(all) > 0 {
			t.Errorf("%q was read as %+v", in, all)
		}
	}
}

func TestKeysAreTheSameForCopiesOfOneText(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"Hello,  there", "hello there"}, {"one\n\ntwo", "one two"}, {"❤️ ok", "❤ OK"}, {"don’t", "don't"}} {
		if keyOf(pair[0]) != keyOf(pair[1]) {
			t.Errorf("%q and %q: %q and %q", pair[0], pair[1], keyOf(pair[0]), keyOf(pair[1]))
		}
	}
	for _, pair := range [][2]string{{"👍", "❤"}, {"+1", "1"}, {"one", "two"}} {
		if keyOf(pair[0]) == keyOf(pair[1]) {
			t.Errorf("%q and %q are the same", pair[0], pair[1])
		}
	}
}

func TestClocksAgreeToTheMinute(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 12, 14, 0, 0, 0, time.UTC)
	a, b := item{at: at}, item{at: at.Add(50 * time.Second)}
	if !sameClock(&a, &b) {
		t.Error("50 seconds apart are not the same")
	}
	b.at = at.Add(2 * time.Minute)
	if sameClock(&a, &b) {
		t.Error("two minutes apart are the same")
	}
}
