package kernel

import (
	"encoding/json"
	"errors"
	"sync"

	"gradbook/kernel/wire"
)

// A questioner asks the user on the stdin channel, one question at a time.
type questioner struct {
	asking sync.Mutex // held from question to answer

	mu      sync.Mutex
	id      string      // of the input_request that waits; "" when none does
	answers chan string // where its answer goes
}

// errInterrupted is what a question returns when the cell is stopped while it waits.
var errInterrupted = errors.New("kernel: interrupted while waiting for input")

// input asks the front end that sent the running cell, and waits for its answer.
func (k *Kernel) input(prompt string, password bool) (string, error) {
	r, ctx, err := k.cell.asker()
	if err != nil {
		return "", err
	}
	q := &k.questions
	q.asking.Lock()
	defer q.asking.Unlock()
	m, err := r.Child("input_request", k.session, wire.InputRequest{Prompt: prompt, Password: password})
	if err != nil {
		return "", err
	}
	frames, err := m.Encode(k.signer)
	if err != nil {
		return "", err
	}
	answer := q.expect(m.Header.ID)
	defer q.expect("")
	k.captured.drain()
	k.out.flushAll() // what the cell printed stands above its question
	if err := k.stdin.router.Send(r.peer, frames); err != nil {
		return "", err
	}
	select {
	case text := <-answer:
		return text, nil
	case <-ctx.Done():
		return "", errInterrupted
	}
}

// expect makes id the question that waits.
func (q *questioner) expect(id string) <-chan string {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.id, q.answers = id, make(chan string, 1)
	return q.answers
}

// answered takes an input_reply. An answer to an earlier question is dropped. Many
// clients name no question at all; theirs belongs to the one that waits.
func (q *questioner) answered(m *wire.Message) {
	var content wire.InputReply
	if m.Header.Type != "input_reply" || json.Unmarshal(m.Content, &content) != nil {
		return
	}
	parent, err := m.ParentHeader()
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.id == "" || err == nil && parent.ID != "" && parent.ID != q.id {
		return
	}
	q.id = ""
	q.answers <- content.Value
}

// An answers is the standard input of the cells: whoever reads more than was typed
// asks the user for a line.
type answers struct {
	ask func() (string, error)

	mu   sync.Mutex
	rest []byte // of the last line
}

// Read takes from the line that was typed, or waits for one.
func (a *answers) Read(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.rest) == 0 && len(p) > 0 {
		line, err := a.ask()
		if err != nil {
			return 0, err
		}
		a.rest = []byte(line + "\n")
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}
