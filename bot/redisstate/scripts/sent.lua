-- Looks for the mark of a part and, where there is none, takes the right to
-- send it.
-- KEYS[1] the mark    {cymar:NN}:sent:<send>
-- KEYS[2] the right   {cymar:NN}:hold:<send>
-- KEYS[3] the body    {cymar:NN}:out:<delivery>
-- KEYS[4] the counts  {cymar:NN}:counts
-- ARGV[1] the delivery's id
-- ARGV[2] how long the right lasts, ms
-- ARGV[3] the send's id
-- ARGV[4] "1": take the right; "0": only look
-- Returns {2, mark}: it was sent. {1}: another delivery is sending it. {0}: it
-- was not sent, and is ours to send. {3}: the same, but we tried it before and
-- do not know what became of that: this is where a message may go twice.
local mark = redis.call('GET', KEYS[1])
if mark then return {2, mark} end
if ARGV[4] == '0' then return {0} end
if not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then
  if redis.call('GET', KEYS[2]) ~= ARGV[1] then return {1} end
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
if redis.call('EXISTS', KEYS[3]) == 0 then return {0} end
if redis.call('HGET', KEYS[3], 'try') ~= ARGV[3] then
  redis.call('HSET', KEYS[3], 'try', ARGV[3])
  return {0}
end
local window = 'twice:died'
if redis.call('HGET', KEYS[3], 'why') == 'server' then window = 'twice:fault' end
redis.call('HINCRBY', KEYS[4], window, 1)
return {3}
