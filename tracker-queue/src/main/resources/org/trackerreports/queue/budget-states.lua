-- Reads the states of budgets.
-- KEYS: grants, cool-down, known of each budget
-- ARGV: period (ms), retention (ms), 1 if the budgets have to be known, then the caller's latest grant number or 0 for each budget
-- Result: one text with a line for each budget: last grant (ms or 0), grants within the period, end of cool-down (ms or 0); an
--         empty line if Redis lost the budget, or something else wrote under its keys
local now = clock()
local within = '(' .. string.format('%.0f', now - tonumber(ARGV[1]))
local retention, must_be_known = tonumber(ARGV[2]), ARGV[3] == '1'
local function line(grants, cool_down, known, latest)
  if not (fits(grants, 'zset') and fits(cool_down, 'string') and fits(known, 'string')) then
    return ''
  end
  local till = redis.call('GET', cool_down)
  if not is_time(till) or missing(grants, known, now, retention, latest, must_be_known) then
    return ''
  end
  local last = redis.call('ZREVRANGE', grants, 0, 0, 'WITHSCORES')[2]
  return string.format('%.0f %.0f %.0f', tonumber(last or 0), redis.call('ZCOUNT', grants, within, '+inf'), tonumber(till or 0))
end
local lines = {}
for n = 1, #KEYS / 3 do
  lines[n] = line(KEYS[3 * n - 2], KEYS[3 * n - 1], KEYS[3 * n], tonumber(ARGV[3 + n]))
end
return {table.concat(lines, '\n')}
