package redisstate

import "github.com/redis/go-redis/v9"

// ScriptName is the name of the script with this hash, for tests that stop a
// replica at one of them; "" when it is none of ours.
func ScriptName(hash string) string {
	for name, sc := range map[string]*redis.Script{"begin": beginScript, "commit": commitScript, "release": releaseScript,
		"sent": sentScript, "mark": markScript, "done": doneScript, "later": laterScript, "due": dueScript} {
		if sc.Hash() == hash {
			return name
		}
	}
	return ""
}

// LockFolder and Unlock are how a data folder is kept to one process.
var (
	LockFolder = lockFolder
	Unlock     = unlock
)
