package canvas

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// LogScale is a logarithmic axis that survives zeros: what is not above the
// axis's minimum is drawn at it, where gonum's own scale panics. The axis must
// have a minimum above zero.
type LogScale struct{}

// Normalize implements plot.Normalizer.
func (LogScale) Normalize(min, max, x float64) float64 {
	if !(x > min) {
		return 0
	}
	low := math.Log(min)
	return (math.Log(x) - low) / (math.Log(max) - low)
}

// LogTicks mark the decades of a [LogScale] with a label, and what lies between
// with a short stroke. Over less than two decades 2 and 5 have labels as well,
// over many decades only some have.
type LogTicks struct{}

// Ticks implements plot.Ticker.
func (LogTicks) Ticks(min, max float64) []plot.Tick {
	if !(min > 0) || !(max > min) || math.IsInf(max, 0) {
		return nil
	}
	first, last := int(math.Floor(math.Log10(min))), int(math.Ceil(math.Log10(max)))
	every := (last-first)/7 + 1
	var ticks []plot.Tick
	labels := 0
	for e := first; e <= last; e++ {
		for m := 1; m <= 9; m++ {
			v := power(m, e)
			if v < min*(1-1e-9) || v > max*(1+1e-9) {
				continue
			}
			t := plot.Tick{Value: v}
			if m == 1 && (e-first)%every == 0 || (m == 2 || m == 5) && last-first <= 2 {
				t.Label = Number(v)
				labels++
			}
			if t.Label != "" || every == 1 || m == 1 && every <= 6 { // not so many strokes that they make a bar
				ticks = append(ticks, t)
			}
		}
	}
	if labels < 2 { // a narrow range, such as 3 to 4, looks linear anyway
		return Ticks{}.Ticks(min, max)
	}
	return ticks
}

// power is m·10ᵉ, read from its decimal form so that it is the nearest number.
func power(m, e int) float64 {
	v, _ := strconv.ParseFloat(strconv.Itoa(m)+"e"+strconv.Itoa(e), 64) // overflow gives an infinity, which is out of range
	return v
}

// Ticks mark a linear axis at four to twelve multiples of 1, 2 or 5 times a power of
// ten, written with a true minus; at fewer where the labels would run into each other.
type Ticks struct {
	Across, Down float64 // how long the axis is in pixels, if it lies or stands; 0 is long enough
}

// Ticks implements plot.Ticker.
func (t Ticks) Ticks(min, max float64) []plot.Tick {
	step := roundStep((max - min) / 4)
	if !(step > 0) || math.IsInf(step, 0) || math.IsInf(min, 0) {
		return nil
	}
	ticks := multiples(min, max, step)
	for len(ticks) > 2 && t.crowded(ticks, max-min) {
		step = roundStep(2.5 * step)
		ticks = multiples(min, max, step)
	}
	return ticks
}

// tickLabel is how the labels of ticks look.
var tickLabel = Style{Size: 11, Color: Mute}

// crowded reports whether neighbours run into each other.
func (t Ticks) crowded(ticks []plot.Tick, span float64) bool {
	part := (ticks[1].Value - ticks[0].Value) / span
	widest := 0.0
	for _, tick := range ticks {
		widest = math.Max(widest, tickLabel.Width(tick.Label))
	}
	return t.Across > 0 && part*t.Across < widest+6 || t.Down > 0 && part*t.Down < tickLabel.Size+1
}

// multiples are the ticks at the multiples of a step.
func multiples(min, max, step float64) []plot.Tick {
	// As many digits as it takes to tell neighbours apart.
	digits := 1 + int(math.Ceil(math.Log10(math.Max(math.Abs(min), math.Abs(max))/step)-1e-9))
	var ticks []plot.Tick
	first, last := math.Ceil(min/step-1e-9), math.Floor(max/step+1e-9)
	for i := first; i <= last && len(ticks) < 100; i++ {
		v := float64(i * step)
		ticks = append(ticks, plot.Tick{Value: v, Label: Digits(v, int(math.Max(4, float64(digits))))})
	}
	return ticks
}

// roundStep is the largest of 1, 2 and 5 times a power of ten that is not above v.
func roundStep(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 0
	}
	e := int(math.Floor(math.Log10(v)))
	for _, m := range []int{50, 20, 10, 5, 2, 1} {
		if step := power(m, e); step <= v*(1+1e-9) {
			return step
		}
	}
	return power(1, e)
}

// Number writes a number for people: whole numbers below a million in full,
// others to at most four significant digits, none of them trailing zeros, a true minus sign, and from a million on and below 0.0001
// with a power of ten ("2.5e−7"; the fonts have no raised minus). NaN and
// infinities are "NaN", "∞" and "−∞".
func Number(v float64) string { return Digits(v, 4) }

// Digits is Number with another count of significant digits.
func Digits(v float64, digits int) string {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return "−∞"
	case v == 0:
		return "0"
	}
	if v == math.Trunc(v) && math.Abs(v) < 1e6 {
		return strings.Replace(strconv.FormatFloat(v, 'f', 0, 64), "-", "−", 1)
	}
	s := strconv.FormatFloat(v, 'e', digits-1, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	e, _ := strconv.Atoi(exponent) // FormatFloat wrote it
	if e >= -4 && e < 6 {
		rounded, _ := strconv.ParseFloat(s, 64) // likewise
		s = strconv.FormatFloat(rounded, 'f', -1, 64)
		return strings.Replace(s, "-", "−", 1)
	}
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	return strings.ReplaceAll(mantissa+"e"+strconv.Itoa(e), "-", "−")
}
