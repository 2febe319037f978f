-- Reads what the queue knows about one id.
-- ARGV: id
-- Result: empty if the id is not in the queue; otherwise what describe appends
local result = {}
local packed = redis.call('HGET', RECORDS, ARGV[1])
if packed then
  describe(result, ARGV[1], unpacked(ARGV[1], packed))
end
return result
