-- Makes ids due now that would be due later, and parked ones. Leased, paused and overdue ids stay as they are.
-- ARGV: ids
-- Result: number of ids that became due
local now = clock()
local moved = 0
for _, id in ipairs(ARGV) do
  local packed = redis.call('HGET', RECORDS, id)
  local record = packed and unpacked(id, packed)
  if record and record[WORKER] == '' and record[IS_PAUSED] == 0 and (record[IS_PARKED] == 1 or record[DUE_AT] > now) then
    redis.call('ZREM', place_of(record), id)
    record[IS_PARKED] = 0
    wait_until(id, record, now)
    redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
    moved = moved + 1
  end
end
return {moved}
