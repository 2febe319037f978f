-- Reports that a worker is alive.
-- ARGV: worker, heartbeat timeout (ms)
-- Result: now (ms), epoch
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[2]))
redis.call('ZADD', WORKERS, now, ARGV[1])
return {now, epoch}
