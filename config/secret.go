package config

import "log/slog"

// Secret is a value that never prints. It holds a pointer because fmt skips
// String on unexported fields and would show a plain string there.
type Secret struct{ value *string }

// NewSecret hides s.
func NewSecret(s string) Secret { return Secret{&s} }

// Reveal is the value, for the one place that needs it.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Set reports whether there is a value.
func (s Secret) Set() bool { return s.Reveal() != "" }

// UnmarshalText lets the environment fill a Secret.
func (s *Secret) UnmarshalText(b []byte) error {
	*s = NewSecret(string(b))
	return nil
}

const hidden = "<secret>"

// String hides the value.
func (Secret) String() string { return hidden }

// GoString hides the value.
func (Secret) GoString() string { return hidden }

// MarshalText hides the value.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue hides the value.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
