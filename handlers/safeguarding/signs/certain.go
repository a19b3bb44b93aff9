package signs

import (
	"strings"

	"cymar/text"
)

// certain are whole messages whose meaning hangs on nothing standing beside
// them: “I can't go on” is one thing, “I can't go on Thursday” another, and a
// model that weighs words together sees them as near neighbours. The fact
// sheet, section 9.3, names these pairs.
var certain = map[string]Level{
	"i cant go on":                   Crisis,
	"i cant go on any more":          Crisis,
	"i cant go on anymore":           Crisis,
	"i just cant go on":              Crisis,
	"cant go on":                     Crisis,
	"i want to end it":               Distress, // of what, it does not say
	"i want to end it all":           Crisis,
	"alla i ddim cario ymlaen":       Crisis,
	"alla i ddim mynd ymlaen":        Crisis,
	"fedra i ddim cario mlaen":       Crisis,
	"dwi ddim yn gallu cario ymlaen": Crisis,
}

// certainly is the level of a message that is one of those, and whether it is.
func certainly(message string) (Level, bool) {
	if len(message) > 200 {
		return "", false
	}
	l, ok := certain[strings.Join(text.Words(text.Fold(message)), " ")]
	return l, ok
}
