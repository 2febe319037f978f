-- Starts a cool-down until an instant or for a while; a longer one stays. 0 ends the cool-down.
-- KEYS: grants, cool-down, known
-- ARGV: until (ms), or -1 for a length; the length (ms); the longest cool-down (ms)
-- Result: end of the cool-down (ms or 0), what is left of it (ms)
local now = clock()
local till = tonumber(ARGV[1])
if till == 0 then
  redis.call('DEL', COOL_DOWN)
  return {0, 0}
end
if till == -1 then
  till = now + tonumber(ARGV[2])
end
till = math.min(math.max(till, tonumber(redis.call('GET', COOL_DOWN) or 0)), now + tonumber(ARGV[3]))
if till <= now then
  return {0, 0}
end
redis.call('SET', COOL_DOWN, string.format('%.0f', till), 'PX', string.format('%.0f', till - now))
return {till, till - now}
