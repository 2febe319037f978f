-- Removes a worker and releases the leases that it still holds. The ids keep their turn.
-- ARGV: worker, at most, although the last claim is released as a whole
-- Result: number of released leases; if fewer than "at most", the worker was removed
local worker, at_most = ARGV[1], tonumber(ARGV[2])
local entries = redis.call('ZRANGEBYLEX', HELD, '[' .. worker .. '\n', '(' .. worker .. '\v', 'LIMIT', 0, at_most)
local done, released = 0, 0
for _, entry in ipairs(entries) do
  if done < at_most then
    local ids = held_ids(entry)
    for _, id in ipairs(ids) do
      local packed = redis.call('HGET', RECORDS, id)
      redis.call('ZREM', LEASED, id)
      if packed then
        local record = unpacked(id, packed)
        record[WORKER] = ''
        wait_until(id, record, record[DUE_AT])
        redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
        released = released + 1
      end
    end
    redis.call('ZREM', HELD, entry)
    done = done + math.max(1, #ids)
  end
end
if done < at_most then
  redis.call('ZREM', WORKERS, worker)
end
count('released', released)
return {done}
