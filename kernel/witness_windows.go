package kernel

import "os"

// A witness does nothing on Windows, whose processes inherit no pipes by number.
type witness struct{}

func newWitness([]string, string) *witness { return nil }

func (*witness) sees(*request, *capture) {}

func unread(*os.File) []byte { return nil }
