-- Ends leases with what came of them.
-- ARGV: heartbeat timeout (ms), then for each lease: id, worker, token, end (ms), priority, due (ms), epoch,
--       outcome (found | nothingFound | failed | notItsFault | released), delay (ms), factor, error
-- Result: for each lease 1 if it was accepted, 0 if the lease is lost and nothing was changed
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[1]))
local WIDTH = 11
local ids = {}
for i = 2, #ARGV, WIDTH do
  table.insert(ids, ARGV[i])
end
local packed = redis.call('HMGET', RECORDS, unpack(ids))
local ends = redis.call('ZMSCORE', LEASED, unpack(ids))
local result, tally, given_back, changed, unleased, unheld = {}, {refused = 0}, {}, {}, {}, {}
for n, id in ipairs(ids) do
  local i = 2 + (n - 1) * WIDTH
  local worker, outcome, delay = ARGV[i + 1], ARGV[i + 7], tonumber(ARGV[i + 8])
  local record = not given_back[id] and leased_record(packed[n], ends[n], id, worker, tonumber(ARGV[i + 2]),
    tonumber(ARGV[i + 3]), tonumber(ARGV[i + 4]), tonumber(ARGV[i + 5]), ARGV[i + 6], epoch, now)
  if record then
    given_back[id] = true
    local due = now + delay
    if outcome == 'released' then
      due = record[DUE_AT]
    else
      record[LAST_ATTEMPT] = now
    end
    if outcome == 'found' or outcome == 'nothingFound' then
      record[LAST_SUCCESS] = now
      record[SUCCESSES_TOTAL] = record[SUCCESSES_TOTAL] + 1
      record[FAILURES] = 0
      record[EMPTIES] = outcome == 'found' and 0 or record[EMPTIES] + 1
      record[FACTOR] = tonumber(ARGV[i + 9])
      record[ERROR] = ''
    elseif outcome == 'failed' then
      record[FAILURES] = record[FAILURES] + 1
      record[FAILURES_TOTAL] = record[FAILURES_TOTAL] + 1
      record[FACTOR] = tonumber(ARGV[i + 9])
      record[ERROR] = ARGV[i + 10]
    elseif outcome == 'notItsFault' then
      record[ERROR] = ARGV[i + 10]
    end
    table.insert(unleased, id)
    table.insert(unheld, record[WORKER] .. '\n' .. id)
    record[WORKER] = ''
    wait_until(id, record, due)
    table.insert(changed, id)
    table.insert(changed, cmsgpack.pack(record))
    tally[outcome] = (tally[outcome] or 0) + 1
    table.insert(result, 1)
  else
    tally.refused = tally.refused + 1
    table.insert(result, 0)
  end
end
if #changed > 0 then
  redis.call('HSET', RECORDS, unpack(changed))
  redis.call('ZREM', LEASED, unpack(unleased))
  redis.call('ZREM', HELD, unpack(unheld))
end
for name, by in pairs(tally) do
  count(name, by)
end
return result
