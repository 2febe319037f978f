-- Removes ids with their history. Leases on them are lost.
-- ARGV: ids
-- Result: number of ids that were in the queue
local removed = 0
for _, id in ipairs(ARGV) do
  local packed = redis.call('HGET', RECORDS, id)
  if packed then
    remove(id, unpacked(id, packed))
    removed = removed + 1
  end
end
return {removed}
