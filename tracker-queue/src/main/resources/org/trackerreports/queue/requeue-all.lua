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
for _, ids in ipairs({waiting, parked}) do
  for _, id in ipairs(ids) do
    local record = unpacked(id, redis.call('HGET', RECORDS, id))
    redis.call('ZREM', place_of(record), id)
    record[IS_PARKED] = 0
    wait_until(id, record, now)
    redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
  end
end
return {#waiting + #parked, redis.call('ZCOUNT', DUE, later, '+inf') + redis.call('ZCARD', PARKED)}
