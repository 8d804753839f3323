// Package wire is the Jupyter messaging protocol, version 5.5, as Go types.
//
// A [Message] is what a kernel and a front end exchange. On a socket it is a list
// of frames:
//
//	identities … <IDS|MSG> signature header parent_header metadata content buffers …
//
// [Decode] reads such a list and [Message.Encode] writes one; a [Signer] checks
// and makes the signature. The content of a message is raw JSON until somebody
// knows its type; for every type there is a struct here with the type's name in
// Go: [ExecuteRequest] is the content of an "execute_request".
//
//	m, err := wire.Decode(frames, signer)
//	...
//	var request wire.ExecuteRequest
//	err = json.Unmarshal(m.Content, &request)
//	...
//	reply, err := m.Child("execute_reply", session, wire.ExecuteReply{ExecutionCount: 1})
//	frames, err = reply.Encode(signer)
//
// # Rules
//
// Names follow Go in fields and the specification in types and tags; no other
// package spells the name of a field on the wire.
//
// What comes from outside is read generously (a malformed date costs nothing, an
// absent field has the default of the specification) and what goes out is written
// strictly: metadata and content are always objects, lists and objects inside are
// never null.
//
// The package knows no sockets and keeps no state but the history of a [Replay].
//
// # Adding a message
//
// Write its struct in the file of its family and a row for it in contentTests.
package wire
