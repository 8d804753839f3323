package canvas

import (
	"fmt"
	"image/color"
	"slices"
)

// Heat are the colours of numbers from low to high. They go away from the card, so
// that in both themes it is the high ones that stand out, and their lightness changes
// evenly, so that nobody needs to tell hues apart.
var Heat = heat()

// HeatInk are the inks that can be read on them: ink or card, whichever has the
// better contrast in each theme.
var HeatInk = heatInk()

func heat() (roles []Role) {
	const n = 16
	light := []color.RGBA{hex("#eef4fb"), hex("#8db8e8"), hex("#1f66b8"), hex("#082c5e")}
	dark := []color.RGBA{hex("#1b232d"), hex("#1d4a80"), hex("#5ba3ea"), hex("#e2f0ff")}
	for i := range n {
		t := 3 * float64(i) / (n - 1)
		k := min(int(t), 2)
		roles = append(roles, Role{Name: fmt.Sprintf("heat-%d", i), Light: mix(light[k], light[k+1], t-float64(k)), Dark: mix(dark[k], dark[k+1], t-float64(k))})
	}
	return roles
}

func heatInk() (roles []Role) {
	black, white := hex("#0b0e12"), hex("#ffffff")
	best := func(on color.RGBA) color.RGBA {
		if Contrast(black, on) > Contrast(white, on) {
			return black
		}
		return white
	}
	for i, h := range Heat {
		roles = append(roles, Role{Name: fmt.Sprintf("heat-ink-%d", i), Light: best(h.Light), Dark: best(h.Dark)})
	}
	return roles
}

// shades is how many an image has: one for each of the numbers from 0 to 16.
const shades = 17

// Gray are the shades of an image, from nothing to ink.
var Gray = ramp("gray", Constant, Ink, shades)

// Signed are the colours of an image with numbers below zero: from orange for the least, by
// nothing in the middle, to blue. There are as many as in Gray.
var Signed = signed()

func signed() (roles []Role) {
	below, above := ramp("below", Constant, Series[1], shades/2+1), ramp("above", Constant, Series[0], shades/2+1)
	for _, r := range slices.Backward(below[1:]) {
		roles = append(roles, r)
	}
	return append(roles, above...)
}

// ramp goes from one role to another in n even steps.
func ramp(name string, from, to Role, n int) (roles []Role) {
	for i := range n {
		t := float64(i) / float64(n-1)
		roles = append(roles, Role{Name: fmt.Sprintf("%s-%d", name, i), Light: mix(from.Light, to.Light, t), Dark: mix(from.Dark, to.Dark, t)})
	}
	return roles
}
