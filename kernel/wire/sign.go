package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"sync"
)

// A Signer makes and checks the signatures of one connection. It may be used by
// several goroutines at once. A nil *Signer signs nothing and accepts everything,
// as the protocol wants it for an empty key.
type Signer struct {
	// hashes keeps keyed hashes between messages: keying one costs two blocks
	// of the hash, which for a small message is most of the work.
	hashes sync.Pool
}

// schemes maps the names of signature_scheme to their hashes.
var schemes = map[string]func() hash.Hash{
	"":            sha256.New, // a connection file may leave it out
	"hmac-sha256": sha256.New,
	"hmac-sha512": sha512.New,
}

// NewSigner returns a signer for a signature_scheme ("hmac-sha256",
// "hmac-sha512"; "" means the first) and the key of a connection file. An empty
// key gives nil, the signer that neither signs nor checks.
func NewSigner(scheme, key string) (*Signer, error) {
	algorithm, ok := schemes[scheme]
	if !ok {
		return nil, fmt.Errorf("wire: signature scheme %q, want hmac-sha256 or hmac-sha512", scheme)
	}
	if key == "" {
		return nil, nil
	}
	s := new(Signer)
	s.hashes.New = func() any { return hmac.New(algorithm, []byte(key)) }
	return s, nil
}

func (s *Signer) off() bool { return s == nil }

// sign returns the signature of the four dictionaries in lower-case hexadecimal.
func (s *Signer) sign(dicts [][]byte) []byte {
	if s.off() {
		return []byte{}
	}
	h := s.hashes.Get().(hash.Hash)
	defer s.hashes.Put(h)
	h.Reset()
	for _, d := range dicts {
		_, _ = h.Write(d) // a hash never fails
	}
	return hex.AppendEncode(nil, h.Sum(nil))
}

// verify compares in constant time, so that the time of a refusal tells a
// stranger nothing about the right signature.
func (s *Signer) verify(signature []byte, dicts [][]byte) bool {
	return s.off() || hmac.Equal(signature, s.sign(dicts))
}
