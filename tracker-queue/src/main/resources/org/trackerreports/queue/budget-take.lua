-- Takes one request from a budget, or returns how long to wait.
-- KEYS: grants, cool-down, known
-- ARGV: shortest gap (ms), maximum per period, period (ms), retention (ms), the caller's latest grant number or 0,
--       longest request time (ms), 1 to take or 0 to look only, 1 if the budget has to be known, longest cool-down (ms)
-- Result: 1 and the grant number | 0 and the shortest wait (ms; 0 if only looking and a request could be taken)
--         | -1 if the caller's latest grant or the whole budget is not known, so Redis lost its data;
--         then how many times in the future were corrected, and 1 if what Redis had of the budget was damaged
local gap, max, period, retention = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local latest, max_request_time, max_cool_down = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[9])
local now, micros = clock()
local function text(number)
  return string.format('%.0f', number)
end
-- A few at a time: after a long pause there may be many.
local expired = math.min(redis.call('ZCOUNT', GRANTS, '-inf', now - retention), 100)
if expired > 0 then
  redis.call('ZREMRANGEBYRANK', GRANTS, 0, expired - 1)
end
local missing_is = missing(GRANTS, KNOWN, now, retention, latest, ARGV[8] == '1')
if missing_is then
  return {-1, 0, 0, missing_is == DAMAGED and 1 or 0}
end
-- No request ends later than its longest time from now, and a minute for clocks that differ. What does was written by a clock
-- that was ahead, and would forbid every request until that time.
local skew = 60000
local ahead = redis.call('ZRANGEBYSCORE', GRANTS, '(' .. text(now + max_request_time + skew), '+inf', 'LIMIT', 0, 1000)
for _, number in ipairs(ahead) do
  redis.call('ZADD', GRANTS, text(now), number)
end
local corrected = #ahead
local free = tonumber(redis.call('GET', COOL_DOWN) or 0)
if free > now + max_cool_down + skew then
  free = now + max_cool_down
  redis.call('SET', COOL_DOWN, text(free), 'PX', max_cool_down)
  corrected = corrected + 1
end
local function back(n)
  return tonumber(redis.call('ZREVRANGE', GRANTS, n, n, 'WITHSCORES')[2])
end
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
  return {0, math.max(1, free - now), corrected, 0}
end
if ARGV[7] == '0' then
  return {0, 0, corrected, 0}
end
local number = micros
while redis.call('ZSCORE', GRANTS, text(number)) do
  number = number + 1
end
redis.call('ZADD', GRANTS, now + max_request_time, text(number))
redis.call('PEXPIRE', GRANTS, retention + max_request_time)
return {1, number, corrected, 0}
