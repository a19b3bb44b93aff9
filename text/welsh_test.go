package text_test

import (
	"testing"

	"cymar/text"
)

func TestMutatedFormsShareAKey(t *testing.T) {
	t.Parallel()
	for _, forms := range [][]string{
		{"cymheiriaid", "gymheiriaid", "chymheiriaid", "nghymheiriaid"},
		{"profiad", "brofiad", "phrofiad", "mhrofiad"},
		{"goruchwyliaeth", "oruchwyliaeth", "ngoruchwyliaeth"},
		{"gweithiwr", "weithiwr", "ngweithiwr"},
		{"tim", "dim", "thim", "nhim"},
		{"diogelu", "ddiogelu", "niogelu"},
		{"bwrdd", "fwrdd", "mwrdd"},
		{"mentor", "fentor"},
		{"llesiant", "lesiant"},
		{"rhannu", "rannu"},
		{"anghenion", "hanghenion"},
		{"cefnogaeth", "gefnogaeth", "chefnogaeth", "nghefnogaeth"},
	} {
		for _, f := range forms {
			if text.Demutate(f) != text.Demutate(forms[0]) {
				t.Errorf("Demutate(%q) = %q, Demutate(%q) = %q", f, text.Demutate(f), forms[0], text.Demutate(forms[0]))
			}
		}
	}
}

func TestDifferentWelshWordsKeepDifferentKeys(t *testing.T) {
	t.Parallel()
	words := []string{"cymheiriaid", "profiad", "goruchwyliaeth", "gweithiwr", "egwyddorion", "diogelu", "ffiniau", "adferiad", "hyfforddiant", "cyfrinachedd"}
	seen := map[string]string{}
	for _, w := range words {
		key := text.Demutate(w)
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s share the key %q", w, other, key)
		}
		seen[key] = w
	}
}

func TestRelatedWelshWordsShareAStem(t *testing.T) {
	t.Parallel()
	for _, forms := range [][]string{
		{"goruchwyliaeth", "oruchwyliaeth", "goruchwylio", "goruchwyliwr"},
		{"egwyddor", "egwyddorion"},
		{"profiad", "brofiadau"},
	} {
		for _, f := range forms {
			if text.WelshStem(f) != text.WelshStem(forms[0]) {
				t.Errorf("WelshStem(%q) = %q, WelshStem(%q) = %q", f, text.WelshStem(f), forms[0], text.WelshStem(forms[0]))
			}
		}
	}
}

func TestShortWordsAreTheirOwnKey(t *testing.T) {
	t.Parallel()
	for _, w := range []string{"", "a", "yn", "fy"} {
		if got := text.Demutate(w); got != w {
			t.Errorf("Demutate(%q) = %q", w, got)
		}
	}
}

func TestLanguageIsToldFromShortTexts(t *testing.T) {
	t.Parallel()
	for want, texts := range map[string][]string{
		text.Welsh: {
			"beth yw egwyddorion cefnogaeth gan gymheiriaid", "Pa mor aml ddylwn i gael goruchwyliaeth?", "dwi isio help",
			"fi moyn gwybod mwy am y rôl", "goruchwyliaeth", "shwmae", "diolch yn fawr", "themau", "wi'n ffaelu cysgu",
			"pam", "sut mae rhannu fy stori", "ydy'r gweithiwr yn cael rhoi moddion", "bore da", "gymheiriaid?", "be di rol drift",
			"pwy sy'n gallu gweld y neges hon", "rwyf eisiau gwybod am ffiniau", "mae fy rheolwr yn gofyn i fi neud obs",
			"oes supervision i fod bob mis", "TÎM CYMRAEG", "ydi boundaries yn bwysig",
		},
		text.English: {
			"what is a psw", "supervision", "how often", "hi", "my manager is not a peer, is that ok", "can i take the scarf",
			"whats non directive", "no supervision for 3 months", "driving ppl to appts all day", "thanks", "what's happening in wales",
			"Pam keeps asking me to do obs", "boundaries", "can you share the slides from last month", "i am on a ward in cardiff",
		},
		"": {"", "???", "123", "psw", "wrap", "a i o"},
	} {
		for _, s := range texts {
			if got := text.Language(s); got != want {
				t.Errorf("Language(%q) = %q, want %q", s, got, want)
			}
		}
	}
}
