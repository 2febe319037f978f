-- Takes one request from a budget, or returns how long to wait.
-- KEYS: grants (zset: grant number -> ms when the request ended or will have ended at the latest), cool-down (string, ms)
-- ARGV: shortest gap (ms), maximum per period, period (ms), retention (ms), the caller's latest grant number or 0,
--       longest request time (ms), 1 to take or 0 to look only
-- Result: 1 and the grant number | 0 and the shortest wait (ms; 0 if only looking and a request could be taken)
--         | -1 if the caller's latest grant is not known, so Redis lost its data
local gap, max, period, retention = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local latest, max_request_time = tonumber(ARGV[5]), tonumber(ARGV[6])
local now, micros = clock()
-- A few at a time: after a long pause there may be many.
local expired = math.min(redis.call('ZCOUNT', KEYS[1], '-inf', now - retention), 100)
if expired > 0 then
  redis.call('ZREMRANGEBYRANK', KEYS[1], 0, expired - 1)
end
if latest / 1000 > now - retention + 1000 and not redis.call('ZSCORE', KEYS[1], string.format('%.0f', latest)) then
  return {-1, 0}
end
local function back(n)
  return tonumber(redis.call('ZREVRANGE', KEYS[1], n, n, 'WITHSCORES')[2])
end
local free = tonumber(redis.call('GET', KEYS[2]) or 0)
local newest = back(0)
local under_way = newest and newest > now
if newest then
  -- A request under way may end at any moment; then only its gap remains to wait for.
  free = math.max(free, math.min(newest, now) + gap)
end
local first_of_full_period = back(max - 1)
if first_of_full_period then
  free = math.max(free, first_of_full_period + period)
end
if under_way or free > now then
  return {0, math.max(1, free - now)}
end
if ARGV[7] == '0' then
  return {0, 0}
end
local number = micros
while redis.call('ZSCORE', KEYS[1], string.format('%.0f', number)) do
  number = number + 1
end
redis.call('ZADD', KEYS[1], now + max_request_time, string.format('%.0f', number))
redis.call('PEXPIRE', KEYS[1], retention + max_request_time)
return {1, number}
