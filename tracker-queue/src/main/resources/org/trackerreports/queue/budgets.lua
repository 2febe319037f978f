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

-- Whether Redis has all grants of a budget: nil if so, otherwise DAMAGED or LOST. What it has stays known for the retention (ms).
-- latest: the caller's latest grant number or 0; must_be_known: whether the grants are kept elsewhere, too
local LOST = 'lost'
local function missing(grants, known, now, retention, latest, must_be_known)
  if redis.call('GET', known) == DAMAGED then
    return DAMAGED
  end
  if must_be_known then
    local left = redis.call('PTTL', known)
    if left == -2 then
      return LOST
    end
    -- Not each time, because an account is looked at every few seconds.
    if left < retention * 0.9 then
      redis.call('PEXPIRE', known, retention)
    end
  end
  if latest / 1000 > now - retention + 1000 and not redis.call('ZSCORE', grants, string.format('%.0f', latest)) then
    return LOST
  end
end
