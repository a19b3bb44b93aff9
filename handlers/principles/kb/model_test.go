package kb

import (
	_ "embed"
	"encoding/json"
	"strings"
	"testing"
)

//go:embed data/measure.json
var measureData []byte

const regenerate = "run go generate ./handlers/principles/kb (it takes about a minute)"

func TestTheModelWasTrainedOnTheseEntries(t *testing.T) {
	t.Parallel()
	entries, err := Read(Embedded(), nil)
	if err != nil {
		t.Fatal(err)
	}
	m, print, err := loadModel(modelData)
	if err != nil {
		t.Fatal(err)
	}
	if print != fingerprint(entries) {
		t.Errorf("entries or word lists changed since the model was trained: %s", regenerate)
	}
	if len(m.Classes()) != len(entries) {
		t.Errorf("the model knows %d of %d entries", len(m.Classes()), len(entries))
	}
}

// What five-fold cross-validation found when the model was trained: the floors
// only rise. Training again here would take a minute; that the figures belong
// to these entries is what TestTheModelWasTrainedOnTheseEntries shows.
func TestCrossValidationHoldsItsFloors(t *testing.T) {
	t.Parallel()
	var m Measure
	if err := json.Unmarshal(measureData, &m); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]struct{ got, floor float64 }{
		"right entry first":            {m.First, 0.62},
		"right entry among three":      {m.FirstThree, 0.81},
		"right entry first, Welsh":     {m.FirstWelsh, 0.62},
		"right outcome":                {m.Outcome, 0.90},
		"confidence kept, 1 less gap":  {1 - m.Calibration, 0.97},
		"examples, as share of 20,000": {float64(m.Examples) / 20_000, 1},
	} {
		if f.got < f.floor {
			t.Errorf("%s: %.3f, floor %.3f", name, f.got, f.floor)
		}
	}
}

func TestTheModelStaysSmall(t *testing.T) {
	t.Parallel()
	if mb := float64(len(modelData)) / (1 << 20); mb > 4 {
		t.Errorf("the embedded model has %.1f MiB", mb)
	}
}

func TestADamagedModelIsAnErrorThatNamesTheRemedy(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"empty": nil, "other": []byte("something else"), "cut": modelData[:len(modelData)/2]} {
		if _, _, err := loadModel(data); err == nil || !strings.HasPrefix(err.Error(), "kb: ") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
