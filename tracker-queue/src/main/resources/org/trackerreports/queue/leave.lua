-- Removes a worker and releases the leases that it still holds. The ids keep their turn.
-- ARGV: worker, at most
-- Result: number of released leases; if fewer than "at most", the worker was removed
local worker, at_most = ARGV[1], tonumber(ARGV[2])
local held = redis.call('ZRANGEBYLEX', HELD, '[' .. worker .. '\n', '(' .. worker .. '\v', 'LIMIT', 0, at_most)
local released = 0
for _, member in ipairs(held) do
  local id = string.sub(member, #worker + 2)
  local packed = redis.call('HGET', RECORDS, id)
  redis.call('ZREM', HELD, member)
  if packed then
    local record = unpacked(id, packed)
    unlease(id, record)
    wait_until(id, record, record[DUE_AT])
    redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
    released = released + 1
  end
end
if #held < at_most then
  redis.call('ZREM', WORKERS, worker)
end
count('released', released)
return {#held}
