package document

import (
	"bytes"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"
)

func TestTheChartIsToldInWords(t *testing.T) {
	t.Parallel()
	want := "Chart of the themes between 14:00 and 16:00. Supervision by peers: 7 messages, mostly between 14:05 and 14:08. " +
		"Role drift into clinical tasks, and what a team can do about it before somebody starts: 4 messages, mostly between 14:50 and 14:55. " +
		"Yr iaith Gymraeg: ŵ ac ŷ: 1 message, at 15:40."
	if got := chartOf(t).Alt; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	cy := timeline()
	cy.Lang = Welsh
	c, err := cy.Chart()
	if err != nil || !strings.HasPrefix(c.Alt, "Siart o'r themâu rhwng 14:00 a 16:00. Supervision by peers: negeseuon: 7, yn bennaf rhwng 14:05 a 14:08.") {
		t.Errorf("%v %s", err, c.Alt)
	}
	if !strings.Contains(c.SVG, `lang="cy-GB"`) {
		t.Error("the Welsh chart is not tagged")
	}
}

func TestTheChartHasTheSamePartsInBothForms(t *testing.T) {
	t.Parallel()
	c := chartOf(t)
	if c.Width != 760 || c.High != topMargin+3*rowHeight+axisHeight {
		t.Errorf("%d by %d", c.Width, c.High)
	}
	if n := strings.Count(c.SVG, barHex); n != 6 {
		t.Errorf("%d bars", n)
	}
	img, err := png.Decode(bytes.NewReader(c.PNG))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 2*c.Width || b.Dy() != 2*c.High {
		t.Errorf("the PNG is %v", b)
	}
	inks := map[color.Color]int{}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			inks[color.RGBAModel.Convert(img.At(x, y))]++
		}
	}
	for _, want := range []color.Color{ink, bars, band, rule, color.RGBA{0xff, 0xff, 0xff, 0xff}} {
		if inks[want] < 50 {
			t.Errorf("%d pixels of %v", inks[want], want)
		}
	}
}

func TestWhereThereIsNothingToShowThereIsNoChart(t *testing.T) {
	t.Parallel()
	for name, tl := range map[string]Timeline{
		"no themes":         {Start: began, End: began.Add(time.Hour)},
		"no messages":       {Start: began, End: began.Add(time.Hour), Themes: []ThemeTimes{{Title: "x"}}},
		"all on other days": {Start: began, End: began.Add(time.Hour), Themes: []ThemeTimes{{"x", []time.Time{began.AddDate(0, 0, 1)}}}},
	} {
		if c, err := tl.Chart(); c != nil || err != nil {
			t.Errorf("%s: %v %v", name, c, err)
		}
	}
}

func TestTheEndsOfTheMeetingAreTakenFromTheMessagesWhereTheyAreNotKnown(t *testing.T) {
	t.Parallel()
	tl := timeline()
	tl.Start, tl.End = time.Time{}, time.Time{}
	c, err := tl.Chart()
	if err != nil || !strings.Contains(c.Alt, "between 13:40 and 19:05") {
		t.Errorf("%v %s", err, c.Alt)
	}
}

func TestTheAxisHasRoundTimesAtAnyLength(t *testing.T) {
	t.Parallel()
	for length, want := range map[time.Duration]string{
		20 * time.Minute: "14:00 14:05 14:10 14:15 14:20", 90 * time.Minute: "14:00 14:15 14:30 14:45 15:00 15:15 15:30",
		2 * time.Hour: "14:00 14:20 14:40 15:00 15:20 15:40 16:00", 26 * time.Hour: "16:00 20:00 00:00 04:00 08:00 12:00 16:00",
	} {
		tl := Timeline{Start: began, End: began.Add(length)}
		var labels []string
		for _, k := range tl.ticks() {
			labels = append(labels, k.label)
		}
		if got := strings.Join(labels, " "); got != want {
			t.Errorf("%v: %s", length, got)
		}
	}
}

func TestLabelsFitWhateverTheyAre(t *testing.T) {
	t.Parallel()
	f, err := newFace(fontSize)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append([]string{"", "Short", strings.Repeat("long words here ", 20), strings.Repeat("x", 4000)}, hostile...) {
		lines := wrapped(oneLine(plain(s)), labelWidth, f.width)
		if len(lines) > 2 {
			t.Errorf("%.40q takes %d lines", s, len(lines))
		}
		for _, l := range lines {
			if w := f.width(l); w > labelWidth {
				t.Errorf("%.40q is %d wide", l, w)
			}
		}
	}
}

func TestHostileTitlesStayTextInTheChart(t *testing.T) {
	t.Parallel()
	for _, s := range hostile {
		tl := Timeline{Title: s, Start: began, End: began.Add(time.Hour), Themes: []ThemeTimes{{s, []time.Time{began}}}}
		c, err := tl.Chart()
		if err != nil {
			t.Errorf("%.40q: %v", s, err)
			continue
		}
		if strings.Contains(c.SVG, "<script") || strings.Contains(c.SVG, "<img") {
			t.Errorf("%.40q got through", s)
		}
		checkXML(t, "chart", []byte(xmlHead+c.SVG))
	}
}

func TestTheBusiestStretchIsTheShortestWithSevenInTen(t *testing.T) {
	t.Parallel()
	at := func(minutes ...int) (all []time.Time) {
		for _, m := range minutes {
			all = append(all, began.Add(time.Duration(m)*time.Minute))
		}
		return all
	}
	for _, c := range []struct {
		at       []time.Time
		from, to string
	}{
		{at(0), "14:00", "14:00"}, {at(0, 60), "14:00", "15:00"}, {at(0, 50, 51, 52, 53, 54, 55, 56, 90, 119), "14:50", "14:56"},
	} {
		if from, to := busiest(c.at); from != c.from || to != c.to {
			t.Errorf("%s to %s, want %s to %s", from, to, c.from, c.to)
		}
	}
}

func FuzzChart(f *testing.F) {
	f.Add("A theme", int64(0), int64(7200), int64(60))
	f.Add("x", int64(5), int64(5), int64(-1))
	f.Fuzz(func(t *testing.T, title string, start, end, at int64) {
		const year = 366 * 24 * 3600
		tl := Timeline{Title: title, Start: began.Add(time.Duration(start%year) * time.Second), End: began.Add(time.Duration(end%year) * time.Second),
			Themes: []ThemeTimes{{title, []time.Time{began.Add(time.Duration(at%year) * time.Second)}}}}
		c, err := tl.Chart()
		if err != nil {
			t.Fatal(err)
		}
		if c != nil && (c.High < 1 || !strings.HasSuffix(c.SVG, "</svg>")) {
			t.Errorf("%+v", c)
		}
	})
}

func BenchmarkChart(b *testing.B) {
	for b.Loop() {
		if _, err := timeline().Chart(); err != nil {
			b.Fatal(err)
		}
	}
}
