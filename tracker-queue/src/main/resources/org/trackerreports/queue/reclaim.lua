-- Reclaims leases that ran out and leases of workers that stopped sending heartbeats. Reclaimed ids are due now, behind
-- those that have waited longer, so that an id that kills its worker cannot hold up the others.
-- ARGV: heartbeat timeout (ms), at most
-- Result: number reclaimed because the lease ran out, because the worker stopped, number of workers given up
local timeout, at_most = tonumber(ARGV[1]), tonumber(ARGV[2])
local now, micros = clock()
if attend(now, micros, timeout) > now then
  return {0, 0, 0}
end
local parted = {}
local function reclaim(id)
  local packed = redis.call('HGET', RECORDS, id)
  if not packed then
    redis.call('ZREM', LEASED, id)
    return 0
  end
  local record = unpacked(id, packed)
  redis.call('ZREM', LEASED, id)
  part(id, record, parted)
  record[RECLAIMS_TOTAL] = record[RECLAIMS_TOTAL] + 1
  wait_until(id, record, now)
  redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
  return 1
end
local ran_out = 0
for _, id in ipairs(redis.call('ZRANGEBYSCORE', LEASED, '-inf', now, 'LIMIT', 0, at_most)) do
  ran_out = ran_out + reclaim(id)
end
let_all_go(parted)
parted = {}
local stopped, workers = 0, 0
for _, worker in ipairs(redis.call('ZRANGEBYSCORE', WORKERS, '-inf', now - timeout, 'LIMIT', 0, at_most)) do
  local left = at_most - ran_out - stopped
  if left <= 0 then
    break
  end
  local entries = redis.call('ZRANGEBYLEX', HELD, '[' .. worker .. '\n', '(' .. worker .. '\v', 'LIMIT', 0, left)
  local all = #entries < left
  for _, entry in ipairs(entries) do
    local ids = held_ids(entry)
    for n = 1, math.min(#ids, left) do
      stopped = stopped + reclaim(ids[n])
    end
    if #ids <= left then
      redis.call('ZREM', HELD, entry)
    else
      all = false
    end
    left = math.max(0, left - #ids)
  end
  if all then
    redis.call('ZREM', WORKERS, worker)
    workers = workers + 1
  end
end
let_all_go(parted)
count('reclaimedFromLease', ran_out)
count('reclaimedFromWorker', stopped)
count('workersGivenUp', workers)
return {ran_out, stopped, workers}
