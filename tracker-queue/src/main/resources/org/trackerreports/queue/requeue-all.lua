-- Makes one batch of waiting ids due now, in the order in which they wait, followed by the parked ones.
-- ARGV: at most
-- Result: number of ids that became due, number of ids left
local now, at_most = clock(), tonumber(ARGV[1])
local later = '(' .. string.format('%.0f', now)
local waiting = redis.call('ZRANGEBYSCORE', DUE, later, '+inf', 'LIMIT', 0, at_most)
local parked = {}
if #waiting < at_most then
  parked = redis.call('ZRANGE', PARKED, 0, at_most - #waiting - 1)
end
for from, ids in pairs({[DUE] = waiting, [PARKED] = parked}) do
  if #ids > 0 then
    local packed = redis.call('HMGET', RECORDS, unpack(ids))
    local changed = {}
    local to = {[DUE] = {}, [PAUSED] = {}}
    for n, id in ipairs(ids) do
      local record = unpacked(id, packed[n])
      record[IS_PARKED] = 0
      record[DUE_AT] = now
      append(to[place_of(record)], number_text(now), id)
      append(changed, id, cmsgpack.pack(record))
    end
    redis.call('ZREM', from, unpack(ids))
    redis.call('HSET', RECORDS, unpack(changed))
    add_to_places(to)
  end
end
return {#waiting + #parked, redis.call('ZCOUNT', DUE, later, '+inf') + redis.call('ZCARD', PARKED)}
