package redisstate

import (
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// inMemory is the store of last resort: nothing outlives the process.
func (s *Store) inMemory() error {
	s.Where, s.Volatile = "the store in memory", true
	m := miniredis.NewMiniRedis()
	if err := m.Start(); err != nil {
		return err
	}
	s.connect(&redis.UniversalOptions{Addrs: []string{m.Addr()}})
	s.closer = append(s.closer, age(m), func() error { m.Close(); return nil })
	return nil
}

// age lets times to live run down, which miniredis does not do by itself.
func age(m *miniredis.Miniredis) (stop func() error) {
	quit := make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		const every = time.Second
		t := time.NewTicker(every)
		defer t.Stop()
		for {
			select {
			case <-quit:
				return
			case <-t.C:
				m.FastForward(every)
			}
		}
	})
	return func() error { close(quit); done.Wait(); return nil }
}
