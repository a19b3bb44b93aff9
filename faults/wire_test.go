//go:build linux

package faults

import (
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cymar/bot/bottest"
)

func wireFaults() []fault {
	return []fault{
		{name: "every connection to Redis is cut, ten times", events: 1000, happens: (*scene).cut,
			expect: "tried again on new ones; nothing is lost, a commit whose answer was cut off counts once"},
		{name: "every connection to Redis is half open: nothing passes and nothing is closed", events: 600, happens: (*scene).halfOpen,
			expect: "each is given up after its own patience and replaced; nothing is lost"},
	}
}

// proxy passes bytes on to a socket until it is told not to.
type proxy struct {
	listener net.Listener
	to       string
	mu       sync.Mutex
	links    map[*link]bool
}

// link is one connection through it.
type link struct {
	a, b net.Conn
	dumb atomic.Bool // swallows what it gets
}

func newProxy(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, to: to, links: map[*link]bool{}}
	t.Cleanup(func() { _ = l.Close(); p.cut() })
	go p.serve()
	return p
}

func (p *proxy) url() string { return "redis://" + p.listener.Addr().String() }

func (p *proxy) serve() {
	for {
		a, err := p.listener.Accept()
		if err != nil {
			return
		}
		b, err := net.Dial("unix", p.to)
		if err != nil {
			_ = a.Close()
			continue
		}
		k := &link{a: a, b: b}
		p.mu.Lock()
		p.links[k] = true
		p.mu.Unlock()
		go p.pass(k, a, b)
		go p.pass(k, b, a)
	}
}

// pass copies one direction until it ends, then ends the other.
func (p *proxy) pass(k *link, from, to net.Conn) {
	_, _ = io.Copy(gap{to, k}, from)
	_, _ = k.a.Close(), k.b.Close()
	p.mu.Lock()
	delete(p.links, k)
	p.mu.Unlock()
}

// gap is where bytes go that never arrive.
type gap struct {
	io.Writer
	k *link
}

func (g gap) Write(b []byte) (int, error) {
	if g.k.dumb.Load() {
		return len(b), nil
	}
	return g.Writer.Write(b)
}

// each does something to every connection there is, and returns how many.
func (p *proxy) each(do func(*link)) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	for k := range p.links {
		do(k)
	}
	return len(p.links)
}

func (p *proxy) cut() int     { return p.each(func(k *link) { _, _ = k.a.Close(), k.b.Close() }) }
func (p *proxy) silence() int { return p.each(func(k *link) { k.dumb.Store(true) }) }

// wired is three replicas behind a proxy.
func (s *scene) wired() *proxy {
	server := bottest.NewServer(s.t)
	p := newProxy(s.t, server.Addr())
	s.options.URL = p.url()
	s.start(3)
	return p
}

func (s *scene) cut() {
	p := s.wired()
	done := s.asking()
	s.open()
	n := 0
	for i := range 10 {
		s.platform.await(s.t, s.n*(i+1)/20)
		n += p.cut()
	}
	s.finish(done)
	s.seen = fmt.Sprintf("%d connections were cut.", n)
}

func (s *scene) halfOpen() {
	p := s.wired()
	var began time.Time
	s.through(func() {
		began = time.Now()
		s.seen = fmt.Sprintf("%d connections fell silent", p.silence())
	})
	s.seen += fmt.Sprintf(", and all was answered %.0f s later.", time.Since(began).Seconds())
}
