-- Stands before every script that puts entries on a stream or takes them off.
-- An installation has at most its share of a stream's entries; the rest wait
-- in a line of its own, and each goes up when one of its own has left. So what
-- another installation puts on the stream stands behind a share at most, and
-- never behind a storm.
-- line   {cymar:NN}:line:<queue>   zset, all scores 0: <tenant>:<number>:<since>:<id>
-- share  {cymar:NN}:share:<queue>  hash: how many are on the stream, by tenant;
--                                  under "" the last number that was given
local function up(stream, id, tenant, since)
  redis.call('XADD', stream, '*', 'd', id, 't', tenant, 's', since)
end

-- since is from when on the entry has been due, ms since 1970
local function enter(stream, line, share, most, tenant, id, since)
  if tenant == '' then return redis.call('XADD', stream, '*', 'd', id) end -- it may not wait
  if redis.call('HINCRBY', share, tenant, 1) <= tonumber(most) then return up(stream, id, tenant, since) end
  redis.call('HINCRBY', share, tenant, -1)
  redis.call('ZADD', line, 0, string.format('%s:%016d:%s:%s', tenant, redis.call('HINCRBY', share, '', 1), since, id))
end

local function first(line, tenant)
  return redis.call('ZRANGEBYLEX', line, '[' .. tenant .. ':', '(' .. tenant .. ';', 'LIMIT', 0, 1)[1]
end

local function advance(stream, line, member, tenant)
  redis.call('ZREM', line, member)
  local since, id = string.match(member, '([^:]+):([^:]+)$')
  up(stream, id, tenant, since)
end

local function leave(stream, line, share, most, tenant)
  if tenant == '' then return end -- it did not wait, or an older version put it there
  local member = first(line, tenant)
  if member and tonumber(redis.call('HGET', share, tenant) or 0) <= tonumber(most) then
    advance(stream, line, member, tenant)
  elseif redis.call('HINCRBY', share, tenant, -1) <= 0 then
    redis.call('HDEL', share, tenant)
  end
end

