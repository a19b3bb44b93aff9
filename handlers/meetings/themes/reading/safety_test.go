package reading_test

import (
	"fmt"
	"testing"

	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/reading"
)

// optOuts are ways in which people ask to be left out.
var optOuts = []string{
	"please leave me out of the overview",
	"please can you leave out what I wrote about our numbers, I got ahead of my trustees",
	"please leave my message about our ward out of any write up",
	"leave me out please",
	"can you leave my messages out of the write up",
	"please keep me out of the summary",
	"keep my comments out of the notes please",
	"I'd rather not be in the overview",
	"please don't include me in the write-up",
	"dont use my messages please",
	"I don't want to be included",
	"take my messages out please",
	"could nothing I type go in any write up please",
	"please remove my comments from the overview",
	"exclude me from the notes please",
	"delete my messages from the overview please",
	"gadewch fi allan os gwelwch yn dda",
	"peidiwch â fy nghynnwys i yn y crynodeb",
	"dw i ddim eisiau bod yn y crynodeb",
	"gadewch fy negeseuon i allan",
}

func TestWhoeverAsksToBeLeftOutIsLeftOutInAnyWords(t *testing.T) {
	t.Parallel()
	for _, ask := range optOuts {
		t.Run(ask, func(t *testing.T) {
			t.Parallel()
			c := reading.Read(chattest.Chat(t, fmt.Sprintf(`
10:00 Jo Hill: welcome, supervision first
10:05 Ben Rees: pay bands differ between trusts
10:06 Ann Lee: supervision should be monthly
10:08 Ben Rees: %s
10:09 Ben Rees: induction takes a week`, ask)), reading.Options{})
			for i, gone := range []bool{false, true, false, true, true} {
				if c.Lines[i].Gone != gone {
					t.Errorf("line %d (%q) left out: %v", i+1, c.Lines[i].Raw, c.Lines[i].Gone)
				}
			}
		})
	}
}

// stays are remarks about leaving out that ask for nothing.
var stays = []string{
	"carers are left out of the meetings",
	"say if you want to be left out of the overview",
	"we should leave the jargon out of the leaflet",
	"people feel left out of the ward round",
	"the policy leaves peers out",
	"mae gofalwyr yn cael eu gadael allan",
}

func TestATalkOfLeavingOutLeavesNobodyOut(t *testing.T) {
	t.Parallel()
	for _, s := range stays {
		if l := middle(t, s); l.Gone {
			t.Errorf("%q leaves its writer out", s)
		}
	}
}

// disclosures tell of their writer or of somebody who can be known by it.
var disclosures = []string{
	"I was sectioned at nineteen",
	"I have been off sick with depression since March",
	"my mum has dementia and nobody helps us",
	"my lad's on the ward since Sunday",
	"my brother's still inside",
	"my husband was diagnosed in November",
	"I ended up in A&E four times that month",
	"I was in hospital for seven weeks last year",
	"I'm on antidepressants and the side effects are bad",
	"I relapsed after the job ended",
	"I had a breakdown in that job",
	"when I was an inpatient nobody told me anything",
	"I lost my baby at twenty weeks",
	"I'm autistic and the office is too loud",
	"I have bipolar and they know it",
	"as a survivor of abuse I find the training hard, my trauma is not a slide",
	"my daughter is on your caseload",
	"we've one lady who rings every night",
	"one of mine was evicted on Friday",
	"he told me he wants to leave the ward",
	"she says the consultant laughed at her",
	"my manager reads my notes",
	"fy mrawd i sydd ar y ward ar hyn o bryd",
	"mae fy mam yn sâl eto",
	"ges i fy nerbyn i'r ysbyty llynedd",
	"dw i wedi claddu fy ngwraig",
	"roedd fy merch ar y ward plant",
	"dw i ar dabledi gwrth-iselder",
	"bues i'n sâl iawn ar ôl y geni",
}

// confidences are said so that they go no further.
var confidences = []string{
	"keep this between us but the budget is a mess",
	"not for the minutes: the lead is leaving",
	"off the record, nobody does the audit",
	"this isn't for the overview, we fudge the numbers",
	"don't put this in the notes but I cried in the car park",
	"between these four walls, the policy is ignored",
	"I probably shouldn't say this but the panel had decided already",
	"please don't minute this, we share one login",
	"rhyngom ni, does neb yn gwneud yr archwiliad",
	"ddim ar gyfer y cofnodion: mae'r arweinydd yn gadael",
}

func TestDisclosuresAndConfidencesAreClosed(t *testing.T) {
	t.Parallel()
	for _, list := range [][]string{disclosures, confidences} {
		for _, s := range list {
			t.Run(s, func(t *testing.T) {
				t.Parallel()
				if l := middle(t, s); l.Closed == "" && !l.Gone {
					t.Error("may be retold")
				}
			})
		}
	}
}

// identifiers point at a person by number, address or initials.
var identifiers = []string{
	"ring the ward on 01632 960123",
	"my number is 07700 900123 for the rota",
	"send it to jo.hill@example.org",
	"NHS number 943 476 5919 on the form",
	"J.S. on Maple ward asked again",
	"pt KB moved beds",
	"the lady MH wants a peer",
}

func TestIdentifiersAreClosed(t *testing.T) {
	t.Parallel()
	for _, s := range identifiers {
		if l := middle(t, s); l.Closed != reading.ReasonIdentifier {
			t.Errorf("%q closed for %q", s, l.Closed)
		}
	}
}

func TestDangerThatOnlyTheGuardSuspectsClosesItsOwnMessageOnly(t *testing.T) {
	t.Parallel()
	guard := func(s string) string {
		if s == "lovely, keep going, the chat is flying" {
			return "R"
		}
		return ""
	}
	c := reading.Read(chattest.Chat(t, `
10:00 Jo Hill: welcome, supervision first
10:10 Ben Rees: lovely, keep going, the chat is flying
10:14 Ann Lee: Ben, does the form ask about supervision?
10:20 Ben Rees: group supervision works for new peers
10:31 Ben Rees: a rota for supervision would help`), reading.Options{Guard: guard})
	for i, want := range []string{"", reading.ReasonDanger, "", "", ""} {
		if c.Lines[i].Closed != want {
			t.Errorf("line %d closed for %q, want %q", i+1, c.Lines[i].Closed, want)
		}
	}
}

func TestAroundDangerThatShowsAllOfItsWriterIsKeptOut(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, `
10:00 Jo Hill: welcome, supervision first
10:10 Ben Rees: I don't want to be here anymore
10:12 Ann Lee: Ben I'm messaging you now
10:13 Ben Rees: ignore me, long week
10:40 Ben Rees: supervision every month would help
11:30 Ben Rees: the rota should be fair`), reading.Options{})
	if l := c.Lines[2]; l.Closed != reading.ReasonDanger {
		t.Errorf("the answer is closed for %q", l.Closed)
	}
	if l := c.Lines[3]; l.Level != "R" {
		t.Errorf("what followed at once has level %q", l.Level)
	}
	if l := c.Lines[4]; !l.Gone || l.Level != "" {
		t.Errorf("half an hour later: gone %v, level %q", l.Gone, l.Level)
	}
	if l := c.Lines[5]; l.Gone || l.Closed != "" {
		t.Errorf("after an hour: gone %v, closed for %q", l.Gone, l.Closed)
	}
}
