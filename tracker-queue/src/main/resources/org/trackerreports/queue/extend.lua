-- Makes leases last one lease from now. This is also how a living worker reports what it holds after a loss of memory.
-- ARGV: lease (ms), heartbeat timeout (ms), then for each lease: id, worker, token, end (ms), priority, due (ms), epoch
-- Result: now (ms), epoch, new end (ms), then for each lease 1 if it was extended, 0 if it is lost
local lease_ms, timeout = tonumber(ARGV[1]), tonumber(ARGV[2])
local now, micros = clock()
local _, epoch = attend(now, micros, timeout)
local till = now + lease_ms
local result = {now, epoch, till}
local refused = 0
for i = 3, #ARGV, 7 do
  local id, worker = ARGV[i], ARGV[i + 1]
  local record = leased_record(redis.call('HGET', RECORDS, id), redis.call('ZSCORE', LEASED, id), now, epoch,
    id, worker, ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5], ARGV[i + 6])
  if record then
    redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
    redis.call('ZADD', LEASED, till, id)
    redis.call('ZADD', HELD, 0, worker .. '\n' .. id)
    table.insert(result, 1)
  else
    refused = refused + 1
    table.insert(result, 0)
  end
end
count('refused', refused)
return result
