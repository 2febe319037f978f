-- What the queue's scripts share: the keys, the record of an id, and the detection of lost data. Follows time.lua.
--
-- RECORDS hash    id -> packed record       DUE    zset id -> due (ms), the ids that wait for their turn
-- LEASED  zset    id -> end of lease (ms)
-- HELD    zset    all scores 0: worker LF token LF packed ids, one for each claim, to find a worker's leases
-- PAUSED  zset    id -> due (ms)            PARKED zset id -> due (ms), ids with too many consecutive failures
-- FAILING zset    id -> consecutive failures           WORKERS zset worker -> last heartbeat (ms)
-- META    hash    server, epoch, quiet, token, filled, paused, reconciled, damaged (the id whose record was damaged last)
-- COUNTERS hash   name -> count             LOCK   string, who fills or reconciles   SEEN set, ids of this reconcile
--
-- Every id of RECORDS is in exactly one of DUE, LEASED, PAUSED and PARKED.
local RECORDS, DUE, LEASED, HELD, PAUSED, PARKED, FAILING, WORKERS, META, COUNTERS, LOCK, SEEN = unpack(KEYS)

local PRIORITY, LAST_ATTEMPT, LAST_SUCCESS, CONSECUTIVE_FAILURES, CONSECUTIVE_EMPTY = 1, 2, 3, 4, 5
local SUCCESSES_TOTAL, FAILURES_TOTAL, RECLAIMS_TOTAL, FACTOR = 6, 7, 8, 9
local TOKEN, WORKER, ERROR, DUE_AT, IS_PAUSED, IS_PARKED = 10, 11, 12, 13, 14, 15

-- Splits what the class ScriptArguments put into one argument.
local function fields(text)
  local values, n = {}, 0
  for value in string.gmatch(text, '([^\n]*)\n') do
    n = n + 1
    values[n] = value
  end
  return values
end

-- The text of a whole number. Redis needs longer for a number, because it writes each with 17 digits, and many in a batch are equal.
local texts = {}
local function number_text(number)
  local text = texts[number]
  if not text then
    text = string.format('%.0f', number)
    texts[number] = text
  end
  return text
end

local function append(list, first, second)
  local n = #list
  list[n + 1], list[n + 2] = first, second
end

local function new_record(priority, due)
  return {priority, 0, 0, 0, 0, 0, 0, 0, 1, 0, '', '', due, 0, 0}
end

-- Detects that Redis restarted or took over from another server and so may have lost leases. From then on nothing is
-- handed out or reclaimed for one heartbeat timeout, while living workers report their leases.
-- Returns the end of that quiet time (ms) and the epoch, which changes with every such event.
local function attend(now, micros, timeout)
  local server = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or 'unknown'
  local known = redis.call('HMGET', META, 'server', 'quiet', 'epoch')
  if known[1] == server then
    return math.min(tonumber(known[2]), now + timeout), known[3]
  end
  local epoch = string.format('%.0f', micros)
  redis.call('HSET', META, 'server', server, 'quiet', now + timeout, 'epoch', epoch)
  return now + timeout, epoch
end

local function count(name, by)
  if by > 0 then
    redis.call('HINCRBY', COUNTERS, name, by)
  end
end

-- The record in a packed text, and whether it is damaged, because something else wrote under this prefix. A damaged one
-- begins anew: it must not stop the others.
local function unpacked(id, packed)
  local readable, record = pcall(cmsgpack.unpack, packed)
  if readable and type(record) == 'table' and #record == IS_PARKED
    and type(record[DUE_AT]) == 'number' and type(record[WORKER]) == 'string' then
    return record, false
  end
  count('damaged', 1)
  redis.call('HSET', META, 'damaged', string.sub(id, 1, 256))
  return new_record(1, (clock())), true
end

-- The ids that an entry of HELD names; none if something else wrote it.
local function held_ids(entry)
  local packed = string.match(entry, '^[^\n]*\n%d+\n(.*)$')
  local readable, ids = pcall(cmsgpack.unpack, packed or '')
  local texts = {}
  for _, id in ipairs(readable and type(ids) == 'table' and ids or {}) do
    texts[#texts + 1] = type(id) == 'string' and id or nil
  end
  return texts
end

-- The entry of HELD for a claim without its ids.
local function claim_name(worker, token)
  return worker .. '\n' .. string.format('%.0f', token) .. '\n'
end

-- The ids of a claim that are held, and the entry that says so; none and nil if there is no such entry.
local function claimed_ids(claim)
  local entry = redis.call('ZRANGEBYLEX', HELD, '[' .. claim, '(' .. claim .. '\255', 'LIMIT', 0, 1)[1]
  return entry and held_ids(entry) or {}, entry
end

-- Notes that a claim no longer holds some ids, the keys of a table.
local function let_go(claim, gone)
  local ids, entry = claimed_ids(claim)
  local left = {}
  for _, id in ipairs(ids) do
    left[#left + 1] = not gone[id] and id or nil
  end
  if entry then
    redis.call('ZREM', HELD, entry)
  end
  if #left > 0 then
    redis.call('ZADD', HELD, 0, claim .. cmsgpack.pack(left))
  end
end

-- Notes that a claim holds an id.
local function hold(claim, id)
  local ids, entry = claimed_ids(claim)
  for _, held in ipairs(ids) do
    if held == id then
      return
    end
  end
  ids[#ids + 1] = id
  if entry then
    redis.call('ZREM', HELD, entry)
  end
  redis.call('ZADD', HELD, 0, claim .. cmsgpack.pack(ids))
end

-- Takes the worker from a loaded record, and notes in a table what let_all_go has to do.
local function part(id, record, parted)
  local claim = parted[record[TOKEN]] or {worker = record[WORKER], ids = {}}
  parted[record[TOKEN]] = claim
  claim.ids[id] = true
  record[WORKER] = ''
end

local function let_all_go(parted)
  for token, claim in pairs(parted) do
    let_go(claim_name(claim.worker, token), claim.ids)
  end
end

-- Ends the lease of a loaded record; the caller stores the record.
local function unlease(id, record)
  local parted = {}
  redis.call('ZREM', LEASED, id)
  if record[WORKER] ~= '' then
    part(id, record, parted)
    let_all_go(parted)
  end
end

-- The set that an id without a lease is in.
local function place_of(record)
  return record[IS_PAUSED] == 1 and PAUSED or record[IS_PARKED] == 1 and PARKED or DUE
end

-- Adds to each set, by its key, what ZADD takes.
local function add_to_places(members_of)
  for place, members in pairs(members_of) do
    if #members > 0 then
      redis.call('ZADD', place, unpack(members))
    end
  end
end

-- Puts an id without a lease into the set where it waits.
local function wait_until(id, record, due)
  record[DUE_AT] = due
  redis.call('ZADD', place_of(record), due, id)
end

-- Where the id of a damaged record is, nobody knows.
local function remove(id, record, is_damaged)
  redis.call('HDEL', RECORDS, id)
  redis.call('ZREM', FAILING, id)
  for _, place in ipairs(is_damaged and {DUE, PAUSED, PARKED} or {place_of(record)}) do
    redis.call('ZREM', place, id)
  end
  unlease(id, record)
end

-- Appends what the queue knows about one id to a result: id, state (waiting | leased | paused | parked), due (ms),
-- end of lease (ms or 0), worker, token, priority, last attempt (ms or 0), last success (ms or 0), consecutive failures,
-- consecutive empty successes, successes, failures, reclaims, factor (as text), last error
local function describe(result, id, record)
  local states = {[DUE] = 'waiting', [PAUSED] = 'paused', [PARKED] = 'parked'}
  for _, part in ipairs({
    id, record[WORKER] ~= '' and 'leased' or states[place_of(record)], record[DUE_AT],
    tonumber(redis.call('ZSCORE', LEASED, id) or 0), record[WORKER], record[TOKEN], record[PRIORITY],
    record[LAST_ATTEMPT], record[LAST_SUCCESS], record[CONSECUTIVE_FAILURES], record[CONSECUTIVE_EMPTY],
    record[SUCCESSES_TOTAL], record[FAILURES_TOTAL], record[RECLAIMS_TOTAL], tostring(record[FACTOR]), record[ERROR],
  }) do
    result[#result + 1] = part
  end
end

-- The record that this lease may change, or nil. A lease from before a loss of data stays valid until it ends, unless a
-- newer token was handed out since. lease has worker and epoch as texts, token and till as numbers; own_of(n) gives the texts of its
-- priority and due, which are needed after such a loss only.
local function leased_record(packed, now, epoch, id, lease, own_of, n)
  local record = packed and unpacked(id, packed)
  local token, till = lease.token, lease.till
  if record and record[TOKEN] == token and record[WORKER] == lease.worker then
    -- Who gives a lease back may not know that it was extended.
    if till > now or tonumber(redis.call('ZSCORE', LEASED, id) or 0) > now then
      return record
    end
    return nil
  end
  if lease.epoch ~= epoch and till > now and not (record and record[TOKEN] >= token) then
    if record then
      redis.call('ZREM', place_of(record), id)
      unlease(id, record)
      record[IS_PARKED] = 0
    else
      local priority, due = own_of(n)
      record = new_record(tonumber(priority), tonumber(due))
    end
    record[TOKEN] = token
    record[WORKER] = lease.worker
    return record
  end
  return nil
end

-- Whether this caller still holds the lock for filling and reconciling; if so, extends it by lock_ms.
local function holds_lock(owner, lock_ms, of_epoch, epoch)
  if of_epoch ~= epoch or redis.call('GET', LOCK) ~= owner then
    return false
  end
  redis.call('PEXPIRE', LOCK, lock_ms)
  return true
end
