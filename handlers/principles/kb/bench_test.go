package kb

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// fiveHundred is an overlay that makes 500 entries of ours, ten examples each.
func fiveHundred(tb testing.TB) fstest.MapFS {
	tb.Helper()
	ours := mustLoad(tb, nil).Entries()
	overlay := make(fstest.MapFS)
	for i := len(ours); i < 500; i++ {
		id := fmt.Sprintf("own-%d", i)
		questions := make([]string, 10)
		for k := range questions {
			from := ours[(i*7+k)%len(ours)].questions()
			questions[k] = fmt.Sprintf("site %d %s", i, strings.Map(lettersOnly, from[(i+k)%len(from)]))
		}
		overlay[id+".md"] = overlayEntry(id, "What about site "+id, questions...)
	}
	return overlay
}

func lettersOnly(r rune) rune {
	if r == ' ' || r == '\'' || 'a' <= r && r <= 'z' {
		return r
	}
	return -1
}

func BenchmarkLoad500Entries(b *testing.B) {
	overlay := fiveHundred(b)
	b.Run("finder", func(b *testing.B) {
		for b.Loop() {
			mustLoad(b, overlay)
		}
	})
	b.Run("peer=BM25", func(b *testing.B) {
		for b.Loop() {
			entries, err := Read(Embedded(), overlay)
			if err != nil {
				b.Fatal(err)
			}
			peerOf(entries)
		}
	})
}

func peerOf(entries []*Entry) *bm25 {
	peer := newBM25()
	for _, e := range entries {
		for _, q := range slices.Concat(e.questions(), e.names()) {
			peer.add(e, q)
		}
	}
	return peer
}

func BenchmarkQuestion500Entries(b *testing.B) {
	base := mustLoad(b, fiveHundred(b))
	peer := peerOf(base.Entries())
	var questions []string
	for _, q := range freshQuestions(b, "testdata/fresh.jsonl") {
		questions = append(questions, q.Q)
	}
	for name, ask := range map[string]func(string){
		"finder":    func(q string) { base.Find(Query{Text: q}) },
		"peer=BM25": func(q string) { peer.find(q) },
	} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				ask(questions[i%len(questions)])
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

func BenchmarkFortyKilobytes(b *testing.B) {
	base := mustLoad(b, nil)
	q := strings.Repeat("my supervisor <at>x</at> cancels &amp; again ", 900)
	for b.Loop() {
		base.Find(Query{Text: q})
	}
}
