package wire

// referenceFrames is an execute_request as jupyter_client 8.10.0 put it on a
// socket, made by
//
//	s = Session(key=b"gradbook", signature_scheme="hmac-sha256")
//	s.serialize(s.msg("execute_request", {…}, metadata={"cellId": "abc"}), ident=b"peer")
func referenceFrames() [][]byte {
	return frames(
		`peer`,
		`<IDS|MSG>`,
		`9ecf4992db626ec1c8a350608b23442b9c2d3a54ba5ef326a4d24e83632687b0`,
		`{"msg_id": "7c0ffee0-0000_3451_0", "msg_type": "execute_request", "username": "learner", "session": "7c0ffee0-0000", "date": "2026-11-23T21:22:28.232673Z", "version": "5.4"}`,
		`{}`,
		`{"cellId": "abc"}`,
		`{"code": "fmt.Println(\"π\")", "silent": false, "store_history": true, "user_expressions": {}, "allow_stdin": true, "stop_on_error": true}`,
	)
}
