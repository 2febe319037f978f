-- Signs a worker off and gives back, unworked and with their old turn, the leases that it still holds.
-- ARGV: worker, at most
-- Result: number given back; fewer than "at most" means that the worker is gone
local worker, at_most = ARGV[1], tonumber(ARGV[2])
local held = redis.call('ZRANGEBYLEX', HELD, '[' .. worker .. '\n', '(' .. worker .. '\v', 'LIMIT', 0, at_most)
local released = 0
for _, member in ipairs(held) do
  local id = string.sub(member, #worker + 2)
  local packed = redis.call('HGET', RECORDS, id)
  redis.call('ZREM', HELD, member)
  if packed then
    local record = cmsgpack.unpack(packed)
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
