-- Scans one batch of records and removes the ids that this reconcile did not see.
-- ARGV: owner, lock (ms), heartbeat timeout (ms), epoch at the start, cursor, approximate batch size
-- Result: next cursor ('0' at the end), removed; or '-1' if another instance took over or Redis lost its data
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[3]))
if not holds_lock(ARGV[1], ARGV[2], ARGV[4], epoch) then
  return {'-1', 0}
end
local page = redis.call('HSCAN', RECORDS, ARGV[5], 'COUNT', ARGV[6])
local found = page[2]
local ids = {}
for i = 1, #found, 2 do
  table.insert(ids, found[i])
end
local removed = 0
if #ids > 0 then
  for n, seen in ipairs(redis.call('SMISMEMBER', SEEN, unpack(ids))) do
    if seen == 0 then
      remove(ids[n], unpacked(ids[n], found[2 * n]))
      removed = removed + 1
    end
  end
end
return {page[1], removed}
