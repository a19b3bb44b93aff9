package config

import "fmt"

// Retention is how many days each class of data is kept.
type Retention struct {
	Audit         int `yaml:"audit"`          // lines of the audit log
	Undelivered   int `yaml:"undelivered"`    // what is noted of messages that could not be delivered
	Questions     int `yaml:"questions"`      // words of unanswered questions
	Chat          int `yaml:"chat"`           // messages and drafts of a meeting, in any case
	PublishedChat int `yaml:"published_chat"` // messages, after the overview was published
	Reminders     int `yaml:"reminders"`      // records of supervision with which nothing happens any more
	SentMarks     int `yaml:"sent_marks"`     // marks that a reminder was sent, without content
}

// Class is one line of the settings: its name, what may be set, and what
// applies where nothing is.
type Class struct {
	Name               string
	Least, Usual, Most int // days
	days               func(*Retention) *int
}

// Classes is every class of data whose time can be set.
func Classes() []Class {
	return []Class{
		{"audit", 1, 400, 400, func(r *Retention) *int { return &r.Audit }},
		{"undelivered", 1, 400, 400, func(r *Retention) *int { return &r.Undelivered }},
		{"questions", 1, 180, 180, func(r *Retention) *int { return &r.Questions }},
		{"chat", 7, 90, 90, func(r *Retention) *int { return &r.Chat }},
		{"published_chat", 7, 30, 90, func(r *Retention) *int { return &r.PublishedChat }},
		{"reminders", 180, 396, 396, func(r *Retention) *int { return &r.Reminders }},
		{"sent_marks", 2, 40, 400, func(r *Retention) *int { return &r.SentMarks }},
	}
}

// usual is what applies where nothing is said.
func usual() Retention {
	var r Retention
	for _, c := range Classes() {
		*c.days(&r) = c.Usual
	}
	return r
}

// check fills in what was left out and refuses what is less than the bot needs
// or more than we promise.
func (r *Retention) check(where string) []*Fault {
	var faults []*Fault
	for _, c := range Classes() {
		days := c.days(r)
		if *days == 0 {
			*days = c.Usual
		}
		if *days < c.Least || *days > c.Most {
			faults = append(faults, &Fault{where, fmt.Sprintf("retention: %s is %d days", c.Name, *days),
				fmt.Sprintf("Write %d to %d, or leave it out for %d.", c.Least, c.Most, c.Usual)})
		}
	}
	return faults
}
