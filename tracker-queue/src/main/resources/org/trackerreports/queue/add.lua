-- Adds one batch of ids during a filling or reconcile: adds missing ids and updates changed priorities.
-- When a priority changes, the remaining wait changes in proportion.
-- The first turn of the n-th added id comes after frac(n * golden ratio) of its interval. This spreads the turns evenly
-- over the interval, however many ids are added, and makes the first id due at once.
-- ARGV: owner, lock (ms), heartbeat timeout (ms), epoch at the start, purpose, interval (ms),
--       number of ids added by earlier batches, then for each id: id, priority
-- Purpose: "fill"; "reconcile" to remember the ids for the sweep; "changes" if each of these ids has changed, so that a
--       parked one is due at once
-- Result: added, changed, kept; or -1 if another instance took over or Redis lost its data
local now, micros = clock()
local quiet, epoch = attend(now, micros, tonumber(ARGV[3]))
if not holds_lock(ARGV[1], ARGV[2], ARGV[4], epoch) then
  return {-1}
end
local GOLDEN_RATIO = (math.sqrt(5) - 1) / 2
local interval, added_before = tonumber(ARGV[6]), tonumber(ARGV[7])
local start = math.max(now, quiet)
local purpose = ARGV[5]
local ids = {}
for i = 8, #ARGV, 2 do
  table.insert(ids, ARGV[i])
end
local packed = redis.call('HMGET', RECORDS, unpack(ids))
local fresh, stored, due_of = {}, {}, {}
local changed, added = 0, 0
for n, id in ipairs(ids) do
  local priority = tonumber(ARGV[9 + (n - 1) * 2])
  if not packed[n] then
    if not fresh[id] then
      fresh[id] = true
      local due = start + math.floor((added_before + added) * GOLDEN_RATIO % 1 * interval / priority)
      added = added + 1
      table.insert(due_of, due)
      table.insert(due_of, id)
      table.insert(stored, id)
      table.insert(stored, cmsgpack.pack(new_record(priority, due)))
    end
  else
    local record = unpacked(id, packed[n])
    local is_tried_again = purpose == 'changes' and record[IS_PARKED] == 1
    if is_tried_again then
      redis.call('ZREM', place_of(record), id)
      record[IS_PARKED] = 0
      wait_until(id, record, now)
    end
    local priority_differs = record[PRIORITY] ~= priority
    if priority_differs then
      local due = record[DUE_AT]
      if record[WORKER] == '' and due > now then
        wait_until(id, record, now + math.floor((due - now) * record[PRIORITY] / priority))
      end
      record[PRIORITY] = priority
    end
    if is_tried_again or priority_differs then
      table.insert(stored, id)
      table.insert(stored, cmsgpack.pack(record))
      changed = changed + 1
    end
  end
end
if #stored > 0 then
  redis.call('HSET', RECORDS, unpack(stored))
end
if added > 0 then
  redis.call('ZADD', DUE, unpack(due_of))
end
if purpose == 'reconcile' then
  redis.call('SADD', SEEN, unpack(ids))
end
return {added, changed, #ids - added - changed}
