-- Reads one page of the leases that Redis holds for a worker and that were handed out before an instant.
-- ARGV: worker, heartbeat timeout (ms), instant (ms), claim at which the previous page ended ('' for the first page),
--       how many claims at most
-- Result: epoch, claim at which this page ends ('' if it is the last), then for each lease: id, token, end (ms), due (ms),
--         priority, consecutive failures, consecutive empty successes
local worker, before, after, at_most = ARGV[1], tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])
local now, micros = clock()
local _, epoch = attend(now, micros, tonumber(ARGV[2]))
local from = after == '' and '[' .. worker .. '\n' or '(' .. worker .. '\n' .. after .. '\n\255'
local entries = redis.call('ZRANGEBYLEX', HELD, from, '(' .. worker .. '\v', 'LIMIT', 0, at_most)
local last = #entries == at_most and string.sub(entries[#entries], #worker + 2) or ''
local result = {epoch, string.match(last, '^%d+') or ''}
for _, entry in ipairs(entries) do
  for _, id in ipairs(held_ids(entry)) do
    local packed = redis.call('HGET', RECORDS, id)
    local record = packed and unpacked(id, packed)
    local till = redis.call('ZSCORE', LEASED, id)
    if record and till and record[WORKER] == worker and record[TOKEN] / 1000 < before then
      for _, part in ipairs({
        id, record[TOKEN], tonumber(till), record[DUE_AT], record[PRIORITY], record[CONSECUTIVE_FAILURES],
        record[CONSECUTIVE_EMPTY],
      }) do
        result[#result + 1] = part
      end
    end
  end
end
return result
