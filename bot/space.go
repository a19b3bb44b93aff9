package bot

import (
	"slices"
	"time"
)

// Nation is where a space's people work: it decides helplines, bank holidays
// and which law an answer names.
type Nation string

// The nations a space can have.
const (
	England Nation = "england"
	Wales   Nation = "wales"
	Both    Nation = "both"
)

// SpaceID names a space within its tenant.
type SpaceID string

// Space is a community of practice: its places, its nation, its people's roles.
type Space struct {
	ID       SpaceID           `json:"id"`
	Tenant   TenantID          `json:"tenant"`
	Platform Platform          `json:"platform"`
	Name     string            `json:"name"`
	Places   []PlaceID         `json:"places,omitempty"`
	Nation   Nation            `json:"nation"`
	Lang     Lang              `json:"lang"`
	Zone     string            `json:"zone"` // IANA name; Europe/London when empty
	Roles    map[UserID]Role   `json:"roles,omitempty"`
	Contact  UserID            `json:"contact,omitempty"` // safeguarding contact
	Settings map[string]string `json:"settings,omitempty"`
	Made     time.Time         `json:"made"`
}

// Zero reports whether there is no space.
func (s Space) Zero() bool { return s.ID == "" }

// RoleOf is what the person is in this space; a participant unless said otherwise.
func (s Space) RoleOf(u UserID) Role {
	if r, ok := s.Roles[u]; ok {
		return r
	}
	return Participant
}

// Holds reports whether the place is one of the space's.
func (s Space) Holds(p PlaceID) bool { return slices.Contains(s.Places, p) }

// Location is the space's time zone.
func (s Space) Location() *time.Location {
	zone := s.Zone
	if zone == "" {
		zone = "Europe/London"
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Profile is what the bot remembers of a person so as to speak to them: no
// name, no history.
type Profile struct {
	Lang     Lang      `json:"lang,omitempty"` // as they chose; empty until they did
	Greeted  time.Time `json:"greeted,omitzero"`
	Discreet bool      `json:"discreet,omitempty"` // notifications say nothing
	// Contact is the safeguarding contact that the person was told of; only
	// somebody who was told may bring a contact to look at a place.
	Contact UserID `json:"contact,omitempty"`
}
