package wire_test

import (
	"encoding/json"
	"fmt"

	"gradbook/kernel/wire"
)

// A kernel receives frames, answers with a child of what it received, and sends
// frames. Identities and parent come along without being mentioned.
func ExampleMessage_Child() {
	signer, _ := wire.NewSigner("hmac-sha256", "key of the connection file")
	question, _ := wire.New("is_complete_request", "front end", wire.IsCompleteRequest{Code: "for {"})
	received, _ := question.Encode(signer)

	m, err := wire.Decode(received, signer)
	if err != nil {
		fmt.Println(err)
		return
	}
	var request wire.IsCompleteRequest
	_ = json.Unmarshal(m.Content, &request)
	reply, _ := m.Child("is_complete_reply", "kernel", wire.IsCompleteReply{Status: wire.Incomplete, Indent: "\t"})
	parent, _ := reply.ParentHeader()

	fmt.Println(request.Code)
	fmt.Println(string(reply.Content))
	fmt.Println(parent.ID == question.Header.ID)

	// Output:
	// for {
	// {"indent":"\t","status":"incomplete"}
	// true
}

// A message that was recorded from the socket and sent again is recognised by its
// signature.
func ExampleReplay() {
	signer, _ := wire.NewSigner("hmac-sha256", "key")
	request, _ := wire.New("execute_request", "front end", wire.ExecuteRequest{Code: "launch()"})
	recorded, _ := request.Encode(signer)

	var replay wire.Replay
	for range 2 {
		m, _ := wire.Decode(recorded, signer)
		fmt.Println(replay.First(m))
	}

	// Output:
	// true
	// false
}
