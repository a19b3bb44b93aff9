-- Records that a part was sent.
-- KEYS[1] the mark   {cymar:NN}:sent:<send>
-- KEYS[2] the right  {cymar:NN}:hold:<send>
-- KEYS[3] the body   {cymar:NN}:out:<delivery>
-- KEYS[4] the person's marks {cymar:NN}:marks:<tenant>:<person>
-- ARGV[1] the mark   ARGV[2] how long it lives, ms
-- ARGV[3] the delivery's id
-- ARGV[4] the send's id, or "" when the mark says nothing of a person
-- ARGV[5] the time now, ms since 1970
-- Returns 1.
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if redis.call('GET', KEYS[2]) == ARGV[3] then redis.call('DEL', KEYS[2]) end
redis.call('HDEL', KEYS[3], 'try')
if ARGV[4] ~= '' then
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', ARGV[5])
  redis.call('ZADD', KEYS[4], ARGV[5] + ARGV[2], ARGV[4])
  if redis.call('PTTL', KEYS[4]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[4], ARGV[2]) end
end
return 1
