-- Reads the state of a budget.
-- KEYS: grants, cool-down, known
-- ARGV: period (ms)
-- Result: last grant (ms or 0), grants within the period, end of cool-down (ms or 0)
local now = clock()
return {
  tonumber(redis.call('ZREVRANGE', GRANTS, 0, 0, 'WITHSCORES')[2] or 0),
  redis.call('ZCOUNT', GRANTS, '(' .. string.format('%.0f', now - tonumber(ARGV[1])), '+inf'),
  tonumber(redis.call('GET', COOL_DOWN) or 0),
}
