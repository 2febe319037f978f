-- Pauses or resumes ids. A leased id stays leased until its work ends. A resumed id keeps its turn.
-- ARGV: 1 to pause, 0 to resume, then ids
-- Result: number of ids that changed
local to = tonumber(ARGV[1])
local changed = 0
for i = 2, #ARGV do
  local id = ARGV[i]
  local packed = redis.call('HGET', RECORDS, id)
  local record = packed and unpacked(id, packed)
  if record and record[IS_PAUSED] ~= to then
    redis.call('ZREM', place_of(record), id)
    record[IS_PAUSED] = to
    if record[WORKER] == '' then
      wait_until(id, record, record[DUE_AT])
    end
    redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
    changed = changed + 1
  end
end
return {changed}
