-- Ends a filling or a reconcile.
-- ARGV: owner, heartbeat timeout (ms), epoch at the start, 1 if all ids that there are went through, 0 if only some
-- Result: 1, or 0 when another instance had taken over or memory was lost
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
