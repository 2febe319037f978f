-- The time of this Redis, so that no worker's clock matters. Precedes every script.
-- clock() returns milliseconds and microseconds since 1970, both whole numbers.
local function clock()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000), t[1] * 1000000 + t[2]
end
