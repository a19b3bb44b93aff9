// Package signs reads one message and says what it shows: that the writer may
// be in danger, that somebody else is, distress, a safeguarding concern,
// personal data, or none of these. It reads English and Welsh, also mixed.
//
// It is pure: no clock, no network, no storage, and the same message always
// gets the same answer. It does not assess risk. It decides only which of the
// bot's prepared replies a message is met with.
//
// Personal data is found by rules with checks (see internal/personal). The
// rest is a linear model over features of each sentence (see internal/traits),
// trained by `go generate` on the messages in corpus/ and embedded.
package signs

//go:generate go run ./train
