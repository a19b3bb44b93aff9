-- Takes an entry off its stream for good, with its body; records a failure
-- and puts the report of what became of it on the work stream.
-- KEYS[1] the stream        {cymar:NN}:reply, :nudge or :work
-- KEYS[2] the body          {cymar:NN}:out:<delivery>
-- KEYS[3] the tenant's index {cymar:NN}:queued:<tenant>
-- KEYS[4] the counts        {cymar:NN}:counts
-- KEYS[5] the failures      {cymar:NN}:failed
-- KEYS[6] the work stream   {cymar:NN}:work
-- KEYS[7] the report's body {cymar:NN}:out:<delivery>
-- KEYS[8..9] the stream's line and shares        {cymar:NN}:line:<queue>, :share:<queue>
-- KEYS[10..11] the work stream's line and shares {cymar:NN}:line:work, :share:work
-- ARGV[1] the group         ARGV[2] the entry
-- ARGV[3] the delivery's id ARGV[4] the queue
-- ARGV[5] the reason why it failed, or ""
-- ARGV[6] how many failures to keep
-- ARGV[7] the report, or "" ARGV[8] its id
-- ARGV[9] the time now, ms since 1970
-- ARGV[10] the tenant       ARGV[11..12] the share of an installation of the
--                           stream, and of the work stream
-- Returns 1: done. 0: somebody else had dealt with the entry.
if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('XDEL', KEYS[1], ARGV[2])
leave(KEYS[1], KEYS[8], KEYS[9], ARGV[11], ARGV[10])
redis.call('DEL', KEYS[2])
redis.call('HDEL', KEYS[3], ARGV[3])
if ARGV[5] ~= '' then
  redis.call('HINCRBY', KEYS[4], 'failed:' .. ARGV[5], 1)
  redis.call('XADD', KEYS[5], 'MAXLEN', ARGV[6], '*', 'd', ARGV[3], 'queue', ARGV[4], 'reason', ARGV[5])
end
if ARGV[7] ~= '' then
  redis.call('HSET', KEYS[7], 'b', ARGV[7], 'n', 0, 'at', ARGV[9])
  redis.call('HSET', KEYS[3], ARGV[8], '')
  enter(KEYS[6], KEYS[10], KEYS[11], ARGV[12], ARGV[10], ARGV[8], ARGV[9])
end
return 1
