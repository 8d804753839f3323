package history

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// The file has one bucket. A key is the number of the session and that of the cell
// among all, so the keys are in order; a value is an Entry as JSON.
var bucket = []byte("cells")

// lockTimeout is how long another kernel may hold the file. Each holds it for
// milliseconds.
const lockTimeout = 5 * time.Second

// errBroken is a file that holds something else than what was written to it.
var errBroken = errors.New("the file is damaged")

func key(session int, cell uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(session)), cell)
}

func sessionOf(key []byte) int { return int(binary.BigEndian.Uint64(key)) }

// use opens the file for f, and makes it if need be. One that is broken is put
// aside, under a name that says so, since it may still be of use to somebody.
func use(file string, f func(*bbolt.DB) error) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	err := try(file, f)
	if !isBroken(err) {
		return err
	}
	if err := os.Rename(file, file+".broken"); err != nil {
		return err
	}
	return try(file, f)
}

func isBroken(err error) bool {
	for _, kind := range []error{errBroken, bolterrors.ErrInvalid, bolterrors.ErrChecksum, bolterrors.ErrVersionMismatch} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// try opens the file for f. The database maps it into memory and trusts it: what is
// wrong in there shows as a panic, or as a fault where the file is cut.
func try(file string, f func(*bbolt.DB) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errBroken, r) // the locks within are lost; nobody closes it
		}
	}()
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{Timeout: lockTimeout})
	if err != nil {
		return err
	}
	return errors.Join(f(db), db.Close())
}

// appendFile adds cells to a session, 0 for a new one, whose number it returns. The
// oldest cells beyond limit are dropped.
func appendFile(file string, session int, entries []Entry, limit int) (number int, err error) {
	err = use(file, func(db *bbolt.DB) error {
		return db.Update(func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists(bucket)
			if err != nil {
				return err
			}
			number = cmp.Or(session, newest(b)+1)
			if err := trim(b, limit-len(entries)); err != nil {
				return err
			}
			for _, e := range entries {
				if err := put(b, number, e); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return number, err
}

// newest is the number of the last session, 0 if there is none.
func newest(b *bbolt.Bucket) int {
	last, _ := b.Cursor().Last()
	if last == nil {
		return 0
	}
	return sessionOf(last)
}

func put(b *bbolt.Bucket, session int, e Entry) error {
	cell, err := b.NextSequence()
	if err != nil {
		return err
	}
	value, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return b.Put(key(session, cell), value)
}

// trim drops the oldest cells beyond limit, of those that stand in the file: the
// count knows nothing of this transaction.
func trim(b *bbolt.Bucket, limit int) error {
	c := b.Cursor()
	extra := b.Stats().KeyN - limit
	for k, _ := c.First(); k != nil && extra > 0; k, _ = c.First() {
		if err := c.Delete(); err != nil {
			return err
		}
		extra--
	}
	return nil
}

// readFile returns the cells of all sessions, and the number of the last one.
func readFile(file string) (entries []Entry, last int, err error) {
	err = use(file, func(db *bbolt.DB) error {
		entries, last = nil, 0
		return db.View(func(tx *bbolt.Tx) error {
			b := tx.Bucket(bucket)
			if b == nil {
				return nil
			}
			return b.ForEach(func(k, v []byte) error {
				last = sessionOf(k)
				e := Entry{Session: last}
				if err := json.Unmarshal(v, &e); err != nil {
					return fmt.Errorf("%w: %v", errBroken, err)
				}
				entries = append(entries, e)
				return nil
			})
		})
	})
	return entries, last, err
}
