package kb

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// overlayEntry is a deployer's entry with these questions.
func overlayEntry(id, title string, questions ...string) *fstest.MapFile {
	return &fstest.MapFile{Data: fmt.Appendf(nil, "---\nid: %s\ntitle: {en: %q}\nchecked: 2026-11-21\nreview: 2027-05-21\nexamples:\n  en:\n    - %s\n---\n## en\n\nAsk at the desk.\n",
		id, title, strings.Join(questions, "\n    - "))}
}

// theirs are two entries about what no entry of ours is about, ten examples
// each.
var theirs = fstest.MapFS{
	"car-park.md": overlayEntry("car-park", "Where do I park at the hospital?",
		"where do i park", "is there a staff car park", "how do i get a parking permit", "my permit ran out", "parking at the hill site",
		"can visitors park for free", "i got a parking ticket outside the ward", "disabled bays near the unit", "who sells permits", "no spaces left this morning"),
	"uniform-voucher.md": overlayEntry("uniform-voucher", "How do I claim the clothing voucher?",
		"how do i claim the clothing voucher", "what is the clothing allowance", "can i use the voucher for shoes", "my voucher has expired", "where can i spend the clothing voucher",
		"do peers get money for work clothes", "voucher code does not work", "who sends out the vouchers", "how much is the clothing allowance", "lost my voucher"),
}

func TestANewEntryIsFoundByRewordedQuestions(t *testing.T) {
	t.Parallel()
	b := mustLoad(t, theirs)
	found, asked := 0, 0
	for id, questions := range map[string][]string{
		"car-park": {"where can i leave my car, is there parking", "do i need a permit to park", "parking permit please", "visitors parking?",
			"where's the staff car park at hill site", "i was given a ticket for parking", "is there somewhere to park near the ward", "renew my parking permit"},
		"uniform-voucher": {"how can i get the clothing voucher", "clothing allowance", "is the voucher any good for trainers or shoes", "voucher expired, what now",
			"what shops take the clothing voucher", "do we get an allowance for clothes", "i've lost the voucher", "who do i ask about a clothing voucher"},
	} {
		for _, q := range questions {
			asked++
			if got := b.Find(Query{Text: q}); got.Entry == b.Entry(id) {
				found++
			} else {
				t.Logf("%q leads to %s %v", q, got.Outcome, got.Entry)
			}
		}
	}
	if found < asked*8/10 {
		t.Errorf("%d of %d found", found, asked)
	}
}

func TestANewEntryDoesNotStealFromOthers(t *testing.T) {
	t.Parallel()
	before, after := mustLoad(t, nil), mustLoad(t, theirs)
	stolen, asked := 0, 0
	for _, q := range freshQuestions(t, "testdata/fresh.jsonl") {
		asked++
		if got := after.Find(Query{Text: q.Q}); got.Entry != nil && got.Entry.theirs {
			stolen++
			t.Logf("%q: %v became %s", q.Q, before.Find(Query{Text: q.Q}).Entry.ID, got.Entry.ID)
		}
	}
	if stolen > asked/100 {
		t.Errorf("%d of %d stolen", stolen, asked)
	}
}

func TestTheThreeNearestExamplesAreKeptInOrder(t *testing.T) {
	t.Parallel()
	var best [3]float32
	for _, s := range []float32{.2, .5, .1, .9, .5} {
		rank(&best, s)
	}
	if best != [3]float32{.9, .5, .5} {
		t.Errorf("%v", best)
	}
}
