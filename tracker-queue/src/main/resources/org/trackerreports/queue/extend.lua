-- Extends leases by one lease time from now. A living worker also uses this to report its leases after Redis lost its data.
-- ARGV: lease (ms), heartbeat timeout (ms), fields of each lease, then the id of each lease
-- Fields: worker, token, end (ms), priority, due (ms), epoch
-- Result: now (ms), epoch, new end (ms), then for each lease 1 if it was extended, 0 if it is lost
local lease_ms, timeout = tonumber(ARGV[1]), tonumber(ARGV[2])
local now, micros = clock()
local _, epoch = attend(now, micros, timeout)
local till = now + lease_ms
local result = {now, epoch, till}
local refused = 0
local given, WIDTH = fields(ARGV[3]), 6
local function own_of(i)
  return given[i + 3], given[i + 4]
end
for n = 4, #ARGV do
  local i = 1 + (n - 4) * WIDTH
  local id = ARGV[n]
  local lease = {worker = given[i], token = tonumber(given[i + 1]), till = tonumber(given[i + 2]), epoch = given[i + 5]}
  local record = leased_record(redis.call('HGET', RECORDS, id), now, epoch, id, lease, own_of, i)
  if record then
    redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
    redis.call('ZADD', LEASED, till, id)
    hold(claim_name(lease.worker, record[TOKEN]), id)
    table.insert(result, 1)
  else
    refused = refused + 1
    table.insert(result, 0)
  end
end
count('refused', refused)
return result
