package curve

import (
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/crypto/curve25519"
)

// A key is a public or a secret key of Curve25519.
type key = [32]byte

// Keys are the long-term keys of a server, S and s.
type Keys struct{ public, secret key }

// ParseKeys reads the two keys of a connection file, 40 characters of Z85 each.
func ParseKeys(public, secret string) (*Keys, error) {
	var k Keys
	var err error
	if k.public, err = decode(public); err != nil {
		return nil, fmt.Errorf("curve: public key: %w", err)
	}
	if k.secret, err = decode(secret); err != nil {
		return nil, fmt.Errorf("curve: secret key: %w", err)
	}
	// A client that was given another public key could never connect, and would
	// not learn why.
	belongs, err := curve25519.X25519(k.secret[:], curve25519.Basepoint)
	if err != nil || subtle.ConstantTimeCompare(belongs, k.public[:]) != 1 {
		return nil, fmt.Errorf("curve: the public key %s does not belong to the secret one", public)
	}
	return &k, nil
}

// alphabet is that of Z85 (https://rfc.zeromq.org/spec/32): a digit of base 85 is
// the place of its character.
const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"

// decode reads a key in Z85, where five characters stand for four bytes. Errors do
// not repeat the text: it may be a secret.
func decode(text string) (k key, err error) {
	if len(text) != 40 {
		return k, fmt.Errorf("%d characters, want 40 of Z85", len(text))
	}
	for i := range 8 {
		var group uint64
		for _, c := range []byte(text[i*5 : i*5+5]) {
			digit := strings.IndexByte(alphabet, c)
			if digit < 0 {
				return k, fmt.Errorf("character %q is none of Z85", c)
			}
			group = group*85 + uint64(digit)
		}
		if group > 0xffffffff {
			return k, fmt.Errorf("characters %d to %d are too large a number for Z85", i*5+1, i*5+5)
		}
		binary.BigEndian.PutUint32(k[i*4:], uint32(group))
	}
	return k, nil
}
