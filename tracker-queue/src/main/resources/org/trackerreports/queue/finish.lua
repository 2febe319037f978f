-- Ends a filling or reconcile.
-- ARGV: owner, heartbeat timeout (ms), epoch at the start, 1 if it covered all ids that exist, 0 if only some
-- Result: 1, or 0 if another instance took over or Redis lost its data
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[2]))
if redis.call('GET', LOCK) ~= ARGV[1] then
  return {0}
end
redis.call('DEL', LOCK)
redis.call('UNLINK', SEEN)
if ARGV[3] ~= epoch then
  return {0}
end
if ARGV[4] == '1' then
  redis.call('HSET', META, 'filled', '1', 'reconciled', now)
end
return {1}
