package main

import (
	"bufio"
	"bytes"
	"container/heap"
	"container/list"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
	"text/tabwriter"
	"text/template"
	"time"
)

type item struct {
	Name  string   `json:"name"`
	Price float64  `json:"price,omitempty"`
	Tags  []string `json:"tags"`
	note  string
	Inner *item `json:"inner,omitempty"`
}

type Color int

func (c Color) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("color-%d", int(c))), nil }
func (c *Color) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "color-%d", (*int)(c))
	return err
}

type Stamp struct{ t int }

func (s Stamp) MarshalJSON() ([]byte, error) { return json.Marshal(fmt.Sprint("T", s.t)) }

type Meta struct{ ID int }
type Doc struct {
	Meta
	Title string
	C     Color
	S     []Stamp
	Any   any
}

type pq []*entry
type entry struct {
	v string
	p int
}

func (q pq) Len() int           { return len(q) }
func (q pq) Less(i, j int) bool { return q[i].p < q[j].p }
func (q pq) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *pq) Push(x any)        { *q = append(*q, x.(*entry)) }
func (q *pq) Pop() any {
	old := *q
	n := len(old)
	x := old[n-1]
	*q = old[:n-1]
	return x
}

type intHeap []int

func (h intHeap) Len() int           { return len(h) }
func (h intHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h intHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *intHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *intHeap) Pop() any {
	n := len(*h)
	x := (*h)[n-1]
	*h = (*h)[:n-1]
	return x
}

type rot13 struct{ r io.Reader }

func (r rot13) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i := range p[:n] {
		c := p[i]
		switch {
		case c >= 'a' && c <= 'z':
			p[i] = 'a' + (c-'a'+13)%26
		case c >= 'A' && c <= 'Z':
			p[i] = 'A' + (c-'A'+13)%26
		}
	}
	return n, err
}

type handler struct{ greeting string }

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "%s %s", h.greeting, r.URL.Path)
}

type ctxKey string

type person struct {
	Name string
	Age  int
}

func (p person) Greeting() string { return "hi " + p.Name }

func main() {
	b, err := json.Marshal(item{"a", 1.5, []string{"x"}, "n", &item{Name: "in"}})
	fmt.Println(string(b), err)
	var it item
	err = json.Unmarshal([]byte(`{"name":"q","price":2,"tags":["t"],"inner":{"name":"z"}}`), &it)
	fmt.Println(it.Name, it.Price, it.Tags, it.Inner.Name, err)
	b, err = json.Marshal(Doc{Meta{1}, "t", 3, []Stamp{{4}}, map[string]any{"s": Stamp{5}}})
	fmt.Println(string(b), err)
	b, _ = json.MarshalIndent(map[string]any{"b": []int{1}, "a": nil}, "", " ")
	fmt.Println(string(b))
	var anyv any
	json.Unmarshal([]byte(`{"a":[1,"x",null,true]}`), &anyv)
	fmt.Println(anyv, anyv.(map[string]any)["a"].([]any)[1])
	q := &pq{}
	heap.Init(q)
	for i, w := range []string{"c", "a", "b"} {
		heap.Push(q, &entry{w, (i * 7) % 5})
	}
	for q.Len() > 0 {
		fmt.Print(heap.Pop(q).(*entry).v, " ")
	}
	h := &intHeap{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 3)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	fmt.Println()
	l := list.New()
	l.PushBack(1)
	l.PushFront("zero")
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	fmt.Println()
	out, _ := io.ReadAll(rot13{strings.NewReader("Hello")})
	fmt.Println(string(out))
	rec := httptest.NewRecorder()
	handler{"hey"}.ServeHTTP(rec, httptest.NewRequest("GET", "/p", nil))
	mux := http.NewServeMux()
	mux.Handle("/h/", handler{"mux"})
	mux.HandleFunc("/f", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(201); io.WriteString(w, "f") })
	srv := httptest.NewServer(mux)
	resp, err := http.Get(srv.URL + "/h/x")
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(rec.Body, string(body), err)
	srv.Close()
	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), ctxKey("k"), 7), time.Millisecond)
	defer cancel()
	<-ctx.Done()
	fmt.Println(ctx.Err(), errors.Is(ctx.Err(), context.DeadlineExceeded), ctx.Value(ctxKey("k")), ctx.Value("k"))
	tmpl := template.Must(template.New("t").Funcs(template.FuncMap{"up": strings.ToUpper}).Parse("{{range .}}{{.Name | up}} is {{.Age}}; {{end}}\n"))
	tmpl.Execute(os.Stdout, []person{{"al", 3}, {"bo", 4}})
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', 0)
	fmt.Fprintln(tw, "a\tb")
	fmt.Fprintln(tw, "long\tc")
	tw.Flush()
	var buf bytes.Buffer
	w := bufio.NewWriter(&buf)
	fmt.Fprintf(w, "%05.2f|%-5s|%5s|%x|%t|%c|%U|%e\n", math.Pi, "ab", "cd", 255, true, 'x', 'y', 12345.678)
	w.Flush()
	fmt.Print(buf.String())
	re := regexp.MustCompile(`(\w+)@(\w+)`)
	fmt.Println(re.FindStringSubmatch("joe@host"), re.ReplaceAllString("a@b", "$2.$1"), re.ReplaceAllStringFunc("q@r", strings.ToUpper))
	n, err := strconv.Atoi("12x")
	var ne *strconv.NumError
	fmt.Println(n, errors.As(err, &ne), ne.Func, err)
	var mu sync.Mutex
	var wg sync.WaitGroup
	total := 0
	for i := range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			total += i
		}()
	}
	wg.Wait()
	fmt.Println(total)
	jobs, results := make(chan int), make(chan int, 10)
	for range 3 {
		go func() {
			for j := range jobs {
				results <- j * j
			}
			results <- -1
		}()
	}
	for i := range 5 {
		jobs <- i
	}
	close(jobs)
	var got []int
	for done := 0; done < 3; {
		select {
		case r := <-results:
			if r < 0 {
				done++
			} else {
				got = append(got, r)
			}
		case <-time.After(time.Second):
			fmt.Println("timeout")
			return
		}
	}
	sort.Ints(got)
	fmt.Println(got)
	t := reflect.TypeOf(person{})
	fmt.Println(t.Name(), t.Kind(), t.NumField(), t.Field(1).Name, reflect.ValueOf(person{"x", 1}).Field(0), reflect.DeepEqual([]int{1}, []int{1}))
	f, err := os.Open("/does/not/exist")
	var pe *os.PathError
	fmt.Println(f == nil, errors.As(err, &pe), errors.Is(err, os.ErrNotExist))
	d := 90 * time.Minute
	fmt.Println(d, time.Duration(1500)*time.Millisecond, time.Unix(0, 0).UTC().Format(time.RFC3339), time.March)
	sc := bufio.NewScanner(strings.NewReader("one two\nthree"))
	sc.Split(bufio.ScanWords)
	cnt := 0
	for sc.Scan() {
		cnt += len(sc.Text())
	}
	fmt.Println(cnt, strings.Fields(" a b "), strings.Map(func(r rune) rune { return r + 1 }, "abc"), strings.ContainsFunc("x1", func(r rune) bool { return r == '1' }))
	var sb strings.Builder
	sb.WriteString("x")
	fmt.Fprint(&sb, 1, 2, "y", "z", 3)
	fmt.Println(sb.String(), sb.Len())
	for line := range strings.Lines("a\nb\n") {
		fmt.Printf("%q ", line)
	}
	fmt.Println(math.MaxInt64, math.Inf(-1), uint64(math.MaxUint64))
}
