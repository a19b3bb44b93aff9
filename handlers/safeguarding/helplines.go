package safeguarding

import (
	"time"

	"cymar/bot"
)

// Helpline is a number that a person in danger can use. Verified is the day
// on which somebody last checked it, as 2006-01-02; one that is not On is
// left out until an operator has checked it.
type Helpline struct {
	ID       string // also the key of its words
	Nation   bot.Nation
	On       bool
	Verified string
}

// Helplines is what the bot offers, in the order in which it offers them:
// danger first, then the health service, then somebody to talk to. The
// numbers stand in the words, for each language. Sources and dates: the
// fact sheet's section on numbers; those not confirmed on a current official
// page ship switched off.
func Helplines() []Helpline {
	const checked = "2026-11-21"
	return []Helpline{
		{ID: "emergency", Nation: bot.Both, On: true, Verified: checked},
		{ID: "nhs111-england", Nation: bot.England, On: true, Verified: checked},
		{ID: "nhs111-wales", Nation: bot.Wales, On: true, Verified: checked},
		{ID: "samaritans", Nation: bot.Both, On: true, Verified: "2026-10-05"},
		{ID: "samaritans-welsh", Nation: bot.Wales, On: true, Verified: checked},
		{ID: "shout", Nation: bot.Both, On: true, Verified: checked},
		{ID: "call-wales", Nation: bot.Wales},
		{ID: "papyrus", Nation: bot.Both},
	}
}

// linesFor chooses the lines for a nation; a space without one is given both.
func linesFor(all []Helpline, n bot.Nation) []Helpline {
	var out []Helpline
	for _, l := range all {
		if l.On && (l.Nation == bot.Both || n == l.Nation || n == bot.Both || n == "") {
			out = append(out, l)
		}
	}
	return out
}

// fresh is how long a check of a number is good for.
const fresh = 183 * 24 * time.Hour

// State says whether the line is offered and whether it is time to check its
// number again, for operators.
func (l Helpline) State(now time.Time) string {
	if !l.On {
		return "off until somebody has checked the number (settings: helplines)"
	}
	checked, err := time.Parse(time.DateOnly, l.Verified)
	if err != nil || now.Sub(checked) > fresh {
		return "on, last checked " + l.Verified + ": older than six months, please check the number"
	}
	return "on, checked " + l.Verified
}
