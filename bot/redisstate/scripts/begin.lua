-- Claims an event for one replica.
-- KEYS[1] the event's claim  {cymar:NN}:in:<event>
-- KEYS[2] its kept answer    {cymar:NN}:now:<event>
-- ARGV[1] the claim's token
-- ARGV[2] the lease, ms
-- Returns {0}: claimed. {1}: somebody else holds it. {2, now}: done before;
-- now is the kept answer or "".
if redis.call('SET', KEYS[1], 'c:' .. ARGV[1], 'NX', 'PX', ARGV[2]) then return {0} end
local held = redis.call('GET', KEYS[1])
if held == 'c:' .. ARGV[1] then return {0} end
if string.sub(held, 1, 2) == 'c:' then return {1} end
return {2, redis.call('GET', KEYS[2]) or ''}
