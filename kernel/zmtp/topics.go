package zmtp

import (
	"fmt"
	"sync"
)

// maxTopics bounds what one peer's subscriptions may take, in bytes: room for
// 100,000 of ordinary length.
const maxTopics = 16 << 20

// topics are the subscriptions of one peer. The zero value has none.
//
// Matching asks for each length that occurs whether the topic's start of that
// length is there. Kernels see one or two lengths, and however many subscriptions
// a peer makes, a message costs no more than its own topic is long.
type topics struct {
	mu      sync.Mutex
	count   map[string]int // how often each was subscribed
	lengths map[int]int    // how many there are of each length
	bytes   int
}

// add counts a subscription; a peer that subscribes twice must cancel twice.
func (t *topics) add(topic string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.count[topic] == 0 {
		if t.bytes+len(topic)+overhead > maxTopics {
			return fmt.Errorf("%w: subscriptions of %d bytes, at most %d allowed", ErrTooLong, t.bytes, maxTopics)
		}
		t.grow(topic, 1)
	}
	t.count[topic]++
	return nil
}

func (t *topics) remove(topic string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch t.count[topic] {
	case 0:
	case 1:
		delete(t.count, topic)
		t.grow(topic, -1)
	default:
		t.count[topic]--
	}
}

// grow accounts for one topic more or less.
func (t *topics) grow(topic string, by int) {
	if t.count == nil {
		t.count, t.lengths = make(map[string]int), make(map[int]int)
	}
	t.bytes += by * (len(topic) + overhead)
	if t.lengths[len(topic)] += by; t.lengths[len(topic)] == 0 {
		delete(t.lengths, len(topic))
	}
}

// match reports whether some subscription is the start of topic.
func (t *topics) match(topic []byte) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for n := range t.lengths {
		if n <= len(topic) && t.count[string(topic[:n])] > 0 {
			return true
		}
	}
	return false
}
