-- Restores grants of a budget after Redis lost its data. Called several times if there are many; the last call makes it known.
-- KEYS: grants, cool-down, known
-- ARGV: cool-down from now (ms), cool-down until (ms or 0), retention (ms), longest request time (ms), 1 in the last call,
--       then pairs: grant number, and its age (ms), or -1 if the number says when it was granted
-- Result: none
local now = clock()
local retention, max_request_time = tonumber(ARGV[3]), tonumber(ARGV[4])
for i = 6, #ARGV, 2 do
  local age = tonumber(ARGV[i + 1])
  -- When it ended is not known, so it ended as late as possible; unless Redis knows better.
  local score = age < 0 and math.floor(tonumber(ARGV[i]) / 1000) or now - age + max_request_time
  redis.call('ZADD', GRANTS, 'NX', string.format('%.0f', score), ARGV[i])
end
redis.call('PEXPIRE', GRANTS, retention + max_request_time)
local till = math.max(tonumber(redis.call('GET', COOL_DOWN) or 0), tonumber(ARGV[2]), now + tonumber(ARGV[1]))
if till > now then
  redis.call('SET', COOL_DOWN, string.format('%.0f', till), 'PX', string.format('%.0f', till - now))
end
if ARGV[5] == '1' then
  redis.call('SET', KNOWN, 1, 'PX', retention)
end
return {}
