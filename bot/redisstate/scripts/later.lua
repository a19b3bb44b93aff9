-- Puts an entry back for later.
-- KEYS[1] the stream       {cymar:NN}:reply, :nudge or :work
-- KEYS[2] the body         {cymar:NN}:out:<delivery>
-- KEYS[3] the delayed set  {cymar:NN}:delayed
-- KEYS[4] the stream's line {cymar:NN}:line:<queue>
-- KEYS[5] its shares       {cymar:NN}:share:<queue>
-- ARGV[1] the group        ARGV[2] the entry
-- ARGV[3] the delivery's id ARGV[4] the queue
-- ARGV[5] when it is due, ms since 1970
-- ARGV[6] why it waits: a reason, or "" where nothing was tried
-- ARGV[7] by how much to raise the number of tries
-- ARGV[8] "1": the platform certainly did not take the part
-- ARGV[9] the tenant       ARGV[10] the share of an installation
-- Returns 1: put back. 0: somebody else had dealt with the entry, or the body
-- was erased meanwhile, so that there is nothing to send.
if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('XDEL', KEYS[1], ARGV[2])
leave(KEYS[1], KEYS[4], KEYS[5], ARGV[10], ARGV[9])
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[2], 'n', ARGV[7])
if ARGV[6] ~= '' then redis.call('HSET', KEYS[2], 'why', ARGV[6]) end
if ARGV[8] == '1' then redis.call('HDEL', KEYS[2], 'try') end
redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4] .. ':' .. ARGV[9] .. ':' .. ARGV[3])
return 1
