package safeguarding

import (
	"cymar/bot"
	"cymar/handlers/safeguarding/signs"
)

// Guard reads texts for the core.
type Guard struct{ reader *signs.Reader }

var _ bot.Guard = (*Guard)(nil)

// NewGuard loads what reading needs; an error means that the build is broken.
func NewGuard() (*Guard, error) {
	r, err := signs.New()
	if err != nil {
		return nil, err
	}
	return &Guard{r}, nil
}

// levels is what each reading means to the core.
var levels = map[signs.Level]bot.Level{
	signs.Crisis: bot.Crisis, signs.Other: bot.OtherInDanger, signs.Distress: bot.Distress,
	signs.Safeguarding: bot.Safeguarding, signs.Personal: bot.PersonalData,
}

// Read is the level of a text; it keeps nothing.
func (g *Guard) Read(text string) bot.Finding {
	return bot.Finding{Level: levels[g.reader.Read(text).Level]}
}
