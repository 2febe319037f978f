-- Stops or starts all claims.
-- ARGV: 1 to pause, 0 to resume
redis.call('HSET', META, 'paused', ARGV[1])
return {}
