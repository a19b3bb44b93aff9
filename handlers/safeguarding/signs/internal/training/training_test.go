package training_test

import (
	"bytes"
	"testing"

	"cymar/handlers/safeguarding/signs/corpus"
	"cymar/handlers/safeguarding/signs/internal/training"
	"cymar/handlers/safeguarding/signs/internal/traits"
)

// messages are few of each level, several times in other words.
func messages() []corpus.Message {
	var out []corpus.Message
	for level, texts := range map[int][]string{
		0: {"I want to die", "I want to kill myself", "I will end my life", "I want to be dead. The room is booked."},
		1: {"she wants to die", "he will kill himself", "she will end her life"},
		2: {"I am so low", "I feel sad and low", "I am at breaking point"},
		3: {"a nurse hit him", "her son takes her money", "the carer hit her"},
		4: {"the room is booked", "the slides are on the drive", "who takes the minutes. who brings cake", "is the meeting at two"},
	} {
		for _, s := range texts {
			out = append(out, corpus.Message{Text: s, Level: string("RTASN"[level]), Lang: "en", Voice: "v"})
		}
	}
	return sorted(out)
}

// sorted gives what came from a map an order.
func sorted(m []corpus.Message) []corpus.Message {
	for i := range m {
		for j := i + 1; j < len(m); j++ {
			if m[j].Text < m[i].Text {
				m[i], m[j] = m[j], m[i]
			}
		}
	}
	return m
}

func reader(t *testing.T) *traits.Reader {
	t.Helper()
	r, err := traits.New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheSameCorpusGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	texts := training.Read(reader(t), messages())
	var made [][]byte
	for range 2 {
		m, err := training.Train(texts)
		if err != nil {
			t.Fatal(err)
		}
		b, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, b)
	}
	if !bytes.Equal(made[0], made[1]) {
		t.Error("two models of one corpus differ")
	}
}

func TestAModelKnowsWhatItWasTaught(t *testing.T) {
	t.Parallel()
	r := reader(t)
	m, err := training.Train(training.Read(r, messages()))
	if err != nil {
		t.Fatal(err)
	}
	for _, level := range []string{"R", "T", "A", "S", "N"} {
		if m.Class(level) < 0 {
			t.Errorf("no class %s", level)
		}
	}
	p := m.Probabilities(nil, r.Read("I want to die").Pieces[0].Features)
	for i, name := range m.Classes() {
		if name != "R" && p[i] >= p[m.Class("R")] {
			t.Errorf("“I want to die” is %.2f R and %.2f %s", p[m.Class("R")], p[i], name)
		}
	}
}

func TestMessagesWithoutWordsAreLeftOut(t *testing.T) {
	t.Parallel()
	got := training.Read(reader(t), []corpus.Message{{Text: "…", Level: "N"}, {Text: "words", Level: "N"}, {Text: "", Level: "R"}})
	if len(got) != 1 || got[0].Text != "words" {
		t.Errorf("%d texts are left: %+v", len(got), got)
	}
}

func TestTheFingerprintFollowsTheCorpus(t *testing.T) {
	t.Parallel()
	r, m := reader(t), messages()
	before := training.Fingerprint(m, r)
	if again := training.Fingerprint(messages(), r); again != before {
		t.Errorf("one corpus has two fingerprints: %s, %s", before, again)
	}
	for name, change := range map[string]func(*corpus.Message){
		"text":  func(x *corpus.Message) { x.Text += "!" },
		"level": func(x *corpus.Message) { x.Level = "A" },
	} {
		changed := messages()
		change(&changed[3])
		if training.Fingerprint(changed, r) == before {
			t.Errorf("another %s, the same fingerprint", name)
		}
	}
}

func TestTrainingOnNothingIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := training.Train(nil); err == nil {
		t.Error("a model of nothing was made")
	}
}
