-- Makes ids due now that would be due later. Those at work, paused or overdue stay as they are.
-- ARGV: ids
-- Result: number of ids that moved
local now = clock()
local moved = 0
for _, id in ipairs(ARGV) do
  local due = redis.call('ZSCORE', DUE, id)
  if due and tonumber(due) > now then
    local record = cmsgpack.unpack(redis.call('HGET', RECORDS, id))
    wait_until(id, record, now)
    redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
    moved = moved + 1
  end
end
return {moved}
