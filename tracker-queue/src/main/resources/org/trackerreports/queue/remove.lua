-- Removes ids with all that is known of them; a lease on one of them is lost.
-- ARGV: ids
-- Result: number of ids that were there
local removed = 0
for _, id in ipairs(ARGV) do
  local packed = redis.call('HGET', RECORDS, id)
  if packed then
    forget(id, cmsgpack.unpack(packed))
    removed = removed + 1
  end
end
return {removed}
