package document

import (
	"fmt"
	"strings"
)

// Colours: dark bars on a light ground at more than 7:1; the rows are told
// apart by their place, not by colour.
const (
	inkHex  = "#1b1b1b"
	barHex  = "#003a70"
	bandHex = "#eef2f6"
	lineHex = "#5f6b76"
)

// svg draws the chart as one element that stands inside a page: no style
// sheet, no script, nothing from outside.
func (d drawing) svg(alt, lang string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" lang="%s" aria-labelledby="chart-title chart-desc" font-family="Arial, Helvetica, sans-serif" font-size="%d">`,
		chartWidth, d.high, lang, fontSize)
	fmt.Fprintf(&b, `<title id="chart-title">%s</title><desc id="chart-desc">%s</desc>`, esc(d.title), esc(alt))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#ffffff"/>`, chartWidth, d.high)
	fmt.Fprintf(&b, `<text x="10" y="24" font-weight="bold" font-size="15" fill="%s">%s</text>`, inkHex, esc(d.title))
	for i, r := range d.rows {
		if i%2 == 0 {
			fmt.Fprintf(&b, `<rect x="0" y="%d" width="%d" height="%d" fill="%s"/>`, r.top, chartWidth, rowHeight, bandHex)
		}
		for k, l := range r.label {
			fmt.Fprintf(&b, `<text x="10" y="%d" fill="%s">%s</text>`, r.baseline(k), inkHex, esc(l))
		}
		for _, bar := range r.bars {
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, bar.left, r.top+rowHeight-4-bar.height, bar.width, bar.height, barHex)
		}
	}
	fmt.Fprintf(&b, `<path d="M%d %dH%d" stroke="%s" fill="none"/>`, plotLeft, d.base, plotRight, lineHex)
	for _, t := range d.ticks {
		fmt.Fprintf(&b, `<path d="M%d %dv5" stroke="%s"/><text x="%[1]d" y="%[4]d" text-anchor="middle" fill="%[5]s">%[6]s</text>`, t.x, d.base, lineHex, d.base+20, inkHex, t.label)
	}
	return b.String() + "</svg>"
}

// baseline of the k-th line of a label.
func (r row) baseline(k int) int {
	if len(r.label) == 1 {
		return r.top + rowHeight/2 + 5
	}
	return r.top + 18 + k*17
}
