-- Leases the longest overdue ids to one worker. Counts as a heartbeat if there are any; else it writes nothing.
-- ARGV: worker, at most, lease (ms), heartbeat timeout (ms)
-- Result: now (ms), epoch, end of lease (ms), token, one text with four lines for each id (due in ms, priority,
--         consecutive failures, consecutive empty successes), then the ids
local worker, at_most, lease_ms, timeout = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now, micros = clock()
local quiet, epoch = attend(now, micros, timeout)
local result = {now, epoch, now + lease_ms, 0, ''}
if quiet > now or redis.call('HGET', META, 'paused') == '1' then
  return result
end
local ids = redis.call('ZRANGEBYSCORE', DUE, '-inf', now, 'LIMIT', 0, at_most)
if #ids == 0 then
  return result
end
redis.call('ZADD', WORKERS, now, worker)
local token = math.max(micros, tonumber(redis.call('HGET', META, 'token') or 0) + 1)
redis.call('HSET', META, 'token', string.format('%.0f', token))
result[4] = token
local packed = redis.call('HMGET', RECORDS, unpack(ids))
local pack, unpack_record = cmsgpack.pack, unpacked
local till = number_text(now + lease_ms)
local changed, leased, held, lines = {}, {}, {}, {}
local n, l = 0, 0
for i, id in ipairs(ids) do
  if packed[i] then
    local record = unpack_record(id, packed[i])
    record[TOKEN] = token
    record[WORKER] = worker
    changed[n + 1], changed[n + 2] = id, pack(record)
    leased[n + 1], leased[n + 2] = till, id
    n = n + 2
    held[n / 2], result[5 + n / 2] = id, id
    lines[l + 1], lines[l + 2] = number_text(record[DUE_AT]), number_text(record[PRIORITY])
    lines[l + 3], lines[l + 4] = number_text(record[CONSECUTIVE_FAILURES]), number_text(record[CONSECUTIVE_EMPTY])
    l = l + 4
  end
end
-- They are the first of the set, and ranks are cheaper than ids, also in the log.
redis.call('ZREMRANGEBYRANK', DUE, 0, #ids - 1)
if n > 0 then
  redis.call('HSET', RECORDS, unpack(changed))
  redis.call('ZADD', LEASED, unpack(leased))
  redis.call('ZADD', HELD, 0, claim_name(worker, token) .. pack(held))
  result[5] = table.concat(lines, '\n')
  count('claimed', n / 2)
end
return result
