-- Starts a filling or reconcile, unless another one is running.
-- ARGV: owner, lock (ms), heartbeat timeout (ms), 1 to start only if the queue is empty
-- Result: 1 started, 0 not empty, -1 another one is running; then the epoch
local owner, lock_ms = ARGV[1], ARGV[2]
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[3]))
if ARGV[4] == '1' and redis.call('HGET', META, 'filled') == '1' and redis.call('HLEN', RECORDS) > 0 then
  return {0, epoch}
end
if not redis.call('SET', LOCK, owner, 'NX', 'PX', lock_ms) then
  return {-1, epoch}
end
redis.call('UNLINK', SEEN)
return {1, epoch}
