-- Ends leases with their outcomes.
-- ARGV: heartbeat timeout (ms), fields of each lease, then the id of each lease
-- Fields: worker, token, end (ms), priority, due (ms), epoch,
--         outcome (found | nothingFound | failed | parked | notItsFault | released), delay (ms), factor, error
-- Result: one text: for each lease 1 if it was accepted, 0 if the lease was lost and nothing changed
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[1]))
local given, WIDTH = fields(ARGV[2]), 10
local ids = {unpack(ARGV, 3)}
local packed = redis.call('HMGET', RECORDS, unpack(ids))
local ends = redis.call('ZMSCORE', LEASED, unpack(ids))
local pack = cmsgpack.pack
local result, tally, given_back = {}, {refused = 0}, {}
local changed, unleased, parted, failing, recovered = {}, {}, {}, {}, {}
local waiting = {[DUE] = {}, [PAUSED] = {}, [PARKED] = {}}
local done = 0
for n, id in ipairs(ids) do
  local i = 1 + (n - 1) * WIDTH
  local outcome = given[i + 6]
  local record = not given_back[id] and leased_record(packed[n], ends[n], now, epoch,
    id, given[i], given[i + 1], given[i + 2], given[i + 3], given[i + 4], given[i + 5])
  if record then
    given_back[id] = true
    if outcome ~= 'released' then
      record[DUE_AT] = now + tonumber(given[i + 7])
      record[LAST_ATTEMPT] = now
      record[ERROR] = given[i + 9]
    end
    if outcome == 'found' or outcome == 'nothingFound' then
      record[LAST_SUCCESS] = now
      record[SUCCESSES_TOTAL] = record[SUCCESSES_TOTAL] + 1
      if record[CONSECUTIVE_FAILURES] > 0 then
        recovered[#recovered + 1] = id
      end
      record[CONSECUTIVE_FAILURES] = 0
      record[CONSECUTIVE_EMPTY] = outcome == 'found' and 0 or record[CONSECUTIVE_EMPTY] + 1
      record[FACTOR] = tonumber(given[i + 8])
    elseif outcome == 'failed' or outcome == 'parked' then
      record[CONSECUTIVE_FAILURES] = record[CONSECUTIVE_FAILURES] + 1
      record[FAILURES_TOTAL] = record[FAILURES_TOTAL] + 1
      record[FACTOR] = tonumber(given[i + 8])
      if outcome == 'parked' then
        record[IS_PARKED] = 1
        tally.failed = (tally.failed or 0) + 1
      end
      failing[#failing + 1] = record[CONSECUTIVE_FAILURES]
      failing[#failing + 1] = id
    end
    done = done + 1
    unleased[done] = id
    part(id, record, parted)
    local where = waiting[place_of(record)]
    where[#where + 1] = record[DUE_AT]
    where[#where + 1] = id
    changed[2 * done - 1], changed[2 * done] = id, pack(record)
    tally[outcome] = (tally[outcome] or 0) + 1
    result[n] = 1
  else
    tally.refused = tally.refused + 1
    result[n] = 0
  end
end
if done > 0 then
  redis.call('HSET', RECORDS, unpack(changed))
  redis.call('ZREM', LEASED, unpack(unleased))
  let_all_go(parted)
end
for place, members in pairs(waiting) do
  if #members > 0 then
    redis.call('ZADD', place, unpack(members))
  end
end
if #failing > 0 then
  redis.call('ZADD', FAILING, unpack(failing))
end
if #recovered > 0 then
  redis.call('ZREM', FAILING, unpack(recovered))
end
for name, by in pairs(tally) do
  count(name, by)
end
return {table.concat(result)}
