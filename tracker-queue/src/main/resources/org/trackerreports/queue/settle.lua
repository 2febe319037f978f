-- Gives back, with their old turn, leases of a worker that it does not know: the answer to its claim was lost, or Redis
-- went back to a time before they were given back.
-- ARGV: worker, ms before which they must have been handed out, then the tokens that the worker knows
-- Result: number given back
local worker, before = ARGV[1], tonumber(ARGV[2])
local known = {}
for i = 3, #ARGV do
  known[ARGV[i]] = true
end
local released = 0
for _, member in ipairs(redis.call('ZRANGEBYLEX', HELD, '[' .. worker .. '\n', '(' .. worker .. '\v')) do
  local id = string.sub(member, #worker + 2)
  local packed = redis.call('HGET', RECORDS, id)
  local record = packed and cmsgpack.unpack(packed)
  if record and record[TOKEN] / 1000 < before and not known[string.format('%.0f', record[TOKEN])] then
    unlease(id, record)
    wait_until(id, record, record[DUE_AT])
    redis.call('HSET', RECORDS, id, cmsgpack.pack(record))
    released = released + 1
  end
end
count('released', released)
return {released}
