package config_test

import (
	"fmt"
	"reflect"
	"testing"

	"cymar/config"
)

// days is what is set for a class, by its name in the settings file.
func days(t *testing.T, r config.Retention, class string) int64 {
	t.Helper()
	for f, v := range reflect.ValueOf(r).Fields() {
		if f.Tag.Get("yaml") == class {
			return v.Int()
		}
	}
	t.Fatalf("there is no %s", class)
	return 0
}

func TestEveryClassIsKeptAsSaidWithinItsBounds(t *testing.T) {
	t.Parallel()
	if n := reflect.TypeFor[config.Retention]().NumField(); n != len(config.Classes()) {
		t.Errorf("%d settings and %d classes", n, len(config.Classes()))
	}
	for _, c := range config.Classes() {
		for set, ok := range map[int]bool{-1: false, c.Least - 1: c.Least == 1, c.Least: true, c.Most: true, c.Most + 1: false} {
			got, err := config.Load([]string{"CYMAR_SETTINGS=" + write(t, "s.yaml", fmt.Sprintf("retention: {%s: %d}", c.Name, set))})
			if (err == nil) != ok {
				t.Errorf("%s: %d days: %v", c.Name, set, err)
			}
			want := int64(set)
			if set == 0 { // as if it were not there
				want = int64(c.Usual)
			}
			if ok && days(t, got.Retention, c.Name) != want {
				t.Errorf("%s: %d days became %d", c.Name, set, days(t, got.Retention, c.Name))
			}
		}
		got, err := config.Load(nil)
		if err != nil || days(t, got.Retention, c.Name) != int64(c.Usual) {
			t.Errorf("%s is %d days where nothing is said, %v", c.Name, days(t, got.Retention, c.Name), err)
		}
	}
}
