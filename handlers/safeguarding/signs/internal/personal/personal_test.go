package personal_test

import (
	"strings"
	"testing"

	"cymar/handlers/safeguarding/signs/internal/personal"
)

// found is one message or more for each kind. Names and numbers are made up.
var found = map[personal.Kind][]string{
	personal.NHSNumber: {
		"943 476 5919", "943-476-5919", "NHS no 9434765919", "her nhs number: 9434765919, thanks", "rhif GIG 943 476 5919",
		"the patient is 9434765919",
	},
	personal.RecordNumber: {
		"RiO 1234567 needs a note", "hospital no 4455667", "hospital number's C902281 and he's in", "EMIS number 88213", "case no. 99887",
		"can you check RiO for 1048872", "WCCIS case 7781204 wants a peer", "rhif ysbyty 4455667",
	},
	personal.BirthDate: {
		"dob 12/03/1984", "D.O.B. 1-2-90", "date of birth is 3rd June 1990", "patient born 3 June 1990", "dyddiad geni 12 Mawrth 1984",
		"Born 2 June 1951, lives alone", "my client's birthday's 17/08/1979", "Aisha Noor b. 19 Nov 2003 has moved",
	},
	personal.Insurance: {"AB123456C", "AB 12 34 56 C", "her NI is QQ 12 34 56 C", "national insurance TN 65 43 21 M for the form"},
	personal.Address: {
		"the lady I saw at 12 Mill Lane today", "she lives at CF10 3NQ", "his address is 4 Heol y Bryn",
	},
	personal.Contact: {
		"the patient's mobile is 07700 900123", "she texted me from 07700 900123", "service user email is j.h72@example.com",
		"my client's number is 07700 900123", "ref: client 07700 900377 wants text only",
	},
	personal.Whereabouts: {"pt J.S. bed 4 Maple ward is low today", "the lady in bed 7 is on obs again tonight"},
	personal.NamedPerson: {
		"John Smith is on a section 3", "Mrs Pugh has bipolar and wants chapel visits", "my client Gareth Pugh wants a visit",
		"Does anyone know Peter Halloran? He's on a CTO", "Simon Evans (patient) tested positive for cocaine", "Pt B.R., side room, on 1:1 today",
		"Could someone ring Margaret Hill, 14 Glebe Row, she's missed her depot", "mae Dilwyn Parry ar adran 3",
	},
}

func TestEachKindIsFound(t *testing.T) {
	t.Parallel()
	f := personal.New()
	for want, messages := range found {
		for _, m := range messages {
			if got := f.Find(m); got != want {
				t.Errorf("%q: %q, want %q", m, got, want)
			}
		}
	}
}

func TestWhatOnlyLooksLikePersonalDataIsLeftAlone(t *testing.T) {
	t.Parallel()
	f := personal.New()
	for _, m := range strings.Split(strings.TrimSpace(`
1767880800
the log says 1767880800 and 1767880801
943 476 5918
111 111 1111
Meeting ID: 385 221 904 66 Passcode: 8hG2k
ring 020 7946 0018
call Samaritans on 116 123 or text SHOUT to 85258
C.A.L.L. is on 0800 132 737
ISBN 978-0-306-40615-7
10.1136/bmj.2023.076543 is the DOI
IRAS ID 312345
NIHR grant 943 476 5919
section 42 and section 128
Band 4 or Band 5
the venue is at CF10 3NQ
the meeting is on 12 March 2026
we meet at 12 Mill Lane on Thursday
thanks all, J.S.
ruth.marsh@nhs.example is the facilitator
our office number is 02920 123456
you can reach the team on 07700 900123
patients can ring us on 07700 900123
Dr Smith is speaking about bipolar disorder
John Smith from the trust will present on psychosis
Sarah Davies (peer lead) has the slides about section 3
Gareth Pugh runs the hearing voices group
my colleague Jane Hill works on Elm ward
my name is John Smith and I have bipolar
I'm Gwen Parry, I was on a section 3 in 2009
I was born on 3 June 1990 and I live at CF10 3NQ
my birthday's on 17/08/2026
Cynhelir angladd Mrs Parry ddydd Iau
Maple ward is full
the lady in bed
Canolfan Pugh, 4 Heol y Bryn, yw'r lleoliad
`), "\n") {
		if got := f.Find(m); got != personal.None {
			t.Errorf("%q is taken for %q", m, got)
		}
	}
}

func TestDigitsInAnyDressAreRead(t *testing.T) {
	t.Parallel()
	f := personal.New()
	for _, m := range []string{"NHS no ９４３４７６５９１９", "nhs 943\u00a0476\u00a05919"} {
		if got := f.Find(m); got != personal.NHSNumber {
			t.Errorf("%q: %q", m, got)
		}
	}
}

func TestTheCheckDigitCounts(t *testing.T) {
	t.Parallel()
	f := personal.New()
	passed := 0
	for last := range 10 {
		if f.Find("NHS number 943476591"+string(rune('0'+last))) == personal.NHSNumber {
			passed++
		}
	}
	if passed != 1 {
		t.Errorf("%d of ten last digits pass", passed)
	}
}

func FuzzFinding(f *testing.F) {
	finder := personal.New()
	for _, messages := range found {
		for _, m := range messages {
			f.Add(m)
		}
	}
	for _, s := range []string{"", "\xff\xfe", "Mrs ", "943 476 591", strings.Repeat("Mr A", 500), "é1234567890é", "@", "a@b.c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if a, b := finder.Find(s), finder.Find(s); a != b {
			t.Errorf("%q is %q and then %q", s, a, b)
		}
	})
}
