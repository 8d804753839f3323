// Package kernel is the Jupyter kernel: it answers the requests of a front end,
// runs cells one after the other, and says what they print and show.
//
// A request travels one way. A [zmtp.Router] delivers its frames, wire.Decode makes
// them a message, a table in dispatch.go names the handler of its type, and the
// handler returns the content of the reply. One place, [Kernel.serve], announces
// busy and idle around it and sends the reply, so a handler can neither forget to
// answer nor answer twice.
//
//	shell    one request at a time, in order; cells run here
//	control  a loop of its own, which never waits for a cell
//	iopub    output.go: what cells print and show, in the order it was said
//	stdin    a cell's questions to the user
//
// # Adding a message
//
// Give its content a type in package wire, write a method on Kernel that takes the
// content and returns the reply, and add its row to the table of its channel.
package kernel
