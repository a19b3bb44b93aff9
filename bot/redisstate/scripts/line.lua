-- Stands before every script that puts entries on a stream or takes them off.
-- An installation has at most its share of a stream's entries; the rest wait
-- in a line of its own, and each goes up when one of its own has left. So what
-- another installation puts on the stream stands behind a share at most, and
-- never behind a storm.
-- line   {cymar:NN}:line:<queue>   zset, all scores 0: <tenant>:<number>:<id>
-- share  {cymar:NN}:share:<queue>  hash: how many are on the stream, by tenant;
--                                  under "" the last number that was given
local function up(stream, id, tenant) redis.call('XADD', stream, '*', 'd', id, 't', tenant) end

local function enter(stream, line, share, most, tenant, id)
  if tenant == '' then return redis.call('XADD', stream, '*', 'd', id) end
  if redis.call('HINCRBY', share, tenant, 1) <= tonumber(most) then return up(stream, id, tenant) end
  redis.call('HINCRBY', share, tenant, -1)
  redis.call('ZADD', line, 0, string.format('%s:%016d:%s', tenant, redis.call('HINCRBY', share, '', 1), id))
end

local function first(line, tenant)
  local member = redis.call('ZRANGEBYLEX', line, '[' .. tenant .. ':', '(' .. tenant .. ';', 'LIMIT', 0, 1)[1]
  return member, member and string.match(member, '[^:]+$')
end

local function leave(stream, line, share, most, tenant)
  if tenant == '' then return end -- put there by an older version
  local member, id = first(line, tenant)
  if member and tonumber(redis.call('HGET', share, tenant) or 0) <= tonumber(most) then
    redis.call('ZREM', line, member)
    up(stream, id, tenant)
  elseif redis.call('HINCRBY', share, tenant, -1) <= 0 then
    redis.call('HDEL', share, tenant)
  end
end

