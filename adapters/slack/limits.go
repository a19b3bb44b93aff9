package slack

// What Slack takes, in UTF-16 units where it is text. The total of a
// message's blocks is not documented; about 13,200 were measured by others,
// and a message stays well below that.
const (
	maxBlocks      = 50  // of a message
	maxViewBlocks  = 100 // of a form or the App Home
	maxHeader      = 150
	maxSection     = 3000
	maxContext     = 2000
	maxButtons     = 25 // in one row
	maxLabel       = 75 // of a button, or of a choice
	maxValue       = 2000
	maxActionID    = 255
	maxURL         = 3000
	maxConfirm     = 300
	maxRows        = 100 // of a table
	maxColumns     = 20
	maxTable       = 10000 // all cells together
	maxTitle       = 24    // of a form, and of its buttons
	maxFieldLabel  = 2000
	maxFieldText   = 3000
	maxChoices     = 100
	maxChoiceValue = 150
	maxFallback    = 3900 // the text beside the blocks

	// Our own, below Slack's.
	ourText   = 2800 // of one block
	ourTotal  = 9000 // of all blocks of a message
	ourBlocks = 45
)
