package meetings_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/seal"
	"cymar/handlers/meetings"
	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/transcript"
)

func marks(key string, n int) []themes.Mark { return []themes.Mark{{Key: key, Contributors: n}} }

// busy is a scene with something in every kind of key.
func busy(t *testing.T) *scene {
	t.Helper()
	sc := collecting(t)
	id := sc.writes(ann, "by Ann: supervision")
	sc.Do(ben, channel, bot.Reacted{Message: id, Name: "like"})
	sc.writes(ben, "by Ben: role drift")
	sc.says(cai, "leave me out")
	sc.says(lead, chat(t, pieces+"1.txt"))
	sc.says(lead, "overview draw")
	sc.settled()
	sc.says(lead, "overview publish")
	sc.says(lead, "overview page")
	if err := sc.store.Sit(t.Context(), "seat", meetings.Seat{Meeting: "m", Owner: lead}); err != nil {
		t.Fatal(err)
	}
	return sc
}

func TestForgettingSomebodyLeavesNothingOfThem(t *testing.T) {
	t.Parallel()
	sc := busy(t)
	held, err := sc.store.Held(t.Context(), ann, bot.English)
	if err != nil || len(held) != 1 || held[0].Value != "1" {
		t.Errorf("held on Ann: %v, %v", held, err)
	}
	if held, _ := sc.store.Held(t.Context(), cai, bot.English); len(held) != 1 {
		t.Errorf("held on Cai: %v", held)
	}
	for _, u := range []bot.User{ann, ben, cai} {
		for range 2 {
			if err := sc.store.Erase(t.Context(), u); err != nil {
				t.Fatal(err)
			}
		}
		if held, err := sc.store.Held(t.Context(), u, bot.Welsh); err != nil || len(held) != 0 {
			t.Errorf("%s: %v, %v", u.ID, held, err)
		}
	}
	left := dump(t, sc)
	for _, w := range []string{"by Ann", "by Ben", bot.Digest("ben"), `"ann"`, `"cai"`} {
		if strings.Contains(left, w) {
			t.Errorf("%q is left", w)
		}
	}
	if err := sc.store.Erase(t.Context(), lead); err != nil {
		t.Fatal(err)
	}
	all, err := sc.store.All(t.Context(), meetings.Home{Platform: "fake", Tenant: bottest.Tenant})
	if err != nil || len(all) != 0 {
		t.Errorf("%d overviews are left, %v", len(all), err)
	}
}

func TestRemovingTheBotLeavesNothing(t *testing.T) {
	t.Parallel()
	sc := busy(t)
	if err := sc.store.EraseTenant(t.Context(), "fake", bottest.Tenant); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(dump(t, sc), "\n") {
		if line != "" && !strings.Contains(line, ":pass:") && !strings.Contains(line, ":seat:") { // which end by themselves within hours
			t.Errorf("left: %s", line)
		}
	}
}

func TestEveryKeyIsListedAndEndsAsTheListSays(t *testing.T) {
	t.Parallel()
	sc := busy(t)
	ctx := t.Context()
	used := map[string]bool{}
	keys := sc.db.Scan(ctx, 0, "*", 1000).Iterator()
	for keys.Next(ctx) {
		i := slices.IndexFunc(meetings.Patterns, func(p bot.KeyPattern) bool { return p.Matches(keys.Val()) })
		if i < 0 {
			t.Errorf("%s is not listed", keys.Val())
			continue
		}
		p := meetings.Patterns[i]
		used[p.Key] = true
		if got := sc.db.Type(ctx, keys.Val()).Val(); got != p.Type {
			t.Errorf("%s is a %s", keys.Val(), got)
		}
		ttl := sc.db.TTL(ctx, keys.Val()).Val()
		if forever := strings.HasPrefix(p.TTL, "none"); forever != (ttl < 0) || ttl > 90*24*time.Hour {
			t.Errorf("%s lives %v, and should %s", keys.Val(), ttl, p.TTL)
		}
	}
	for _, p := range meetings.Patterns {
		if !used[p.Key] {
			t.Errorf("%s was not used", p.Key)
		}
	}
}

func TestWithAKeyNothingThatWasSaidCanBeReadInRedis(t *testing.T) {
	t.Parallel()
	box, err := seal.New("one=" + strings.Repeat("ab", 32))
	if err != nil {
		t.Fatal(err)
	}
	db := bottest.Redis(t)
	store := meetings.NewStore(db, 1, box, meetings.Keep{})
	m, err := store.Make(t.Context(), meetings.Meeting{ID: "m", Owner: lead, Live: true, Place: channel, Facts: meetings.Particulars{Title: "zebrafinch"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(store.Keep(t.Context(), m, meetings.Message{ID: "1", Text: "zebrafinch one"}),
		store.AddPiece(t.Context(), m, meetings.Piece{Name: "1.txt", Data: []byte("zebrafinch two")})); err != nil {
		t.Fatal(err)
	}
	there, err := store.Alter(t.Context(), m, "1", func(x *meetings.Message) bool { x.Text += "!"; return true })
	if err != nil || !there {
		t.Fatalf("%v %v", there, err)
	}
	if all := dump(t, &scene{db: db}); strings.Contains(all, "zebrafinch") || !strings.Contains(all, ":said:") {
		t.Errorf("it can be read:\n%s", all)
	}
	msgs, err := store.Messages(t.Context(), m)
	if err != nil || len(msgs) != 1 || msgs[0].Text != "zebrafinch one!" {
		t.Errorf("%+v %v", msgs, err)
	}
	pieces, err := store.Pieces(t.Context(), m)
	if err != nil || len(pieces) != 1 || string(pieces[0].Data) != "zebrafinch two" {
		t.Errorf("%+v %v", pieces, err)
	}
}

var said = regexp.MustCompile(`(?:word|say|count|Say)\((?:[a-zA-Z.]+, )?"([a-z_.]+)"[,)]`)

func TestEveryStringThatTheCodeSaysExists(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range files {
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(code), -1) {
			if n++; !meetings.HasWord(m[1]) && !strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s says %q, which is not there", name, m[1])
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d strings were found", n)
	}
}

func TestEveryValueHasItsWords(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, w := range []transcript.Reason{transcript.Empty, transcript.TooLarge, transcript.Picture, transcript.Document, transcript.Media, transcript.BadArchive,
		transcript.Bomb, transcript.NotAChat, transcript.NoMessages, transcript.WhichChannel, transcript.Unreadable, transcript.BadPath} {
		ids = append(ids, "why."+string(w))
	}
	for _, w := range []transcript.Reason{transcript.CutOff, transcript.NoName, transcript.NoTime, transcript.BadTime, transcript.BadLine, transcript.BadPath,
		transcript.Spoken, transcript.OtherDays, transcript.BadCharset} {
		ids = append(ids, "fault."+string(w))
	}
	for _, f := range []transcript.Form{transcript.FormJSONL, transcript.FormTeams, transcript.FormGraph, transcript.FormSlack, transcript.FormSlackWin,
		transcript.FormZoom, transcript.FormCSV, transcript.FormVTT, transcript.FormLog} {
		ids = append(ids, "form."+string(f))
	}
	for _, k := range []themes.RiskKind{themes.RiskName, themes.RiskPlace, themes.RiskContact, themes.RiskHealth, themes.RiskWords, themes.RiskSingle,
		themes.RiskNumber, themes.RiskUntraced, themes.RiskDeleted, themes.RiskDisclosure, "quote", "stale"} {
		ids = append(ids, "risk."+string(k))
	}
	for _, s := range []meetings.State{meetings.Announcing, meetings.Collecting, meetings.Gathering, meetings.Drawing, meetings.Reviewing, meetings.Published} {
		ids = append(ids, "state."+string(s))
	}
	for _, id := range ids {
		if !meetings.HasWord(id) {
			t.Errorf("%q has no words", id)
		}
	}
}

func TestEveryButtonHasACommandThatDoesTheSame(t *testing.T) {
	t.Parallel()
	sc := busy(t)
	seen := 0
	for _, s := range sc.Platform.All() {
		for _, b := range s.Card.Blocks {
			row, _ := b.(bot.Buttons)
			for _, button := range row.Buttons {
				seen++
				if button.URL == "" && button.Command == "" {
					t.Errorf("%q has no command", button.Label)
				}
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d buttons were seen", seen)
	}
	for id, phrases := range sc.handler.Verbs() {
		if len(phrases[0]) > 0 && (!meetings.HasWord("how."+id) && id != "show" || len(phrases[1]) == 0) {
			t.Errorf("%q has no help or no Welsh", id)
		}
	}
}

func TestNothingOfTheBotsIsStoredUnderAPersonsName(t *testing.T) {
	t.Parallel()
	sc := busy(t)
	for line := range strings.SplitSeq(dump(t, sc), "\n") {
		key, _, _ := strings.Cut(line, " ")
		for _, u := range []string{"lead", ":ann", ":ben"} {
			if strings.Contains(key, u) {
				t.Errorf("%s names somebody", key)
			}
		}
	}
}
