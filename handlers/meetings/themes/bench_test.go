package themes

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cymar/handlers/meetings/themes/text"
	"cymar/handlers/meetings/transcript"
)

// chats are the annotated chats, each with what a facilitator made of it.
const chats = "../testdata/chats"

func readChat(tb testing.TB, dir string) transcript.Transcript {
	tb.Helper()
	f, err := os.Open(filepath.Join(dir, "chat.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	t, err := transcript.ReadJSONL(f)
	if err != nil {
		tb.Fatal(err)
	}
	m, err := os.Open(filepath.Join(dir, "meta.json"))
	if err != nil {
		tb.Fatal(err)
	}
	defer m.Close()
	if err := t.ReadMeta(m); err != nil {
		tb.Fatal(err)
	}
	return t
}

func chatDirs(tb testing.TB) []string {
	tb.Helper()
	dirs, err := filepath.Glob(filepath.Join(chats, "*", "chat.jsonl"))
	if err != nil || len(dirs) == 0 {
		tb.Fatalf("no chats under %s: %v", chats, err)
	}
	for i := range dirs {
		dirs[i] = filepath.Dir(dirs[i])
	}
	return dirs
}

// long strings the annotated chats together until there are n messages.
func long(tb testing.TB, n int) transcript.Transcript {
	tb.Helper()
	var all []transcript.Transcript
	for _, d := range chatDirs(tb) {
		all = append(all, readChat(tb, d))
	}
	out := all[0]
	out.Messages = nil
	for round := 0; len(out.Messages) < n; round++ {
		t := all[round%len(all)]
		shift := out.Start.Add(time.Duration(round) * 3 * time.Hour).Sub(t.Start)
		for _, m := range t.Messages {
			if len(out.Messages) == n {
				break
			}
			m.ID = fmt.Sprintf("%d-%s", round, m.ID)
			if m.ReplyTo != "" {
				m.ReplyTo = fmt.Sprintf("%d-%s", round, m.ReplyTo)
			}
			m.At = m.At.Add(shift)
			out.Messages = append(out.Messages, m)
		}
	}
	out.End = out.Messages[n-1].At
	return out
}

func BenchmarkDraw(b *testing.B) {
	for _, n := range []int{600, 2500, 10000, 50000} {
		t := long(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Draw(t, Options{})
			}
		})
	}
}

// BenchmarkLexRank is what Draw is compared with: the plain algorithm, every
// message against every other.
func BenchmarkLexRank(b *testing.B) {
	for _, n := range []int{600, 2500, 10000} {
		t := long(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				lexRank(t)
			}
		})
	}
}

func lexRank(t transcript.Transcript) []float64 {
	vecs := tfidf(t)
	n := len(vecs)
	next := make([][]int32, n)
	for i := range vecs {
		for j := range i {
			if cosine(vecs[i], vecs[j]) > 0.1 {
				next[i], next[j] = append(next[i], int32(j)), append(next[j], int32(i))
			}
		}
	}
	rank := make([]float64, n)
	for i := range rank {
		rank[i] = 1 / float64(n)
	}
	for range 30 {
		fresh := make([]float64, n)
		for i := range next {
			for _, j := range next[i] {
				fresh[j] += 0.85 * rank[i] / float64(len(next[i]))
			}
		}
		for i := range fresh {
			fresh[i] += 0.15 / float64(n)
		}
		rank = fresh
	}
	return rank
}

func tfidf(t transcript.Transcript) []map[string]float64 {
	st := text.NewStemmer()
	df := map[string]float64{}
	vecs := make([]map[string]float64, len(t.Messages))
	for i, m := range t.Messages {
		vecs[i] = map[string]float64{}
		for _, s := range st.Content(m.Text) {
			if vecs[i][s] == 0 {
				df[s]++
			}
			vecs[i][s]++
		}
	}
	for _, v := range vecs {
		var norm float64
		for s := range v {
			v[s] *= math.Log(float64(len(vecs)) / df[s])
			norm += v[s] * v[s]
		}
		for s := range v {
			v[s] /= math.Sqrt(norm) + 1e-9
		}
	}
	return vecs
}

func cosine(a, b map[string]float64) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	var s float64
	for k, x := range a {
		s += x * b[k]
	}
	return s
}
