package reading

import (
	"time"

	"cymar/handlers/meetings/themes/text"
)

// small marks the lines that are nothing for an overview: first by what each
// says, then by the company that short ones keep.
func (c *Chat) small() {
	seen := map[string]bool{}
	score := make([]float64, len(c.Lines))
	for i := range c.Lines {
		l := &c.Lines[i]
		first := !seen[l.Author]
		seen[l.Author] = true
		if score[i] = c.smallScore(i, first); l.Gone || l.Bot || l.Small || c.People.ToBot(l.Raw) {
			score[i] = 2
		}
	}
	for i := range c.Lines {
		c.Lines[i].Small = score[i]+c.company(i, score) >= 1
	}
}

// smallScore adds up what speaks for small talk and takes off what speaks for
// a point; 1 and more is small talk.
func (c *Chat) smallScore(i int, first bool) float64 {
	l := &c.Lines[i]
	if len(l.Content) == 0 && !l.Link && !l.File {
		if m := c.manners(l); m > 1 {
			return m
		}
		if l.Linked && l.Question || len(l.Words) > 5 {
			return 0.8
		}
		return 1.1
	}
	return c.manners(l) + c.arriving(l, first) + c.trouble(l) + c.procedure(l) + c.humour(l) + c.closing(l) + c.idle(l) - c.substance(l)
}

// company is what a short line takes over from its neighbours: chaff comes in
// runs.
func (c *Chat) company(i int, score []float64) float64 {
	l := &c.Lines[i]
	if len(l.Content) > 5 || l.Link || l.File || len(l.Topics) > 0 && l.Topics[0].Weight >= 1 && len(l.Content) > 2 {
		return 0
	}
	if p := l.Parent; p >= 0 {
		if score[p] >= 1 {
			return 0.5
		}
		return 0
	}
	s := 0.0
	for _, k := range []int{i - 2, i - 1, i + 1, i + 2} {
		if k >= 0 && k < len(c.Lines) && c.Lines[k].At.Sub(l.At).Abs() <= 3*time.Minute && score[k] >= 1 {
			s += 0.2
		}
	}
	if s >= 0.4 {
		return s
	}
	return 0
}

// idle: few words, none of them about the subject.
func (c *Chat) idle(l *Line) float64 {
	if len(l.Topics) > 0 || l.Link || l.File || len(l.Content) > 5 || l.Likes >= 4 {
		return 0
	}
	return 0.3
}

// substance is how much a line says about a subject.
func (c *Chat) substance(l *Line) float64 {
	s := 0.0
	for _, t := range l.Topics {
		s += 0.22 * min(t.Weight, 2)
	}
	s = min(s, 0.9) + 0.045*float64(min(len(l.Content), 20))
	if l.Link || l.File || l.Pasted {
		s += 0.5
	}
	if l.Question && len(l.Content) >= 3 {
		s += 0.2
	}
	if l.Question && l.Cues["request"] > 0 {
		s += 0.4
	}
	if l.Cues["promise"] > 0 && l.Cues["private"] == 0 {
		s += 0.45
	}
	if p := l.Parent; l.Linked && !c.Lines[p].Host && len(l.Content) > 0 {
		s += 0.1
	}
	return s
}

// manners: greetings, thanks, praise, bare agreement, sympathy.
func (c *Chat) manners(l *Line) float64 {
	n := float64(len(l.Content))
	s := 0.0
	for class, w := range map[string]float64{"thanks": 1.1, "bye": 1.2, "praise": 1.1, "agree": 1.0, "sympathy": 1.1, "laugh": 1.1, "greet": 1.1} {
		if l.Cues[class] > 0 {
			s = max(s, w)
		}
	}
	if s == 0 {
		if n <= 1 && len(l.Topics) == 0 {
			return 0.8
		}
		return 0
	}
	return s + 0.25 - 0.11*max(0, n-1)
}

// arriving: introductions, apologies, comings and goings.
func (c *Chat) arriving(l *Line, first bool) float64 {
	early := l.At.Before(c.Start.Add(15 * time.Minute))
	s := 0.0
	if l.At.Before(c.Start) {
		s += 1
	}
	switch {
	case early && c.introduces(l):
		s += 1.6
	case early && first && l.Cues["greet"] > 0:
		s += 1
	case early && first && len(l.Content) <= 9 && !l.Question && l.At.Before(c.Start.Add(5*time.Minute)):
		s += 0.6
	}
	if l.Cues["come"] > 0 || l.Cues["leave"] > 0 {
		s += 1.1
	}
	return s
}

// introduces tells whether somebody gives their own name.
func (c *Chat) introduces(l *Line) bool {
	for k, t := range text.Words(l.Clean) {
		if k > 7 {
			break
		}
		if c.People.Own(l.Author, t) {
			return true
		}
	}
	return false
}

// trouble: sound, screens, wrong windows.
func (c *Chat) trouble(l *Line) float64 {
	if l.Cues["tech"] == 0 {
		return 0
	}
	return 0.86 + 0.27*float64(l.Cues["tech"]) - 0.03*float64(max(0, len(l.Content)-4))
}

// procedure: the running of the meeting and of the collection.
func (c *Chat) procedure(l *Line) float64 {
	s := 0.0
	if l.Cues["host"] > 0 {
		s += 0.55 + 0.15*float64(min(l.Cues["host"], 3))
		if l.Host {
			s += 0.45
		}
	}
	if l.Cues["ownbot"] > 0 {
		s += 0.6
	}
	if l.Cues["private"] > 0 {
		s += 0.6
	}
	return s
}

// humour: what was mostly laughed at, and says little.
func (c *Chat) humour(l *Line) float64 {
	s := 0.0
	if l.Laughs >= 3 && l.Laughs > 2*l.Likes {
		s = 0.5
		if len(l.Content) <= 6 {
			s = 0.85
		}
	}
	if l.Cues["joke"] > 0 {
		s += 0.5
	}
	return s
}

// closing: the last minutes and what follows.
func (c *Chat) closing(l *Line) float64 {
	left := c.End.Sub(l.At)
	switch {
	case left < 6*time.Minute && len(l.Content) <= 3 && !l.Question:
		return 0.9
	case left < 3*time.Minute && !l.Question && !l.Link && !l.File:
		return 0.6
	case left < 6*time.Minute && l.Cues["thanks"]+l.Cues["bye"] > 0:
		return 0.5
	}
	return 0
}
