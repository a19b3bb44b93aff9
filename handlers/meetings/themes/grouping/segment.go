package grouping

import "math"

// band is the longest stretch, in lines, that one segment may have. It keeps
// the work linear in the number of lines.
const band = 70

// segmenter cuts a row of vectors into stretches that hang together.
type segmenter struct {
	vecs []vector
	cue  []float64 // what speaks for a new stretch at each line
	gain []float32 // gain[i*band+k]: stretch from i of k+1 lines
	dims int
}

func newSegmenter(vecs []vector, cue []float64, dims int) *segmenter {
	s := &segmenter{vecs: vecs, cue: cue, dims: dims, gain: make([]float32, len(vecs)*band)}
	sum := make([]float32, dims)
	for i := range vecs {
		s.from(i, sum)
	}
	return s
}

// from fills in the gain of every stretch that begins at i.
func (s *segmenter) from(i int, sum []float32) {
	var norm2 float64
	end := min(i+band, len(s.vecs))
	for j := i; j < end; j++ {
		v := s.vecs[j]
		for k, id := range v.ids {
			x := v.val[k]
			norm2 += float64(2*sum[id]*x + x*x)
			sum[id] += x
		}
		s.gain[i*band+j-i] = float32(math.Sqrt(max(norm2, 0)))
	}
	for j := i; j < end; j++ {
		for _, id := range s.vecs[j].ids {
			sum[id] = 0
		}
	}
}

// cut gives the beginnings of the best stretches when each one costs price.
func (s *segmenter) cut(price float64) []int {
	n := len(s.vecs)
	best := make([]float64, n+1)
	from := make([]int32, n+1)
	for j := 1; j <= n; j++ {
		best[j] = math.Inf(-1)
		for i := max(0, j-band); i < j; i++ {
			x := best[i] + float64(s.gain[i*band+j-1-i]) + s.cue[i] - price
			if x > best[j] {
				best[j], from[j] = x, int32(i)
			}
		}
	}
	var starts []int
	for j := n; j > 0; j = int(from[j]) {
		starts = append(starts, int(from[j]))
	}
	for a, b := 0, len(starts)-1; a < b; a, b = a+1, b-1 {
		starts[a], starts[b] = starts[b], starts[a]
	}
	return starts
}

// into gives about want stretches, by searching for the price that yields
// them.
func (s *segmenter) into(want int) []int {
	lo, hi := -2.0, 12.0
	var best []int
	for range 18 {
		mid := (lo + hi) / 2
		got := s.cut(mid)
		if best == nil || abs(len(got)-want) < abs(len(best)-want) {
			best = got
		}
		switch {
		case len(got) == want:
			return got
		case len(got) > want:
			lo = mid
		default:
			hi = mid
		}
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
