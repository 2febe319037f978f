-- Leases the ids whose turn is longest overdue to one worker. Counts as a heartbeat.
-- ARGV: worker, at most, lease (ms), heartbeat timeout (ms)
-- Result: now (ms), epoch, end of lease (ms), token, then for each id: id, due (ms), priority,
--         consecutive failures, consecutive empty successes
local worker, at_most, lease_ms, timeout = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now, micros = clock()
local quiet, epoch = attend(now, micros, timeout)
redis.call('ZADD', WORKERS, now, worker)
local result = {now, epoch, now + lease_ms, 0}
if quiet > now or redis.call('HGET', META, 'paused') == '1' then
  return result
end
local ids = redis.call('ZRANGEBYSCORE', DUE, '-inf', now, 'LIMIT', 0, at_most)
if #ids == 0 then
  return result
end
local token = math.max(micros, tonumber(redis.call('HGET', META, 'token') or 0) + 1)
redis.call('HSET', META, 'token', string.format('%.0f', token))
result[4] = token
local packed = redis.call('HMGET', RECORDS, unpack(ids))
local changed, leased, held = {}, {}, {}
for i, id in ipairs(ids) do
  if packed[i] then
    local record = cmsgpack.unpack(packed[i])
    record[TOKEN] = token
    record[WORKER] = worker
    table.insert(changed, id)
    table.insert(changed, cmsgpack.pack(record))
    table.insert(leased, now + lease_ms)
    table.insert(leased, id)
    table.insert(held, 0)
    table.insert(held, worker .. '\n' .. id)
    table.insert(result, id)
    table.insert(result, record[DUE_AT])
    table.insert(result, record[PRIORITY])
    table.insert(result, record[FAILURES])
    table.insert(result, record[EMPTIES])
  end
end
redis.call('ZREM', DUE, unpack(ids))
if #changed > 0 then
  redis.call('HSET', RECORDS, unpack(changed))
  redis.call('ZADD', LEASED, unpack(leased))
  redis.call('ZADD', HELD, unpack(held))
  count('claimed', #changed / 2)
end
return result
