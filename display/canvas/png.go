package canvas

import (
	"cmp"
	"image"
	"image/color"
	"image/png"
	"io"
	"slices"
)

// encode writes an image as a PNG of at most 256 colours. A drawing has few flat
// colours and many blends at their borders; the flat ones are kept exactly, and a
// blend becomes the nearest kept colour. That is a third of the full file's size.
func encode(w io.Writer, img *image.RGBA) error {
	return png.Encode(w, reduce(img))
}

// Colours are counted in buckets of similar ones: five bits for red, green and
// blue, and two for alpha, which only the rounded corners of the card need.
const buckets = 1 << 17

func bucket(c color.RGBA) int {
	return int(c.R>>3)<<12 | int(c.G>>3)<<7 | int(c.B>>3)<<2 | int(c.A>>6)
}

// A tally is how often a bucket was hit, and by which colour first.
type tally struct {
	bucket, count int
	color         color.RGBA
}

// reduce maps the image to its 256 most frequent buckets. Equal counts are
// decided by bucket number, so that the file is the same everywhere.
func reduce(img *image.RGBA) *image.Paletted {
	kept := count(img)
	slices.SortFunc(kept, func(a, b tally) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.bucket, b.bucket))
	})
	palette := make(color.Palette, 0, 256)
	index := make([]int16, buckets)
	for i, t := range kept {
		if i < 256 {
			palette = append(palette, t.color)
			index[t.bucket] = int16(i)
		} else {
			index[t.bucket] = int16(palette.Index(t.color))
		}
	}
	out := image.NewPaletted(img.Rect, palette)
	for i := range out.Pix {
		out.Pix[i] = uint8(index[bucket(at(img, i))])
	}
	return out
}

// count tallies the buckets. The colour of a bucket is that of its longest
// stretch of equal pixels: areas are long, the blends at their borders short.
func count(img *image.RGBA) []tally {
	var tallies []tally
	index := make([]int32, buckets) // 0 means none yet
	longest := []int{}
	n := len(img.Pix) / 4
	for i := 0; i < n; {
		c := at(img, i)
		j := i + 1
		for j < n && at(img, j) == c {
			j++
		}
		b := bucket(c)
		if index[b] == 0 {
			tallies = append(tallies, tally{bucket: b})
			longest = append(longest, 0)
			index[b] = int32(len(tallies))
		}
		t := &tallies[index[b]-1]
		t.count += j - i
		if l := &longest[index[b]-1]; j-i > *l {
			*l, t.color = j-i, c
		}
		i = j
	}
	return tallies
}

// at is the i-th pixel. The images drawn here start at 0, 0 and have no padding.
func at(img *image.RGBA, i int) color.RGBA {
	p := img.Pix[4*i : 4*i+4 : 4*i+4]
	return color.RGBA{p[0], p[1], p[2], p[3]}
}
