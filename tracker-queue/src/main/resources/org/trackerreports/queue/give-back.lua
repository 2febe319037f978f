-- Ends leases with their outcomes.
-- ARGV: heartbeat timeout (ms), what runs of leases have in common, what each lease has of its own, then the id of each lease
-- In common: number of leases, worker, token, end (ms), epoch,
--         outcome (found | nothingFound | failed | parked | notItsFault | released), delay (ms), factor, error
-- Of its own: priority, due (ms)
-- Result: one text: for each lease 1 if it was accepted, 0 if the lease was lost and nothing changed
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[1]))
local runs = fields(ARGV[2])
local ids = {unpack(ARGV, 4)}
local packed = redis.call('HMGET', RECORDS, unpack(ids))
local pack = cmsgpack.pack
local result, tally, given_back = {}, {refused = 0}, {}
local changed, unleased, parted, failing, recovered = {}, {}, {}, {}, {}
local waiting = {[DUE] = {}, [PAUSED] = {}, [PARKED] = {}}
local run, run_end, done = -8, 0, 0
local lease, outcome, due, factor, error_text
local own
local function own_of(n)
  own = own or fields(ARGV[3])
  return own[2 * n - 1], own[2 * n]
end
for n, id in ipairs(ids) do
  if n > run_end then
    run = run + 9
    run_end = run_end + tonumber(runs[run])
    lease = {worker = runs[run + 1], token = tonumber(runs[run + 2]), till = tonumber(runs[run + 3]), epoch = runs[run + 4]}
    outcome, due, factor, error_text = runs[run + 5], now + tonumber(runs[run + 6]), tonumber(runs[run + 7]), runs[run + 8]
  end
  local record = not given_back[id] and leased_record(packed[n], now, epoch, id, lease, own_of, n)
  if record then
    given_back[id] = true
    if outcome ~= 'released' then
      record[DUE_AT] = due
      record[LAST_ATTEMPT] = now
      record[ERROR] = error_text
    end
    if outcome == 'found' or outcome == 'nothingFound' then
      record[LAST_SUCCESS] = now
      record[SUCCESSES_TOTAL] = record[SUCCESSES_TOTAL] + 1
      if record[CONSECUTIVE_FAILURES] > 0 then
        recovered[#recovered + 1] = id
      end
      record[CONSECUTIVE_FAILURES] = 0
      record[CONSECUTIVE_EMPTY] = outcome == 'found' and 0 or record[CONSECUTIVE_EMPTY] + 1
      record[FACTOR] = factor
    elseif outcome == 'failed' or outcome == 'parked' then
      record[CONSECUTIVE_FAILURES] = record[CONSECUTIVE_FAILURES] + 1
      record[FAILURES_TOTAL] = record[FAILURES_TOTAL] + 1
      record[FACTOR] = factor
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
    append(waiting[place_of(record)], number_text(record[DUE_AT]), id)
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
add_to_places(waiting)
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
