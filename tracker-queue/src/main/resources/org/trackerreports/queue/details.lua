-- All that is known of one id.
-- ARGV: id
-- Result: empty if the id is not there; else state (waiting | leased | paused), due (ms), end of lease (ms or 0), worker,
--         token, priority, last attempt (ms or 0), last success (ms or 0), consecutive failures, consecutive empty successes,
--         successes, failures, reclaims, factor (as text), last error
local id = ARGV[1]
local packed = redis.call('HGET', RECORDS, id)
if not packed then
  return {}
end
local record = cmsgpack.unpack(packed)
local state = record[WORKER] ~= '' and 'leased' or record[IS_PAUSED] == 1 and 'paused' or 'waiting'
return {
  state, record[DUE_AT], tonumber(redis.call('ZSCORE', LEASED, id) or 0), record[WORKER], record[TOKEN],
  record[PRIORITY], record[LAST_ATTEMPT], record[LAST_SUCCESS], record[FAILURES], record[EMPTIES],
  record[SUCCESSES_TOTAL], record[FAILURES_TOTAL], record[RECLAIMS_TOTAL], tostring(record[FACTOR]), record[ERROR],
}
