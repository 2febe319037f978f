-- All that is known of one id.
-- ARGV: id
-- Result: empty if the id is not there; else what describe appends
local result = {}
local packed = redis.call('HGET', RECORDS, ARGV[1])
if packed then
  describe(result, ARGV[1], cmsgpack.unpack(packed))
end
return result
