package canvas

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// encode returns an image as a PNG of at most 256 colours. A drawing has few flat
// colours and many blends at their borders; the flat ones are kept exactly, and a
// blend becomes the nearest kept colour. That is a third of the full file's size.
// Where that is still large, as of a cloud of points, few blends are kept.
func encode(img *image.RGBA) ([]byte, error) {
	var b bytes.Buffer
	found := count(img)
	for _, colors := range []int{256, 32} {
		b.Reset()
		if err := png.Encode(&b, reduce(img, found, colors)); err != nil {
			return nil, err
		}
		if b.Len() < large {
			break
		}
	}
	return b.Bytes(), nil
}

// large is a PNG of so many bytes.
const large = 50_000

// headEnd is where the header of a PNG file ends, and other chunks may begin: after eight
// bytes of signature, and a chunk with thirteen of data.
const headEnd = 8 + 12 + 13

// named puts a name into a PNG file, as its title and as the description that stands in
// where the picture cannot be seen: two chunks of international text, as section 11.3.3.4
// of the PNG specification defines them.
func named(file []byte, name string) []byte {
	out := slices.Clone(file[:headEnd])
	for _, keyword := range []string{"Title", "Description"} {
		data := "iTXt" + keyword + "\x00\x00\x00\x00\x00" + name // not compressed, of no language
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)-4))
		out = append(out, data...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(data)))
	}
	return append(out, file[headEnd:]...)
}

// Colours are counted in buckets of similar ones: five bits for red, green and
// blue, and two for alpha, which only the rounded corners of the card need.
const buckets = 1 << 17

func bucket(c color.RGBA) int {
	return int(c.R>>3)<<12 | int(c.G>>3)<<7 | int(c.B>>3)<<2 | int(c.A>>6)
}

// A tally is how often a bucket was hit, and its colour: that of its longest stretch of
// equal pixels, since areas are long and the blends at their borders short.
type tally struct {
	bucket, count, longest int
	color                  color.RGBA
}

// flat reports whether a colour is one that something was drawn in, however little.
func (t tally) flat() bool { return t.longest >= 4 }

// reduce maps the image to so many colours: the flat ones first, and then the most
// frequent. Equal counts are decided by bucket number, so that the file is the same
// everywhere.
func reduce(img *image.RGBA, found []tally, colors int) *image.Paletted {
	rank := func(t tally) int {
		if t.flat() {
			return 0
		}
		return 1
	}
	slices.SortFunc(found, func(a, b tally) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.count, a.count), cmp.Compare(a.bucket, b.bucket))
	})
	palette := make(color.Palette, 0, colors)
	index := make([]int16, buckets)
	for i, t := range found {
		if i < colors {
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

// count tallies the buckets.
func count(img *image.RGBA) []tally {
	var tallies []tally
	index := make([]int32, buckets) // 0 means none yet
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
			index[b] = int32(len(tallies))
		}
		t := &tallies[index[b]-1]
		t.count += j - i
		if j-i > t.longest {
			t.longest, t.color = j-i, c
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
