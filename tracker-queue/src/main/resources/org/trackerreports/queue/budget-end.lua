-- Tells that a granted request has ended: from now on its gap counts.
-- KEYS: grants
-- ARGV: the grant's number
-- Result: 1, or 0 when the grant is forgotten or has ended before
local now = clock()
local score = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
if score <= now then
  return {0}
end
redis.call('ZADD', KEYS[1], now, ARGV[1])
return {1}
