-- Restores what one instance knows about a budget after Redis lost its data. Other instances may have grants that are not
-- restored yet, or requests under way, so the budget cools down for one gap and the longest request time.
-- KEYS: grants, cool-down
-- ARGV: shortest gap plus longest request time (ms), retention (ms), cool-down (ms or 0), then grant numbers
-- Result: none
local now = clock()
for i = 4, #ARGV do
  redis.call('ZADD', KEYS[1], math.floor(tonumber(ARGV[i]) / 1000), ARGV[i])
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local till = math.max(tonumber(redis.call('GET', KEYS[2]) or 0), tonumber(ARGV[3]), now + tonumber(ARGV[1]))
if till > now then
  redis.call('SET', KEYS[2], string.format('%.0f', till), 'PX', till - now)
end
return {}
