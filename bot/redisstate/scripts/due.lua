-- Moves what is due from the delayed set to the streams.
-- KEYS[1] the delayed set  {cymar:NN}:delayed
-- KEYS[2..4] the streams   {cymar:NN}:reply, :nudge, :work
-- ARGV[1] the time now, ms since 1970
-- ARGV[2] how many at most
-- Returns {how many were moved, when the next one is due in ms since 1970 or -1}.
local stream = {reply = KEYS[2], nudge = KEYS[3], work = KEYS[4]}
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, member in ipairs(due) do
  local queue, id = string.match(member, '^(%a+):(.+)$')
  redis.call('ZREM', KEYS[1], member)
  redis.call('XADD', stream[queue], '*', 'd', id)
end
local next = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return {#due, next[2] and tonumber(next[2]) or -1}
