package teams

import "sync"

// objects remembers, in memory only, which Entra object id stands behind the
// id that Teams gives a person for this bot.
type objects struct {
	mu sync.Mutex
	of map[string]string
}

// manyObjects bounds the memory; beyond it, it begins anew.
const manyObjects = 10_000

func (o *objects) find(id string) (string, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	object, ok := o.of[id]
	return object, ok
}

func (o *objects) keep(id, object string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of == nil || len(o.of) >= manyObjects {
		o.of = map[string]string{}
	}
	o.of[id] = object
}
