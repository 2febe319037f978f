-- Reads the state of the queue.
-- ARGV: heartbeat timeout (ms)
-- Result: now (ms), filled (1|0), all paused (1|0), end of quiet time (ms), last reconcile (ms or 0), ids, waiting, due,
--         leased, paused, parked, failing, living workers, id that is due first ('' if none waits), its due (ms),
--         id whose record was damaged last ('' if none), then counter names and values
local now = clock()
local meta = redis.call('HMGET', META, 'filled', 'paused', 'quiet', 'reconciled', 'damaged')
local first = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')
local result = {
  now, tonumber(meta[1] or 0), tonumber(meta[2] or 0), tonumber(meta[3] or 0), tonumber(meta[4] or 0),
  redis.call('HLEN', RECORDS), redis.call('ZCARD', DUE), redis.call('ZCOUNT', DUE, '-inf', now),
  redis.call('ZCARD', LEASED), redis.call('ZCARD', PAUSED), redis.call('ZCARD', PARKED), redis.call('ZCARD', FAILING),
  redis.call('ZCOUNT', WORKERS, '(' .. string.format('%.0f', now - tonumber(ARGV[1])), '+inf'),
  first[1] or '', tonumber(first[2] or 0), meta[5] or '',
}
for _, part in ipairs(redis.call('HGETALL', COUNTERS)) do
  table.insert(result, part)
end
return result
