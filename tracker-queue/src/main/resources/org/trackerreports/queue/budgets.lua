-- What the scripts of the budgets share. Follows time.lua, and begins by setting aside what something else wrote under the
-- prefix, so that one damaged budget stops no other: it is deleted, and the budget marked, so that the next request first
-- restores it, as after a loss of data.
--
-- GRANTS zset    grant number -> ms when the request ended or will have ended at the latest
-- COOL_DOWN string, ms   KNOWN string, there while the grants are complete: 1, or DAMAGED
local GRANTS, COOL_DOWN, KNOWN = unpack(KEYS)
local DAMAGED = 'damaged'

-- Whether a key is missing or has the type that it should have.
local function fits(key, type)
  local found = redis.call('TYPE', key).ok
  return found == type or found == 'none'
end

-- Whether the text of the cool-down is missing or a number, and not "nan", which is less and more than nothing.
local function is_time(text)
  local time = tonumber(text or 0)
  return time ~= nil and time == time
end

local function set_aside()
  local damaged = false
  if not fits(GRANTS, 'zset') then
    redis.call('DEL', GRANTS)
    damaged = true
  end
  if not fits(COOL_DOWN, 'string') or not is_time(redis.call('GET', COOL_DOWN)) then
    redis.call('DEL', COOL_DOWN)
    damaged = true
  end
  if damaged or not fits(KNOWN, 'string') then
    redis.call('SET', KNOWN, DAMAGED, 'PX', 86400000)
  end
end
set_aside()
