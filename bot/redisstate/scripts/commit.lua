-- Marks an event done and puts what came of it on the way: all or nothing.
-- KEYS[1] the event's claim    {cymar:NN}:in:<event>
-- KEYS[2] its kept answer      {cymar:NN}:now:<event>
-- KEYS[3] the delayed set      {cymar:NN}:delayed
-- KEYS[4..6] the streams       {cymar:NN}:reply, :nudge, :work
-- KEYS[7..] two for each item: its body {cymar:NN}:out:<delivery> and the
--           index of its tenant {cymar:NN}:queued:<tenant>
-- ARGV[1] the claim's token
-- ARGV[2] how long the done mark lives, ms
-- ARGV[3] the answer to keep, or ""    ARGV[4] how long, ms
-- ARGV[5] the time now, ms since 1970
-- ARGV[6..] five for each item: queue (reply, nudge or work), id, person or
--           "", body, when it is due in ms since 1970 (0: at once)
-- Returns 1: committed (now, or earlier under the same token). 0: the claim
-- was lost, and nothing was done. It writes in either case of 1, so that WAIT
-- has something to wait for.
local held = redis.call('GET', KEYS[1])
if held == 'd:' .. ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if held ~= 'c:' .. ARGV[1] then return 0 end
local stream = {reply = KEYS[4], nudge = KEYS[5], work = KEYS[6]}
local key, arg = 7, 6
while key <= #KEYS do
  local queue, id, person, body, due = ARGV[arg], ARGV[arg + 1], ARGV[arg + 2], ARGV[arg + 3], tonumber(ARGV[arg + 4])
  local since = ARGV[5]
  if due > tonumber(ARGV[5]) then since = ARGV[arg + 4] end
  redis.call('HSET', KEYS[key], 'b', body, 'n', 0, 'at', since)
  redis.call('HSET', KEYS[key + 1], id, person)
  if due > tonumber(ARGV[5]) then
    redis.call('ZADD', KEYS[3], due, queue .. ':' .. id)
  else
    redis.call('XADD', stream[queue], '*', 'd', id)
  end
  key, arg = key + 2, arg + 5
end
if ARGV[3] ~= '' then redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4]) end
redis.call('SET', KEYS[1], 'd:' .. ARGV[1], 'PX', ARGV[2])
return 1
