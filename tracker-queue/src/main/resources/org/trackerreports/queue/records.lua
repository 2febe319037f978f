-- What the queue's scripts share: the keys, an id's record, and the watch over lost memory. Goes behind time.lua.
--
-- RECORDS hash    id -> packed record       DUE    zset id -> due (ms), the ids that wait for their turn
-- LEASED  zset    id -> end of lease (ms)   HELD   zset, all scores 0: worker LF id, to find a worker's leases
-- PAUSED  zset    id -> due (ms)            WORKERS zset worker -> last heartbeat (ms)
-- META    hash    server, epoch, quiet, token, filled, paused, reconciled
-- COUNTERS hash   name -> count             LOCK   string, who fills or reconciles    SEEN set, ids of this reconcile
--
-- Every id of RECORDS is in exactly one of DUE, LEASED and PAUSED.
local RECORDS, DUE, LEASED, HELD, PAUSED, WORKERS, META, COUNTERS, LOCK, SEEN = unpack(KEYS)

local PRIORITY, LAST_ATTEMPT, LAST_SUCCESS, FAILURES, EMPTIES = 1, 2, 3, 4, 5
local SUCCESSES_TOTAL, FAILURES_TOTAL, RECLAIMS_TOTAL, FACTOR = 6, 7, 8, 9
local TOKEN, WORKER, ERROR, DUE_AT, IS_PAUSED = 10, 11, 12, 13, 14

local function new_record(priority, due)
  return {priority, 0, 0, 0, 0, 0, 0, 0, 1, 0, '', '', due, 0}
end

-- A Redis that restarted or took over from another may have forgotten leases. From the moment this is noticed nothing
-- is handed out or reclaimed for one heartbeat timeout, while living workers report what they hold.
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

-- Takes the lease from a record in hand; the caller stores the record.
local function unlease(id, record)
  redis.call('ZREM', LEASED, id)
  redis.call('ZREM', HELD, record[WORKER] .. '\n' .. id)
  record[WORKER] = ''
end

-- Puts an id that holds no lease where it waits.
local function wait_until(id, record, due)
  record[DUE_AT] = due
  redis.call('ZADD', record[IS_PAUSED] == 1 and PAUSED or DUE, due, id)
end

local function forget(id, record)
  redis.call('HDEL', RECORDS, id)
  redis.call('ZREM', DUE, id)
  redis.call('ZREM', PAUSED, id)
  unlease(id, record)
end

-- The record that this lease may write to, or nil. A lease from before a loss of memory is honoured
-- while it lasts, unless a younger token was given out since. All but packed, known_end and now are texts.
local function leased_record(packed, known_end, now, epoch, id, worker, token_text, till, priority, due, of_epoch)
  local record = packed and cmsgpack.unpack(packed)
  local token = tonumber(token_text)
  if record and record[TOKEN] == token and record[WORKER] == worker then
    if known_end and tonumber(known_end) > now then
      return record
    end
    return nil
  end
  if of_epoch ~= epoch and tonumber(till) > now and not (record and record[TOKEN] >= token) then
    if record then
      unlease(id, record)
      redis.call('ZREM', DUE, id)
    else
      record = new_record(tonumber(priority), tonumber(due))
    end
    record[TOKEN] = token
    record[WORKER] = worker
    return record
  end
  return nil
end

-- Whether this caller still is the one that fills or reconciles; if so it stays so for another lock_ms.
local function holds_lock(owner, lock_ms, of_epoch, epoch)
  if of_epoch ~= epoch or redis.call('GET', LOCK) ~= owner then
    return false
  end
  redis.call('PEXPIRE', LOCK, lock_ms)
  return true
end
