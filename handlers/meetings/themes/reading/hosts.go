package reading

// hosts finds who leads the meeting: those named as facilitators, or else the
// one or two who say most of what only a facilitator says.
func (c *Chat) hosts() {
	lead := map[string]bool{}
	for _, f := range c.Transcript.Facilitators {
		lead[f] = true
	}
	if len(lead) == 0 {
		lead = c.guessHosts()
	}
	for i := range c.Lines {
		c.Lines[i].Host = lead[c.Lines[i].Author]
	}
}

func (c *Chat) guessHosts() map[string]bool {
	score := map[string]int{}
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Bot {
			continue
		}
		if l.Cues["host"] > 0 {
			score[l.Author] += min(l.Cues["host"], 2)
		}
		if l.Cues["ownbot"] > 0 {
			score[l.Author]++
		}
	}
	lead := map[string]bool{}
	for range 2 {
		best := ""
		for who, n := range score {
			if n >= 4 && !lead[who] && (best == "" || n > score[best] || n == score[best] && who < best) {
				best = who
			}
		}
		if best != "" {
			lead[best] = true
		}
	}
	return lead
}
