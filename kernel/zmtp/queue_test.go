package zmtp

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

func quote(b []byte) string { return strconv.Quote(string(b)) }

func numbered(i int) parcel { return parcel{frames: [][]byte{fmt.Append(nil, i)}} }

// weight is what one numbered parcel counts for.
var weight = numbered(0).size()

func TestQueueKeepsOrder(t *testing.T) {
	q := newQueue(3 * weight)
	var all sync.WaitGroup
	all.Go(func() {
		for i := range 1000 {
			q.put(parcel{frames: [][]byte{fmt.Append(nil, i)}})
		}
		q.close()
	})
	for i := range 1000 {
		p, _, ok := q.take()
		if !ok || string(p.frames[0]) != fmt.Sprint(i) {
			t.Fatalf("parcel %d is %q, %v", i, p.frames, ok)
		}
	}
	if p, _, ok := q.take(); ok {
		t.Errorf("after the end came %q", p.frames)
	}
	all.Wait()
}

func TestQueueIsBounded(t *testing.T) {
	q := newQueue(3 * weight)
	var got []bool
	for i := range 8 {
		add := q.offer
		if i >= 4 {
			add = q.force
		}
		got = append(got, add(numbered(i)))
	}
	if want := []bool{true, true, true, false, true, true, true, false}; !slices.Equal(got, want) {
		t.Errorf("taken %v, want %v", got, want)
	}
	if q.bytes != 6*weight {
		t.Errorf("%d bytes wait, want %d", q.bytes, 6*weight)
	}
}

// TestQueueTakesOneOfAnySize: or a message longer than the queue could never be
// sent.
func TestQueueTakesOneOfAnySize(t *testing.T) {
	q := newQueue(1)
	if !q.offer(numbered(1)) || q.offer(numbered(2)) {
		t.Error("want the first taken and the second not")
	}
	q.take()
	if !q.offer(numbered(3)) {
		t.Error("want one taken again when the queue is empty")
	}
}

func TestQueueMore(t *testing.T) {
	q := newQueue(1 << 20)
	q.put(numbered(1))
	q.put(numbered(2))
	if _, more, _ := q.take(); !more {
		t.Error("no more after the first of two")
	}
	if _, more, _ := q.take(); more {
		t.Error("more after the second of two")
	}
}

// TestQueueEndsWaiting: whoever waits for room learns that there will be none.
// TestQueueSettles only when what was added is dealt with, not when it is taken; or
// when nobody waits any longer.
func TestQueueSettles(t *testing.T) {
	q := newQueue(3 * weight)
	q.settle(t.Context()) // nothing was added
	q.put(numbered(1))
	q.put(numbered(2))
	var dealt atomic.Bool
	go func() {
		for range 2 {
			if _, more, _ := q.take(); more {
				q.rest() // too early
			}
		}
		runtime.Gosched()
		dealt.Store(true)
		q.rest()
	}()
	q.settle(t.Context())
	if !dealt.Load() {
		t.Error("settled before it was dealt with")
	}
	q.put(numbered(3))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q.settle(ctx) // returns
	q.close()
	q.settle(t.Context()) // returns
}

func TestQueueEndsWaiting(t *testing.T) {
	for name, end := range map[string]func(*queue){"close": (*queue).close, "discard": (*queue).discard} {
		t.Run(name, func(t *testing.T) {
			q := newQueue(1)
			q.put(numbered(1))
			if q.awaited() {
				t.Error("awaited by nobody")
			}
			taken := make(chan bool)
			go func() { taken <- q.put(numbered(2)) }()
			for !q.awaited() { // becomes true when put waits
				runtime.Gosched()
			}
			end(q)
			if receive(t, taken) {
				t.Error("put reports true after the end")
			}
			if q.put(numbered(3)) || q.offer(numbered(3)) || q.force(numbered(3)) {
				t.Error("something was taken after the end")
			}
			if _, _, ok := q.take(); ok != (name == "close") {
				t.Errorf("after %s the first parcel is there: %v", name, ok)
			}
		})
	}
}

func TestTopics(t *testing.T) {
	var topics topics
	match := func(topic string, want bool) {
		t.Helper()
		if got := topics.match([]byte(topic)); got != want {
			t.Errorf("%q matches: %v, want %v", topic, got, want)
		}
	}
	add := func(topic string) {
		t.Helper()
		if err := topics.add(topic); err != nil {
			t.Error(err)
		}
	}
	match("", false)
	add("kernel.1")
	match("kernel.1.status", true)
	match("kernel.1", true)
	match("kernel.", false)
	add("kernel.1") // twice, so one remove is not enough
	topics.remove("kernel.1")
	match("kernel.1", true)
	topics.remove("kernel.1")
	topics.remove("kernel.1") // once too often
	match("kernel.1", false)
	add("")
	match("", true)
	match("anything", true)
	topics.remove("")
	if topics.bytes != 0 || len(topics.lengths) != 0 || len(topics.count) != 0 {
		t.Errorf("something is left: %+v", &topics)
	}
}

func TestTopicsAreBounded(t *testing.T) {
	var topics topics
	long := string(make([]byte, 1<<20))
	n := 0
	for topics.add(fmt.Sprint(n, long)) == nil {
		n++
	}
	if n < 10 || n > maxTopics>>20 {
		t.Errorf("%d topics of a megabyte were taken, want about %d", n, maxTopics>>20)
	}
}
