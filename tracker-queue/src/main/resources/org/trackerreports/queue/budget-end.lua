-- Ends a granted request: its gap counts from now.
-- KEYS: grants, cool-down, known
-- ARGV: the grant's number
-- Result: 1, or 0 if the grant is not known or has ended before
local now = clock()
local score = tonumber(redis.call('ZSCORE', GRANTS, ARGV[1]) or 0)
if score <= now then
  return {0}
end
redis.call('ZADD', GRANTS, now, ARGV[1])
return {1}
