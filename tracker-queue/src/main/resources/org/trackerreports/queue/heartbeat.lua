-- Reports that a worker is alive. From one without leases nothing can be taken, so only every other report of it is
-- written.
-- ARGV: worker, heartbeat timeout (ms)
-- Result: now (ms), epoch, how many leases ran out and workers stopped, so that reclaim has something to do
local worker, timeout = ARGV[1], tonumber(ARGV[2])
local now, micros = clock()
local _, epoch = attend(now, micros, timeout)
local last = tonumber(redis.call('ZSCORE', WORKERS, worker) or 0)
if now - last >= timeout / 2
  or #redis.call('ZRANGEBYLEX', HELD, '[' .. worker .. '\n', '(' .. worker .. '\v', 'LIMIT', 0, 1) > 0 then
  redis.call('ZADD', WORKERS, now, worker)
end
return {
  now, epoch,
  redis.call('ZCOUNT', LEASED, '-inf', now) + redis.call('ZCOUNT', WORKERS, '-inf', now - timeout),
}
