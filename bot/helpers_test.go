package bot_test

import (
	"errors"

	"cymar/bot"
)

// reasonOf is why a send failed; "" when it did not, or did otherwise.
func reasonOf(err error) bot.Reason {
	var failed *bot.SendError
	if errors.As(err, &failed) {
		return failed.Reason
	}
	return ""
}
