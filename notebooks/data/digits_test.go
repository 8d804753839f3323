package data

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
)

// digits is the file as text.
func digits(t *testing.T) []byte {
	t.Helper()
	file, err := os.Open("digits.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestDigitsAreUnchanged: without the line that names the columns, the file is the one in
// scikit-learn 1.9.1, byte by byte.
func TestDigitsAreUnchanged(t *testing.T) {
	_, rows, _ := bytes.Cut(digits(t), []byte("\n"))
	const want = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"
	if got := fmt.Sprintf("%x", sha256.Sum256(rows)); got != want {
		t.Errorf("SHA-256 is %s, want %s", got, want)
	}
}

// TestDigitsAreSound counts what optdigits.names, the description beside the published
// file, says of it.
func TestDigitsAreSound(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(digits(t))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if head := strings.Join(rows[0], " "); !strings.HasPrefix(head, "p00 p01 ") || !strings.HasSuffix(head, " p77 digit") {
		t.Errorf("the columns are %s", head)
	}
	count := map[string]int{}
	for i, row := range rows[1:] {
		if len(row) != 65 {
			t.Fatalf("row %d has %d columns, want 65", i, len(row))
		}
		for _, cell := range row[:64] {
			if pixel, err := strconv.Atoi(cell); err != nil || pixel < 0 || pixel > 16 {
				t.Fatalf("row %d has the pixel %q, want a number from 0 to 16", i, cell)
			}
		}
		count[row[64]]++
	}
	for digit, want := range []int{178, 182, 177, 183, 181, 182, 181, 179, 174, 180} {
		if got := count[strconv.Itoa(digit)]; got != want {
			t.Errorf("%d digits are %d, want %d", got, digit, want)
		}
	}
	if len(rows) != 1+1797 || len(count) != 10 {
		t.Errorf("%d digits of %d kinds, want 1797 of 10", len(rows)-1, len(count))
	}
}
