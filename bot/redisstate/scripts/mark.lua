-- Records that a part was sent.
-- KEYS[1] the mark   {cymar:NN}:sent:<send>
-- KEYS[2] the right  {cymar:NN}:hold:<send>
-- KEYS[3] the body   {cymar:NN}:out:<delivery>
-- ARGV[1] the mark   ARGV[2] how long it lives, ms
-- ARGV[3] the delivery's id
-- Returns 1.
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if redis.call('GET', KEYS[2]) == ARGV[3] then redis.call('DEL', KEYS[2]) end
redis.call('HDEL', KEYS[3], 'try')
return 1
