package canvas

import (
	"fmt"
	"image/color"
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
