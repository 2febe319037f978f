-- Reports that a worker is alive.
-- ARGV: worker, heartbeat timeout (ms)
-- Result: now (ms), epoch, how many leases ran out and workers stopped, so that reclaim has something to do
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[2]))
redis.call('ZADD', WORKERS, now, ARGV[1])
return {
  now, epoch,
  redis.call('ZCOUNT', LEASED, '-inf', now)
    + redis.call('ZCOUNT', WORKERS, '-inf', now - tonumber(ARGV[2])),
}
