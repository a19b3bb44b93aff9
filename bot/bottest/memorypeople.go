package bottest

import (
	"context"
	"slices"

	"cymar/bot"
)

// Remember keeps a direct chat and the space a person was seen in.
func (m *Memory) Remember(ctx context.Context, u bot.User, p bot.Place, s bot.SpaceID) error {
	leave, err := m.enter(ctx, "Remember")
	if err != nil {
		return err
	}
	defer leave()
	if p.Kind == bot.DirectChat {
		p.Thread = ""
		m.direct[u] = p
	}
	if s != "" {
		m.seen[u] = s
	}
	return nil
}

// Find is a person's direct chat.
func (m *Memory) Find(ctx context.Context, u bot.User) (bot.Place, error) {
	leave, err := m.enter(ctx, "Find")
	if err != nil {
		return bot.Place{}, err
	}
	defer leave()
	p, ok := m.direct[u]
	if !ok {
		return p, bot.ErrUnreachable
	}
	return p, nil
}

// Leave keeps a card for somebody.
func (m *Memory) Leave(ctx context.Context, u bot.User, c bot.Card) error {
	leave, err := m.enter(ctx, "Leave")
	if err != nil {
		return err
	}
	defer leave()
	m.left[u] = roundTrip(c)
	return nil
}

// Left is the card that was left for somebody.
func (m *Memory) Left(ctx context.Context, u bot.User) (bot.Card, error) {
	leave, err := m.enter(ctx, "Left")
	if err != nil {
		return bot.Card{}, err
	}
	defer leave()
	c, ok := m.left[u]
	if !ok {
		return c, bot.ErrNotFound
	}
	return c, nil
}

// Of is the space of a place.
func (m *Memory) Of(ctx context.Context, p bot.Place) (bot.Space, error) {
	return m.space(ctx, "Of", func(s bot.Space) bool {
		return s.Platform == p.Platform && s.Tenant == p.Tenant && s.Holds(p.ID)
	})
}

// For is the space of a person in their direct chat.
func (m *Memory) For(ctx context.Context, u bot.User) (bot.Space, error) {
	m.mu.Lock()
	last := m.seen[u]
	m.mu.Unlock()
	s, err := m.space(ctx, "For", func(s bot.Space) bool { return s.Platform == u.Platform && s.Tenant == u.Tenant && s.ID == last })
	if err == nil {
		return s, nil
	}
	all, err := m.List(ctx, u.Platform, u.Tenant)
	if err == nil && len(all) != 1 {
		err = bot.ErrNotFound
	}
	if err != nil {
		return bot.Space{}, err
	}
	return all[0], nil
}

func (m *Memory) space(ctx context.Context, method string, want func(bot.Space) bool) (bot.Space, error) {
	leave, err := m.enter(ctx, method)
	if err != nil {
		return bot.Space{}, err
	}
	defer leave()
	if i := slices.IndexFunc(m.spaces, want); i >= 0 {
		return roundTrip(m.spaces[i]), nil
	}
	return bot.Space{}, bot.ErrNotFound
}

// Save makes or changes a space.
func (m *Memory) Save(ctx context.Context, s bot.Space) error {
	leave, err := m.enter(ctx, "Save")
	if err != nil {
		return err
	}
	defer leave()
	s = roundTrip(s)
	m.spaces = slices.DeleteFunc(m.spaces, func(o bot.Space) bool {
		return o.ID == s.ID && o.Tenant == s.Tenant && o.Platform == s.Platform
	})
	for i, o := range m.spaces {
		if o.Tenant == s.Tenant && o.Platform == s.Platform {
			m.spaces[i].Places = slices.DeleteFunc(o.Places, s.Holds)
		}
	}
	m.spaces = append(m.spaces, s)
	return nil
}

// List is every space of a tenant.
func (m *Memory) List(ctx context.Context, p bot.Platform, t bot.TenantID) ([]bot.Space, error) {
	leave, err := m.enter(ctx, "List")
	if err != nil {
		return nil, err
	}
	defer leave()
	var all []bot.Space
	for _, s := range m.spaces {
		if s.Platform == p && s.Tenant == t {
			all = append(all, roundTrip(s))
		}
	}
	return all, nil
}

// Profile is what is remembered of a person.
func (m *Memory) Profile(ctx context.Context, u bot.User) (bot.Profile, error) {
	leave, err := m.enter(ctx, "Profile")
	if err != nil {
		return bot.Profile{}, err
	}
	defer leave()
	return m.profiles[u], nil
}

// Several is the profiles of many people.
func (m *Memory) Several(ctx context.Context, all []bot.User) ([]bot.Profile, error) {
	leave, err := m.enter(ctx, "Profile")
	if err != nil {
		return nil, err
	}
	defer leave()
	out := make([]bot.Profile, len(all))
	for i, u := range all {
		out[i] = m.profiles[u]
	}
	return out, nil
}

// SaveProfile remembers it.
func (m *Memory) SaveProfile(ctx context.Context, u bot.User, p bot.Profile) error {
	leave, err := m.enter(ctx, "SaveProfile")
	if err != nil {
		return err
	}
	defer leave()
	m.profiles[u] = p
	return nil
}
