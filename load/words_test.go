//go:build linux

package load

const head = "# How far it goes\n\n" +
	"Written by `make load`; do not edit, run it again. Five replicas of the bot with its real jobs (answers, reminders), in one process, and one\n" +
	"redis-server (append-only file synced each second, 16 shards) share the machine's cores with other work, so times say little and the ratio to a\n" +
	"quiet moment of the same machine says more. The platform takes 20 ms for every message. In the storm every reminder is due in the same minute\n" +
	"and the clock fires on every replica; from that moment on eight people ask one question after the other, each in an installation of\n" +
	"their own, until the last reminder has arrived (in brackets how many questions that were).\n\n"

const read = `
## What it shows

- A question does not wait behind reminders: they have workers of their own, and a replica makes eight calls to Redis at a time for them. What it
  waits for is CPU, where the storm takes all there is: here, that of five replicas on two cores.
- One installation's storm of reminders costs its neighbours in the same shard next to nothing: it has a share of the workers, and takes longer
  instead. (The p99 of a quiet moment moves with what else the machine does, so ratios to it may fall below one.)
- Installations take turns, twice. A replica handles 64 events of people at once, a quarter of them of one installation; where more come, one
  of each in its turn. And of what is on its way an installation has three quarters of all replicas' workers at most; the rest of its own waits
  in a line of its own, so a worker is free for the others. The last three lines show what it brings, and that it costs the storm itself little.
  Small, and in one replica: ` + "`go test ./bot/redisstate -run '^$' -bench BesideAStorm -benchtime 20x`" + `, p99 31 ms with turns and 3,671 without.
- A tick that finds 500 people asks Redis five times, however far away it is: ` + "`go test ./handlers/supervision -run '^$' -bench TickOf500`" + `
  takes 18 ms, and 76 ms where each question to Redis takes 10 ms; a handler has two seconds. Should it take longer, the event is offered again, and those
  whom it had put off come up ten minutes later: late, and not lost.
- Memory is the people's records, their direct chats and when they come up; a storm adds only what is on its way.

## Ten million people

By the largest measurement above:

`

const tail = `
Slack asks for about one message a second in a channel, and every direct chat is its own; for a whole workspace it publishes no number. Where
a platform says 429, each replica gives the reminders of that installation times of their own, 250 ms apart, and leaves the others alone
(docs/reliability.md, the storm of 429).

Connections: a replica holds three for each shard while it waits, so 64 shards are 192 for each replica, over all primaries. One event commits
at most 500 reminders; a shard's later ones follow as events of their own, so no script is long.

Not measured here: more than one machine, a network between them, the platforms themselves.
`
