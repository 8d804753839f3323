package canvas

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
)

func TestDigits(t *testing.T) {
	tests := []struct {
		v    float64
		want string
	}{
		{0, "0"}, {6, "6"}, {-4, "−4"}, {0.1 + 0.2, "0.3"}, {2.0 / 3, "0.6667"}, {-0.501234, "−0.5012"},
		{123456, "123456"}, {123456.7, "123500"}, {999999.99, "1e6"}, {1e6, "1e6"}, {-1.5e9, "−1.5e9"},
		{0.00012345, "0.0001234"}, {0.000012, "1.2e−5"}, {-1e-7, "−1e−7"},
		{math.NaN(), "NaN"}, {math.Inf(1), "∞"}, {math.Inf(-1), "−∞"},
	}
	for _, tt := range tests {
		if got := Number(tt.v); got != tt.want {
			t.Errorf("Number(%v) = %q, want %q", tt.v, got, tt.want)
		}
	}
	if got := Digits(math.Pi, 2); got != "3.1" {
		t.Errorf("Digits(π, 2) = %q, want 3.1", got)
	}
}

func TestLogScale(t *testing.T) {
	tests := []struct{ x, want float64 }{{0.01, 0}, {1, 0.5}, {100, 1}, {10, 0.75}, {0, 0}, {-5, 0}, {math.NaN(), 0}}
	for _, tt := range tests {
		if got := (LogScale{}).Normalize(0.01, 100, tt.x); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("Normalize(%g) = %g, want %g", tt.x, got, tt.want)
		}
	}
}

// labels lists what is written at ticks.
func labels(ticks []plot.Tick) string {
	var s []string
	for _, t := range ticks {
		if t.Label != "" {
			s = append(s, t.Label)
		}
	}
	return strings.Join(s, " ")
}

func TestLogTicks(t *testing.T) {
	tests := []struct {
		min, max float64
		want     string
	}{
		{0.01, 100, "0.01 0.1 1 10 100"},
		{0.3, 4, "0.5 1 2"},
		{3, 4, "3 3.2 3.4 3.6 3.8 4"},
		{1e-12, 1, "1e−12 1e−10 1e−8 1e−6 0.0001 0.01 1"},
		{0, 1, ""}, {-1, 1, ""}, {1, 1, ""}, {1, math.Inf(1), ""},
	}
	for _, tt := range tests {
		if got := labels(LogTicks{}.Ticks(tt.min, tt.max)); got != tt.want {
			t.Errorf("ticks of %g to %g are labelled %q, want %q", tt.min, tt.max, got, tt.want)
		}
	}
}

// A training that diverges spans all decades there are, and an axis has not the room
// for a stroke at each.
func TestLogTicksOfManyDecades(t *testing.T) {
	for _, decades := range []float64{3, 10, 30, 45, 100, 300} {
		ticks := LogTicks{}.Ticks(1, math.Pow(10, decades))
		if n := len(ticks); n < 4 || n > 64 {
			t.Errorf("%g decades have %d strokes, want 4 to 64", decades, n)
		}
	}
}

func TestTicks(t *testing.T) {
	tests := []struct {
		min, max float64
		want     string
	}{
		{-1, 1, "−1 −0.5 0 0.5 1"},
		{0, 3000, "0 500 1000 1500 2000 2500 3000"},
		{0, 29, "0 5 10 15 20 25"},
		{0.1, 0.45, "0.1 0.15 0.2 0.25 0.3 0.35 0.4 0.45"},
		{1e6, 1e6 + 10, "1e6 1.000002e6 1.000004e6 1.000006e6 1.000008e6 1.00001e6"},
		{1, 1, ""}, {math.Inf(-1), 0, ""}, {0, math.NaN(), ""}, {0, math.Inf(1), ""},
	}
	for _, tt := range tests {
		if got := labels(Ticks{}.Ticks(tt.min, tt.max)); got != tt.want {
			t.Errorf("ticks of %g to %g are labelled %q, want %q", tt.min, tt.max, got, tt.want)
		}
	}
}

// Labels of neighbouring ticks have room, whichever way the axis lies.
func TestTicksDoNotRunIntoEachOther(t *testing.T) {
	for _, axis := range []Ticks{{Across: 300}, {Across: 80}, {Down: 200}, {Down: 30}} {
		ticks := axis.Ticks(1e6, 1e6+9)
		if len(ticks) < 2 {
			t.Fatalf("%+v has %d ticks, want two at least", axis, len(ticks))
		}
		for i, tick := range ticks[1:] {
			part := (tick.Value - ticks[i].Value) / 9
			room := part * axis.Down
			need := tickLabel.Size
			if axis.Across > 0 {
				room, need = part*axis.Across, tickLabel.Width(tick.Label)
			}
			if room < need && len(ticks) > 2 {
				t.Errorf("%+v: %q has %.0f pixels, want %.0f", axis, tick.Label, room, need)
			}
		}
	}
	if free, tight := (Ticks{}).Ticks(0, 9), (Ticks{Down: 40}).Ticks(0, 9); len(free) != 5 || len(tight) != 2 {
		t.Errorf("%d ticks with room and %d without, want 5 (0, 2 … 8) and 2 (0 and 5)", len(free), len(tight))
	}
}
