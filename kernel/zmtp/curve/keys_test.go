package curve

import (
	"encoding/hex"
	"strings"
	"testing"
)

// The server's keys of the example in libzmq's manual, page zmq_curve, which gives
// them in hexadecimal as well.
const (
	publicText = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
	secretText = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"
	publicHex  = "54fcba24e93249969316fb617c872bb0c1d1ff14800427c594cbfacf1bc2d652"
	secretHex  = "8e0bdd697628b91d8f245587ee95c5b04d48963f79259877b49cd9063aead3b7"
)

func TestParseKeys(t *testing.T) {
	k, err := ParseKeys(publicText, secretText)
	if err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(k.public[:]); got != publicHex {
		t.Errorf("public key %s, want %s", got, publicHex)
	}
	if got := hex.EncodeToString(k.secret[:]); got != secretHex {
		t.Errorf("secret key %s, want %s", got, secretHex)
	}
}

func TestParseKeysRefuses(t *testing.T) {
	for name, keys := range map[string][3]string{
		"short":        {publicText[1:], secretText, "39 characters, want 40"},
		"strange":      {publicText, " " + secretText[1:], `character ' ' is none of Z85`},
		"too large":    {publicText, secretText[:35] + "#####", "characters 36 to 40 are too large"},
		"not a pair":   {secretText, secretText, "does not belong to the secret one"},
		"empty secret": {publicText, "", "0 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseKeys(keys[0], keys[1])
			if err == nil || !strings.Contains(err.Error(), keys[2]) {
				t.Errorf("got error %v, want one with %q", err, keys[2])
			}
			if err != nil && strings.Contains(err.Error(), secretText) && keys[0] != secretText {
				t.Errorf("error repeats the secret: %v", err)
			}
		})
	}
}
