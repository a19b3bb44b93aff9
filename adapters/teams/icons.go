package teams

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// The app's icons are drawn, not kept: two speech bubbles of one size that
// overlap, for two people who meet as equals.

// bubble is a round speech bubble with a tail towards one side; the unit is
// the icon's width.
type bubble struct{ x, y, r, tail float64 }

func (b bubble) holds(x, y float64) bool {
	if math.Hypot(x-b.x, y-b.y) <= b.r {
		return true
	}
	// the tail: a small triangle below, leaning outwards
	down := y - b.y
	along := (x - b.x) * b.tail
	return down > b.r*0.55 && down < b.r*1.25 && along > b.r*0.15 && along < b.r*0.15+(b.r*1.25-down)*0.9
}

func left() bubble  { return bubble{0.39, 0.44, 0.22, -1} }
func right() bubble { return bubble{0.61, 0.52, 0.22, 1} }

// ring reports whether a point is on the edge of a bubble.
func ring(b bubble, x, y, thick float64) bool {
	return b.holds(x, y) && math.Hypot(x-b.x, y-b.y) > b.r-thick
}

// fine is how many points are looked at along each side of a pixel.
const fine = 4

// draw makes a square picture: shade gives the colour of a point, both
// coordinates from 0 to 1.
func draw(size int, shade func(x, y float64) color.NRGBA) ([]byte, error) {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	for py := range size {
		for px := range size {
			img.SetNRGBA(px, py, pixel(size, px, py, shade))
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// pixel is the mean of the points in it, so that edges are smooth.
func pixel(size, px, py int, shade func(x, y float64) color.NRGBA) color.NRGBA {
	var r, g, b, a int
	for i := range fine * fine {
		x := (float64(px) + (float64(i%fine)+0.5)/fine) / float64(size)
		y := (float64(py) + (float64(i/fine)+0.5)/fine) / float64(size)
		c := shade(x, y)
		r, g, b, a = r+int(c.R)*int(c.A), g+int(c.G)*int(c.A), b+int(c.B)*int(c.A), a+int(c.A)
	}
	if a == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(r / a), uint8(g / a), uint8(b / a), uint8(a / (fine * fine))}
}

// colourIcon is 192 pixels wide, on a full background.
func colourIcon() ([]byte, error) {
	back, first, second, both := color.NRGBA{31, 111, 102, 255}, color.NRGBA{255, 255, 255, 255}, color.NRGBA{255, 205, 94, 255}, color.NRGBA{244, 233, 200, 255}
	return draw(192, func(x, y float64) color.NRGBA {
		l, r := left().holds(x, y), right().holds(x, y)
		switch {
		case l && r:
			return both
		case l:
			return first
		case r:
			return second
		}
		return back
	})
}

// outlineIcon is 32 pixels wide: white lines on nothing, as Teams wants it.
func outlineIcon() ([]byte, error) {
	const thick = 0.05
	return draw(32, func(x, y float64) color.NRGBA {
		big := func(b bubble) bubble { return bubble{0.5 + (b.x-0.5)*1.5, 0.5 + (b.y-0.5)*1.5, b.r * 1.45, b.tail} }
		if ring(big(left()), x, y, thick) || ring(big(right()), x, y, thick) {
			return color.NRGBA{255, 255, 255, 255}
		}
		return color.NRGBA{}
	})
}
