package document

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// fonts are parsed once; what is made of them is each drawing's own.
var fonts = sync.OnceValues(func() ([2]*opentype.Font, error) {
	var all [2]*opentype.Font
	for i, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		f, err := opentype.Parse(ttf)
		if err != nil {
			return all, err
		}
		all[i] = f
	}
	return all, nil
})

// face is a font at one size.
type face struct{ font.Face }

func newFace(size float64) (face, error) {
	all, err := fonts()
	if err != nil {
		return face{}, err
	}
	f, err := opentype.NewFace(all[0], &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	return face{f}, err
}

func newBold(size float64) (face, error) {
	all, err := fonts()
	if err != nil {
		return face{}, err
	}
	f, err := opentype.NewFace(all[1], &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	return face{f}, err
}

// width of a text in pixels.
func (f face) width(s string) int { return font.MeasureString(f.Face, s).Ceil() }

// double makes the picture sharp on screens and in print.
const double = 2

// canvas is a picture being drawn, in the chart's own measures.
type canvas struct{ *image.RGBA }

func (c canvas) fill(x, y, w, h int, col color.Color) {
	r := image.Rect(x*double, y*double, (x+w)*double, (y+h)*double)
	draw.Draw(c.RGBA, r, image.NewUniform(col), image.Point{}, draw.Src)
}

func (c canvas) write(f face, x, y int, s string) {
	d := font.Drawer{Dst: c.RGBA, Src: image.NewUniform(ink), Face: f.Face, Dot: fixed.P(x*double, y*double)}
	d.DrawString(s)
}

var (
	ink  = color.RGBA{0x1b, 0x1b, 0x1b, 0xff}
	bars = color.RGBA{0x00, 0x3a, 0x70, 0xff}
	band = color.RGBA{0xee, 0xf2, 0xf6, 0xff}
	rule = color.RGBA{0x5f, 0x6b, 0x76, 0xff}
)

// png draws the same as svg in pixels.
func (d drawing) png() ([]byte, error) {
	text, err := newFace(fontSize * double)
	if err != nil {
		return nil, err
	}
	title, err := newBold(15 * double)
	if err != nil {
		return nil, err
	}
	c := canvas{image.NewRGBA(image.Rect(0, 0, chartWidth*double, d.high*double))}
	c.fill(0, 0, chartWidth, d.high, color.White)
	c.write(title, 10, 24, d.title)
	for i, r := range d.rows {
		if i%2 == 0 {
			c.fill(0, r.top, chartWidth, rowHeight, band)
		}
		for k, l := range r.label {
			c.write(text, 10, r.baseline(k), l)
		}
		for _, b := range r.bars {
			c.fill(b.left, r.top+rowHeight-4-b.height, b.width, b.height, bars)
		}
	}
	c.fill(plotLeft, d.base, plotRight-plotLeft, 1, rule)
	for _, t := range d.ticks {
		c.fill(t.x, d.base, 1, 5, rule)
		c.write(text, t.x-text.width(t.label)/(2*double), d.base+20, t.label)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, c.RGBA); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
