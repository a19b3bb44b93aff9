-- Counts a stream's entries anew and lets up whoever has room: the shares may
-- be wrong where a replica of an older version took entries off.
-- KEYS[1] the stream  {cymar:NN}:reply, :nudge or :work
-- KEYS[2] its line    {cymar:NN}:line:<queue>
-- KEYS[3] its shares  {cymar:NN}:share:<queue>
-- ARGV[1] the share of an installation
-- Returns how many went up.
local n, last, moved = {}, redis.call('HGET', KEYS[3], ''), 0
for _, e in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
  local tenant = e[2][4]
  if tenant then n[tenant] = (n[tenant] or 0) + 1 end
end
redis.call('DEL', KEYS[3])
if last then redis.call('HSET', KEYS[3], '', last) end
local from = '-'
while true do
  local member = redis.call('ZRANGEBYLEX', KEYS[2], from, '+', 'LIMIT', 0, 1)[1]
  if not member then break end
  local tenant = string.match(member, '^[^:]+')
  while member and (n[tenant] or 0) < tonumber(ARGV[1]) do
    advance(KEYS[1], KEYS[2], member, tenant)
    n[tenant], moved = (n[tenant] or 0) + 1, moved + 1
    member = first(KEYS[2], tenant)
  end
  from = '(' .. tenant .. ';'
end
for tenant, count in pairs(n) do redis.call('HSET', KEYS[3], tenant, count) end
return moved
