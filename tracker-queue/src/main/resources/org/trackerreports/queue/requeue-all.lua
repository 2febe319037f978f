-- One step of making all waiting ids due now, in the order in which they wait.
-- ARGV: at most
-- Result: number of ids that moved, number of ids that still wait for later
local now = clock()
local ids = redis.call('ZRANGEBYSCORE', DUE, '(' .. string.format('%.0f', now), '+inf', 'LIMIT', 0, ARGV[1])
for _, id in ipairs(ids) do
  local record = cmsgpack.unpack(redis.call('HGET', RECORDS, id))
  wait_until(id, record, now)
  redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
end
return {#ids, redis.call('ZCOUNT', DUE, '(' .. string.format('%.0f', now), '+inf')}
