package seal_test

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"cymar/bot/seal"
)

// keyOf is a key of one repeated letter.
func keyOf(c string) string { return base64.StdEncoding.EncodeToString([]byte(strings.Repeat(c, 32))) }

func box(t testing.TB, keys string) *seal.Box {
	t.Helper()
	b, err := seal.New(keys)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sealedBy(t testing.TB, b *seal.Box, plain, about string) string {
	t.Helper()
	s, err := b.Seal(plain, about)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatWasSealedShowsNothingAndOpensAgain(t *testing.T) {
	t.Parallel()
	b := box(t, "a="+keyOf("k"))
	for _, plain := range []string{"", "xoxb-token", "Dw i'n teimlo'n isel \x00\xff", strings.Repeat("long ", 10_000)} {
		kept := sealedBy(t, b, plain, "place")
		if plain != "" && strings.Contains(kept, plain) {
			t.Errorf("%.20q can be read in what is kept", plain)
		}
		if got, err := b.Open(kept, "place"); err != nil || got != plain {
			t.Errorf("%.20q came back as %.20q, %v", plain, got, err)
		}
	}
}

func TestTheSameValueIsNeverSealedAlike(t *testing.T) {
	t.Parallel()
	b := box(t, "a="+keyOf("k"))
	if first := sealedBy(t, b, "same", "p"); first == sealedBy(t, b, "same", "p") {
		t.Error("equal values can be told to be equal")
	}
}

func TestASealedValueOpensNowhereElseAndNotWhenChanged(t *testing.T) {
	t.Parallel()
	b := box(t, "a="+keyOf("k"))
	kept := sealedBy(t, b, "of T1", "token:T1")
	turned := []byte(kept)
	turned[len(turned)-3] ^= 1
	for name, try := range map[string][2]string{
		"another place": {kept, "token:T2"},
		"changed":       {string(turned), "token:T1"},
		"cut short":     {kept[:len(kept)-6], "token:T1"},
		"cut to naught": {kept[:6], "token:T1"},
	} {
		if got, err := b.Open(try[0], try[1]); !errors.Is(err, seal.ErrKey) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestKeysAreChangedByPuttingANewOneInFront(t *testing.T) {
	t.Parallel()
	old := box(t, "old="+keyOf("o"))
	kept := sealedBy(t, old, "v", "p")
	both := box(t, "new="+keyOf("n")+", old="+keyOf("o"))
	if got, err := both.Open(kept, "p"); err != nil || got != "v" || !both.Stale(kept) {
		t.Fatalf("%q, %v, stale %v", got, err, both.Stale(kept))
	}
	again := sealedBy(t, both, "v", "p")
	fresh := box(t, "new="+keyOf("n"))
	if got, err := fresh.Open(again, "p"); err != nil || got != "v" || fresh.Stale(again) {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := fresh.Open(kept, "p"); !errors.Is(err, seal.ErrKey) {
		t.Errorf("the old key is gone and it opens: %v", err)
	}
}

func TestAKeyThatMerelyHasTheSameNameOpensNothing(t *testing.T) {
	t.Parallel()
	kept := sealedBy(t, box(t, "a="+keyOf("k")), "v", "p")
	if _, err := box(t, "a="+keyOf("x")).Open(kept, "p"); !errors.Is(err, seal.ErrKey) {
		t.Errorf("got %v", err)
	}
}

func TestWithoutAKeyAValueStaysAsItIs(t *testing.T) {
	t.Parallel()
	sealedValue := sealedBy(t, box(t, "a="+keyOf("k")), "v", "p")
	var none *seal.Box
	for _, b := range []*seal.Box{none, box(t, ""), box(t, " ")} {
		if b.On() || b.Stale("x") {
			t.Error("it says that it has a key")
		}
		for _, plain := range []string{"", `{"a":1}`, sealedValue, "\x01p:x"} {
			kept := sealedBy(t, b, plain, "p")
			if got, err := b.Open(kept, "p"); err != nil || got != plain {
				t.Errorf("%q came back as %q, %v", plain, got, err)
			}
		}
		if _, err := b.Open(sealedValue, "p"); !errors.Is(err, seal.ErrKey) {
			t.Errorf("a sealed value without a key: %v", err)
		}
	}
}

func TestWhatWasKeptBeforeThereWasAKeyCanStillBeRead(t *testing.T) {
	t.Parallel()
	b := box(t, "a="+keyOf("k"))
	if got, err := b.Open(`{"old":1}`, "p"); err != nil || got != `{"old":1}` || !b.Stale(`{"old":1}`) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAFaultyKeyIsNamedByItsPlaceAndNeverShown(t *testing.T) {
	t.Parallel()
	good := "a=" + keyOf("k")
	for name, keys := range map[string]string{
		"no name":    keyOf("s"),
		"odd name":   "a:b=" + keyOf("s"),
		"too short":  "b=" + base64.StdEncoding.EncodeToString([]byte("sssssss")),
		"no base64":  "b=ssss!!!",
		"name twice": "a=" + keyOf("s"),
		"nothing":    "",
	} {
		_, err := seal.New(good + "," + keys)
		if err == nil || !strings.Contains(err.Error(), "key 2") || strings.Contains(err.Error(), "sss") || strings.Contains(err.Error(), keyOf("s")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAKeyMayBeWrittenInHexadecimal(t *testing.T) {
	t.Parallel()
	b := box(t, "a="+hex.EncodeToString([]byte(strings.Repeat("k", 32))))
	kept := sealedBy(t, box(t, "a="+keyOf("k")), "v", "p")
	if got, err := b.Open(kept, "p"); err != nil || got != "v" {
		t.Errorf("%q, %v", got, err)
	}
}

func FuzzOpen(f *testing.F) {
	b := box(f, "a="+keyOf("k"))
	f.Add("\x01s1:a:")
	f.Add("\x01s1::")
	f.Add("\x01p:")
	f.Fuzz(func(t *testing.T, kept string) {
		got, err := b.Open(kept, "p")
		if err == nil && strings.HasPrefix(kept, "\x01s1:") {
			t.Errorf("a made-up value opened as %q", got)
		}
	})
}
