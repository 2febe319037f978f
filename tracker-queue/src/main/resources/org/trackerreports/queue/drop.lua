-- Removes one batch of ids while changes are applied.
-- ARGV: owner, lock (ms), heartbeat timeout (ms), epoch at the start, then ids
-- Result: removed; or -1 if another instance took over or Redis lost its data
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[3]))
if not holds_lock(ARGV[1], ARGV[2], ARGV[4], epoch) then
  return {-1}
end
local removed = 0
for i = 5, #ARGV do
  local packed = redis.call('HGET', RECORDS, ARGV[i])
  if packed then
    remove(ARGV[i], unpacked(ARGV[i], packed))
    removed = removed + 1
  end
end
return {removed}
