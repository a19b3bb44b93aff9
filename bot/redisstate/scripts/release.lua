-- Gives a claim back so that the event can be tried again.
-- KEYS[1] the event's claim  {cymar:NN}:in:<event>
-- ARGV[1] the claim's token
-- Returns 1: given back. 0: it was not ours any more.
if redis.call('GET', KEYS[1]) ~= 'c:' .. ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
