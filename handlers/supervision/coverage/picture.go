package coverage

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// Bar is one bar of a picture, numbered from 1 as the table's rows are.
type Bar struct {
	Percent int
	Known   bool // false: fewer than five, drawn as an outline without length
	Nearly  bool // all or nearly all: drawn to the end, without a number
}

const (
	picWidth  = 640
	barHeight = 28
	barGap    = 14
	barLeft   = 48
	barRight  = 90
)

var (
	ink    = color.RGBA{0x21, 0x2b, 0x32, 0xff}
	fill   = color.RGBA{0x00, 0x5e, 0xb8, 0xff}
	paper  = color.RGBA{0xff, 0xff, 0xff, 0xff}
	ground = color.RGBA{0xe8, 0xed, 0xee, 0xff}
)

// Picture draws the bars as a PNG. The words that stand for it, and the same
// numbers as a table, are the caller's.
func Picture(bars []Bar) ([]byte, error) {
	img := image.NewPaletted(image.Rect(0, 0, picWidth, barGap+len(bars)*(barHeight+barGap)), color.Palette{paper, ink, fill, ground})
	for i, b := range bars {
		y := barGap + i*(barHeight+barGap)
		number(img, barGap, y, i+1, false)
		full := picWidth - barLeft - barRight
		box(img, image.Rect(barLeft, y, barLeft+full, y+barHeight), 3)
		switch {
		case b.Nearly:
			box(img, image.Rect(barLeft, y, barLeft+full, y+barHeight), 2)
		case b.Known:
			percent := min(max(b.Percent, 0), 100)
			box(img, image.Rect(barLeft, y, barLeft+full*percent/100, y+barHeight), 2)
			number(img, barLeft+full+barGap, y, percent, true)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func box(img *image.Paletted, r image.Rectangle, c uint8) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			img.SetColorIndex(x, y, c)
		}
	}
}

// digits is the figures and the per cent sign, three dots wide and five high,
// a row of bits each.
var digits = [...][5]uint8{
	{7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7}, {7, 1, 7, 1, 7}, {5, 5, 7, 1, 1},
	{7, 4, 7, 1, 7}, {7, 4, 7, 5, 7}, {7, 1, 1, 2, 2}, {7, 5, 7, 5, 7}, {7, 5, 7, 1, 7}, {5, 1, 2, 4, 5},
}

const dot = 4

// number draws a number, with a per cent sign if need be.
func number(img *image.Paletted, x, y, n int, percent bool) {
	var glyphs []int
	for d := n; d > 0 || len(glyphs) == 0; d /= 10 {
		glyphs = append([]int{d % 10}, glyphs...)
	}
	if percent {
		glyphs = append(glyphs, 10)
	}
	for _, g := range glyphs {
		for row, bits := range digits[g] {
			for col := range 3 {
				if bits&(4>>col) != 0 {
					at := image.Pt(x+col*dot, y+row*dot+dot)
					box(img, image.Rectangle{at, at.Add(image.Pt(dot, dot))}, 1)
				}
			}
		}
		x += 4 * dot
	}
}
