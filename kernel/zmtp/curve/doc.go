// Package curve is the server's side of CurveZMQ: connections that nobody can read
// or change on their way, to a server that proves who it is.
//
// [Keys.Server] wraps a connection. To the peer the wrapped connection speaks ZMTP
// with the mechanism CURVE; to whoever reads and writes it, it is a plain ZMTP
// connection with the mechanism NULL, whose frames arrive decrypted and leave
// encrypted. So nothing above it knows of encryption.
//
// Any client may connect that knows the server's public key: that key stands in
// the connection file, which only its owner can read. Clients bring keys of their
// own choice.
//
// The protocol is https://rfc.zeromq.org/spec/26 (commands and nonces) on top of
// https://rfc.zeromq.org/spec/23 (greeting and frames); names in this package are
// those of the former: C and S are the long-term public keys of client and server,
// C' and S' those of one connection, and a small letter is a secret key.
package curve
