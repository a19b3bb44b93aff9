package linear_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/text/linear"
)

// bag makes features of words, one each.
func bag(s string) []linear.Feature {
	var x []linear.Feature
	for _, w := range strings.Fields(s) {
		x = append(x, linear.Feature{ID: linear.ID("w:" + w), Value: 1})
	}
	return linear.Merge(x)
}

func examples() []linear.Example {
	var out []linear.Example
	for class, texts := range map[string]string{
		"gift":  "she gave me a scarf|can i take chocolates|a patient gave me a tenner|is a gift ok|took the chocolates home",
		"sup":   "how often is supervision|no supervision since may|my supervisor cancels|supervision is monthly|who gives supervision",
		"hours": "when does it open|is it open on sunday|what are the hours|do you open late|opening hours on monday",
	} {
		for s := range strings.SplitSeq(texts, "|") {
			out = append(out, linear.Example{Class: class, Features: bag(s)})
		}
	}
	// Maps have no order; training must have one.
	for i := range out {
		for j := i + 1; j < len(out); j++ {
			if out[j].Class < out[i].Class || out[j].Class == out[i].Class && fmt.Sprint(out[j].Features) < fmt.Sprint(out[i].Features) {
				out[i], out[j] = out[j], out[i]
			}
		}
	}
	return out
}

func train(t testing.TB, o linear.Options) *linear.Model {
	t.Helper()
	m, err := linear.Train(examples(), o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func best(m *linear.Model, s string) string {
	p := m.Probabilities(nil, bag(s))
	top := 0
	for i := range p {
		if p[i] > p[top] {
			top = i
		}
	}
	return m.Classes()[top]
}

func TestItLearnsWhatWordsMean(t *testing.T) {
	t.Parallel()
	for _, o := range []linear.Options{{}, {Unit: true, IDF: true, Rate: 2}, {Dropout: 0.3, Smoothing: 0.1, Balance: 1}} {
		m := train(t, o)
		for s, want := range map[string]string{"may i keep the scarf": "gift", "supervision": "sup", "open monday": "hours"} {
			if got := best(m, s); got != want {
				t.Errorf("%+v: %q is %s, want %s", o, s, got, want)
			}
		}
	}
}

func TestProbabilitiesAddUpToOne(t *testing.T) {
	t.Parallel()
	m := train(t, linear.Options{})
	for _, s := range []string{"", "scarf", "nothing known here"} {
		var sum float64
		for _, p := range m.Probabilities(nil, bag(s)) {
			sum += float64(p)
		}
		if math.Abs(sum-1) > 1e-5 {
			t.Errorf("%q: %v", s, sum)
		}
	}
}

func TestTrainingTwiceGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	o := linear.Options{Dropout: 0.2, Seed: 7}
	a, _ := train(t, o).MarshalBinary()
	b, _ := train(t, o).MarshalBinary()
	if string(a) != string(b) {
		t.Error("two trainings differ")
	}
}

func TestAModelIsTheSameAfterWritingAndReading(t *testing.T) {
	t.Parallel()
	m := train(t, linear.Options{Unit: true, IDF: true})
	data, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var n linear.Model
	if err := n.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m.Classes(), n.Classes()); diff != "" {
		t.Error(diff)
	}
	x := bag("is a gift of chocolates ok on sunday")
	if diff := cmp.Diff(m.Scores(nil, x), n.Scores(nil, x)); diff != "" {
		t.Error(diff)
	}
	if m.Temperature() != n.Temperature() || m.Rows() != n.Rows() {
		t.Errorf("temperature %v and %v, rows %d and %d", m.Temperature(), n.Temperature(), m.Rows(), n.Rows())
	}
}

func TestDamagedBytesAreRefused(t *testing.T) {
	t.Parallel()
	data, _ := train(t, linear.Options{}).MarshalBinary()
	for i := range data {
		bad := append([]byte(nil), data...)
		bad[i] ^= 0x41
		if err := new(linear.Model).UnmarshalBinary(bad); !errors.Is(err, linear.ErrFormat) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
		if err := new(linear.Model).UnmarshalBinary(data[:i]); !errors.Is(err, linear.ErrFormat) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
}

func TestFewerThanTwoClassesCannotBeTrained(t *testing.T) {
	t.Parallel()
	for _, e := range [][]linear.Example{nil, {{Class: "a", Features: bag("x")}}} {
		if _, err := linear.Train(e, linear.Options{}); !errors.Is(err, linear.ErrNoExamples) {
			t.Errorf("%v", err)
		}
	}
}

func TestCalibrationMakesAnOverconfidentModelModest(t *testing.T) {
	t.Parallel()
	m := train(t, linear.Options{})
	rng := rand.New(rand.NewPCG(1, 2))
	var scores [][]float32
	var truth []int
	for range 500 {
		z := []float32{10, 0, 0}
		right := 0
		if rng.Float64() < 0.3 {
			right = 1
		}
		scores, truth = append(scores, z), append(truth, right)
	}
	if temperature := m.Calibrate(scores, truth); temperature < 3 {
		t.Errorf("temperature %.2f for scores that are wrong three times in ten", temperature)
	}
}

func TestCrossValidationScoresEveryExampleUnseen(t *testing.T) {
	t.Parallel()
	scores, truth, err := linear.CrossValidate(examples(), 5, linear.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range scores {
		if len(scores[i]) != 3 || truth[i] < 0 || truth[i] > 2 {
			t.Errorf("example %d: scores %v, class %d", i, scores[i], truth[i])
		}
	}
	if _, _, err := linear.CrossValidate(examples()[:6], 6, linear.Options{}); err == nil {
		t.Error("a fold without a class went unnoticed")
	}
}

func TestWeightTellsWhichFeatureSpokeForAClass(t *testing.T) {
	t.Parallel()
	m := train(t, linear.Options{})
	f := linear.Feature{ID: linear.ID("w:chocolates"), Value: 1}
	gift, sup := m.Weight(m.Class("gift"), f), m.Weight(m.Class("sup"), f)
	if gift <= 0 || sup >= gift {
		t.Errorf("chocolates: %v for gift, %v for sup", gift, sup)
	}
	if m.Class("none") != -1 || m.Weight(0, linear.Feature{ID: 1, Value: 1}) != 0 {
		t.Error("unknown class or feature has weight")
	}
	if known := m.Known(bag("chocolates zzz")); math.Abs(known-0.5) > 1e-6 {
		t.Errorf("known share %v, want 0.5", known)
	}
}

// Not parallel: allocations are counted for the whole process.
func TestPredictionDoesNotAllocate(t *testing.T) {
	m := train(t, linear.Options{Unit: true})
	x, dst := bag("is a gift ok"), make([]float32, 0, 3)
	if n := testing.AllocsPerRun(100, func() { dst = m.Probabilities(dst, x) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestExtendContinuesAnID(t *testing.T) {
	t.Parallel()
	if linear.Extend(linear.ID("w:"), "peer") != linear.ID("w:peer") {
		t.Error("Extend and ID disagree")
	}
}

func FuzzUnmarshal(f *testing.F) {
	data, _ := train(f, linear.Options{}).MarshalBinary()
	f.Add(data)
	f.Add([]byte("CYLM\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var m linear.Model
		// Without the checksum hardly any input would get past it.
		if err := m.UnmarshalBinary(linear.WithChecksum(data)); err != nil {
			if !errors.Is(err, linear.ErrFormat) {
				t.Errorf("error of another kind: %v", err)
			}
			return
		}
		m.Probabilities(nil, bag("scarf open supervision"))
		m.Known(bag("scarf"))
	})
}

func BenchmarkProbabilities(b *testing.B) {
	m := train(b, linear.Options{Unit: true})
	x, dst := bag("can i take the chocolates on sunday"), []float32(nil)
	for b.Loop() {
		dst = m.Probabilities(dst, x)
	}
}
