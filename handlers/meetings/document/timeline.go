package document

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Timeline is what a chart of themes over the meeting's time is made of.
type Timeline struct {
	Title      string // above the chart
	Lang       string
	Start, End time.Time
	Themes     []ThemeTimes
}

// ThemeTimes is when the messages of one theme were written.
type ThemeTimes struct {
	Title string
	At    []time.Time
}

// The chart's measures in pixels, before the doubling of the PNG.
const (
	chartWidth = 760
	labelWidth = 250
	plotLeft   = 270
	plotRight  = 735
	rowHeight  = 46
	topMargin  = 40
	axisHeight = 34
	maxRows    = 12
	fontSize   = 13
)

// row is one theme as it is drawn.
type row struct {
	label []string // its title on one or two lines
	top   int
	bars  []bar
}

// bar is a stretch of time in which something was written.
type bar struct{ left, width, height int }

// tick is a time on the axis.
type tick struct {
	x     int
	label string
}

// drawing is a chart laid out.
type drawing struct {
	title string
	high  int
	rows  []row
	ticks []tick
	base  int // where the axis is
}

// Chart draws the timeline. It gives nil where there is nothing to show: no
// theme, or no time.
func (t Timeline) Chart() (*Chart, error) {
	t = t.within()
	if len(t.Themes) == 0 {
		return nil, nil
	}
	f, err := newFace(fontSize)
	if err != nil {
		return nil, fmt.Errorf("drawing the chart: %w", err)
	}
	d := t.layOut(f.width)
	png, err := d.png()
	if err != nil {
		return nil, fmt.Errorf("drawing the chart: %w", err)
	}
	c := &Chart{Title: t.Title, Alt: t.words(), PNG: png, Width: chartWidth, High: d.high}
	c.SVG = d.svg(c.Alt, tag(t.Lang))
	return c, nil
}

// within leaves out messages outside the meeting and themes without any, and
// takes the meeting's ends from the messages where they are not known.
func (t Timeline) within() Timeline {
	var all []time.Time
	for _, th := range t.Themes {
		all = append(all, th.At...)
	}
	if len(all) == 0 {
		return Timeline{}
	}
	if t.Start.IsZero() || t.End.IsZero() || !t.End.After(t.Start) {
		t.Start = slices.MinFunc(all, time.Time.Compare).Truncate(5 * time.Minute)
		t.End = slices.MaxFunc(all, time.Time.Compare).Add(5 * time.Minute).Truncate(5 * time.Minute)
	}
	themes := t.Themes
	t.Themes = nil
	for _, th := range themes {
		var in []time.Time
		for _, at := range th.At {
			if !at.Before(t.Start) && at.Before(t.End) {
				in = append(in, at)
			}
		}
		if len(in) > 0 && len(t.Themes) < maxRows {
			slices.SortFunc(in, time.Time.Compare)
			t.Themes = append(t.Themes, ThemeTimes{Title: oneLine(plain(th.Title)), At: in})
		}
	}
	return t
}

// bins is into how many equal stretches the meeting is divided.
func (t Timeline) bins() int {
	n := int(t.End.Sub(t.Start) / (5 * time.Minute))
	return min(max(n, 6), 48)
}

func (t Timeline) layOut(width func(string) int) drawing {
	d := drawing{title: oneLine(plain(t.Title)), base: topMargin + rowHeight*len(t.Themes)}
	d.high = d.base + axisHeight
	n := t.bins()
	most := 1
	counts := make([][]int, len(t.Themes))
	for i, th := range t.Themes {
		counts[i] = make([]int, n)
		for _, at := range th.At {
			k := min(t.along(at, n), n-1)
			counts[i][k]++
			most = max(most, counts[i][k])
		}
	}
	for i, th := range t.Themes {
		r := row{label: wrapped(th.Title, labelWidth, width), top: topMargin + i*rowHeight}
		for k, c := range counts[i] {
			if c > 0 {
				left := plotLeft + k*(plotRight-plotLeft)/n
				right := plotLeft + (k+1)*(plotRight-plotLeft)/n
				r.bars = append(r.bars, bar{left: left, width: max(right-left-1, 2), height: max(4, c*(rowHeight-12)/most)})
			}
		}
		d.rows = append(d.rows, r)
	}
	d.ticks = t.ticks()
	return d
}

// along is where a time lies on a line of that length between the meeting's
// ends.
func (t Timeline) along(at time.Time, length int) int {
	return int(at.Sub(t.Start).Seconds() / t.End.Sub(t.Start).Seconds() * float64(length))
}

// ticks are round times, at most seven.
func (t Timeline) ticks() []tick {
	length := t.End.Sub(t.Start)
	step := 5 * time.Minute
	for _, s := range []time.Duration{5, 10, 15, 20, 30, 60, 120, 240, 480, 1440, 4320} {
		if step = s * time.Minute; length/step <= 6 {
			break
		}
	}
	var all []tick
	for at := t.Start.Truncate(step); !at.After(t.End) && len(all) < 12; at = at.Add(step) {
		if at.Before(t.Start) {
			continue
		}
		x := plotLeft + t.along(at, plotRight-plotLeft)
		all = append(all, tick{x: x, label: at.Format("15:04")})
	}
	return all
}

// wrapped divides a label into at most two lines that fit.
func wrapped(s string, width int, measure func(string) int) []string {
	var lines []string
	cur := ""
	for _, w := range strings.Fields(s) {
		next := strings.TrimSpace(cur + " " + w)
		if cur != "" && measure(next) > width {
			lines = append(lines, cur)
			next = w
		}
		cur = next
	}
	if cur != "" {
		lines = append(lines, cur)
	}
	if len(lines) > 2 {
		lines = []string{lines[0], lines[1] + " …"}
	}
	for i := range lines {
		lines[i] = shortened(lines[i], width, measure)
	}
	return lines
}

func shortened(s string, width int, measure func(string) int) string {
	if measure(s) <= width {
		return s
	}
	r := []rune(strings.TrimSuffix(s, " …"))
	r = r[:min(len(r), 120)]
	for len(r) > 1 && measure(string(r)+"…") > width {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}

// words tell the chart to those who do not see it.
func (t Timeline) words() string {
	var b strings.Builder
	from, to := t.Start.Format("15:04"), t.End.Format("15:04")
	cy := t.Lang == Welsh
	if cy {
		fmt.Fprintf(&b, "Siart o'r themâu rhwng %s a %s.", from, to)
	} else {
		fmt.Fprintf(&b, "Chart of the themes between %s and %s.", from, to)
	}
	for _, th := range t.Themes {
		a, z := busiest(th.At)
		n := len(th.At)
		switch {
		case cy:
			fmt.Fprintf(&b, " %s: negeseuon: %d, yn bennaf rhwng %s a %s.", th.Title, n, a, z)
		case n == 1:
			fmt.Fprintf(&b, " %s: 1 message, at %s.", th.Title, a)
		default:
			fmt.Fprintf(&b, " %s: %d messages, mostly between %s and %s.", th.Title, n, a, z)
		}
	}
	return b.String()
}

// busiest is the shortest stretch that holds at least seven in ten of the
// times.
func busiest(at []time.Time) (from, to string) {
	n := (len(at)*7 + 9) / 10
	best := 0
	for i := 0; i+n <= len(at); i++ {
		if at[i+n-1].Sub(at[i]) < at[best+n-1].Sub(at[best]) {
			best = i
		}
	}
	return at[best].Format("15:04"), at[best+n-1].Format("15:04")
}
