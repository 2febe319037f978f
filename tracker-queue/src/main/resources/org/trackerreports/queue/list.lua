-- Reads one page of ids, with what the queue knows about each.
-- ARGV: which (due | waiting | leased | paused | parked | failing), number of ids to skip, at most
-- Result: for each id what describe appends; due, waiting, paused and parked by due, leased by the end of the lease,
--         failing by consecutive failures, most first
local which, from, at_most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local now = clock()
local places = {due = DUE, waiting = DUE, leased = LEASED, paused = PAUSED, parked = PARKED, failing = FAILING}
local range = which == 'failing' and 'ZREVRANGE' or 'ZRANGE'
local page = redis.call(range, places[which], from, from + at_most - 1, 'WITHSCORES')
local result = {}
for i = 1, #page, 2 do
  if which == 'due' and tonumber(page[i + 1]) > now then
    break
  end
  local packed = redis.call('HGET', RECORDS, page[i])
  if packed then
    describe(result, page[i], unpacked(page[i], packed))
  end
end
return result
