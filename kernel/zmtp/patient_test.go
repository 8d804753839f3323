package zmtp

import (
	"errors"
	"net"
	"os"
	"slices"
	"testing"
	"time"
)

// A scripted connection takes as many bytes of each write as its script says and
// then reports a timeout; -1 is a broken connection.
type scripted struct {
	net.Conn
	takes     []int
	got       []byte
	deadlines int
}

var errBroken = errors.New("broken")

func (s *scripted) SetWriteDeadline(time.Time) error { s.deadlines++; return nil }

func (s *scripted) Write(p []byte) (int, error) {
	if len(s.takes) == 0 {
		s.got = append(s.got, p...)
		return len(p), nil
	}
	n := s.takes[0]
	s.takes = s.takes[1:]
	if n < 0 {
		return 0, errBroken
	}
	n = min(n, len(p))
	s.got = append(s.got, p[:n]...)
	if n == len(p) {
		return n, nil
	}
	return n, os.ErrDeadlineExceeded
}

// still is a peer that takes no byte for n ticks.
func still(n int) []int { return make([]int, n) }

func TestPatient(t *testing.T) {
	for _, tt := range []struct {
		name    string
		takes   []int
		awaited bool
		wrote   int
		want    error
	}{
		{"at once", nil, true, 10, nil},
		{"byte by byte", []int{1, 1, 1, 1, 1, 1, 1, 1, 1}, true, 10, nil},
		{"paused while awaited", slices.Concat([]int{3}, still(ticks-1)), true, 10, nil},
		{"stalled while awaited", slices.Concat([]int{3}, still(ticks)), true, 3, ErrSlow},
		{"stalled for a while, unawaited", still(ticks*patienceFactor - 1), false, 10, nil},
		{"stalled for good, unawaited", still(ticks * patienceFactor), false, 0, ErrSlow},
		{"progress starts the count anew", slices.Concat(still(ticks-1), []int{1}, still(ticks-1)), true, 10, nil},
		{"broken", []int{2, -1}, false, 2, errBroken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &scripted{takes: tt.takes}
			w := &patient{conn: c, stall: time.Second, awaited: func() bool { return tt.awaited }}
			n, err := w.Write([]byte("0123456789"))
			if n != tt.wrote || !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
				t.Errorf("wrote %d, %v, want %d, %v", n, err, tt.wrote, tt.want)
			}
			if string(c.got) != "0123456789"[:n] {
				t.Errorf("connection got %q after %d bytes", c.got, n)
			}
		})
	}
}

// TestPatientRenewsDeadline: a long message has many deadlines, or a slow reader
// of 50 MB would be cut though it never paused.
func TestPatientRenewsDeadline(t *testing.T) {
	c := new(scripted)
	w := &patient{conn: c, stall: time.Second}
	if _, err := w.Write(block(10*chunk + 1)); err != nil || c.deadlines != 11 {
		t.Errorf("%d deadlines, %v, want 11", c.deadlines, err)
	}
}
