-- Writes the mark of a handled event once more as it is, so that WAIT on the
-- same connection waits for it and for all that was written before it.
-- KEYS[1] the event's claim  {cymar:NN}:in:<event>
-- Returns 1: written. 0: the mark is gone.
local left = redis.call('PTTL', KEYS[1])
if left <= 0 then return 0 end
return redis.call('PEXPIRE', KEYS[1], left)
