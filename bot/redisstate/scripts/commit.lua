-- Marks an event done and puts what came of it on the way: all or nothing.
-- KEYS[1] the event's claim    {cymar:NN}:in:<event>
-- KEYS[2] its kept answer      {cymar:NN}:now:<event>
-- KEYS[3] the delayed set      {cymar:NN}:delayed
-- KEYS[4..6] the streams       {cymar:NN}:reply, :nudge, :work
-- KEYS[7..9] their lines       {cymar:NN}:line:<queue>
-- KEYS[10..12] their shares    {cymar:NN}:share:<queue>
-- KEYS[13..] two for each item: its body {cymar:NN}:out:<delivery> and the
--            index of its tenant {cymar:NN}:queued:<tenant>
-- ARGV[1] the claim's token
-- ARGV[2] how long the done mark lives, ms
-- ARGV[3] the answer to keep, or ""    ARGV[4] how long, ms
-- ARGV[5] the time now, ms since 1970
-- ARGV[6..8] the share of an installation of each stream
-- ARGV[9..] six for each item: queue (reply, nudge or work), tenant, id, person
--           or "", body, when it is due in ms since 1970 (0: at once)
-- Returns 1: committed (now, or earlier under the same token). 0: the claim
-- was lost, and nothing was done. It writes in either case of 1, so that WAIT
-- has something to wait for.
local held = redis.call('GET', KEYS[1])
if held == 'd:' .. ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if held ~= 'c:' .. ARGV[1] then return 0 end
local at = {reply = 4, nudge = 5, work = 6}
local key, arg = 13, 9
while key <= #KEYS do
  local queue, tenant, id, person, body, due = unpack(ARGV, arg, arg + 5)
  due = tonumber(due)
  local since = ARGV[5]
  if due > tonumber(ARGV[5]) then since = ARGV[arg + 5] end
  redis.call('HSET', KEYS[key], 'b', body, 'n', 0, 'at', since)
  redis.call('HSET', KEYS[key + 1], id, person)
  if due > tonumber(ARGV[5]) then
    redis.call('ZADD', KEYS[3], due, queue .. ':' .. tenant .. ':' .. id)
  else
    local q = at[queue]
    enter(KEYS[q], KEYS[q + 3], KEYS[q + 6], ARGV[q + 2], tenant, id, since)
  end
  key, arg = key + 2, arg + 6
end
if ARGV[3] ~= '' then redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4]) end
redis.call('SET', KEYS[1], 'd:' .. ARGV[1], 'PX', ARGV[2])
return 1
