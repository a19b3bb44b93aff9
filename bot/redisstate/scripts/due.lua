-- Moves what is due from the delayed set to the streams.
-- KEYS[1] the delayed set  {cymar:NN}:delayed
-- KEYS[2..4] the streams   {cymar:NN}:reply, :nudge, :work
-- KEYS[5..7] their lines   {cymar:NN}:line:<queue>
-- KEYS[8..10] their shares {cymar:NN}:share:<queue>
-- ARGV[1] the time now, ms since 1970
-- ARGV[2] how many at most
-- ARGV[3..5] the share of an installation of each stream
-- Returns {how many were moved, when the next one is due in ms since 1970 or -1}.
local at = {reply = 2, nudge = 3, work = 4}
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, member in ipairs(due) do
  local queue, tenant, id = string.match(member, '^(%a+):([^:]*):(.+)$')
  if not queue then -- put there by an older version, which did not say whose it is
    tenant, queue, id = '', string.match(member, '^(%a+):(.+)$')
  end
  local q = at[queue]
  redis.call('ZREM', KEYS[1], member)
  enter(KEYS[q], KEYS[q + 3], KEYS[q + 6], ARGV[q + 1], tenant, id, ARGV[1])
end
local next = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return {#due, next[2] and tonumber(next[2]) or -1}
