/**
 * What must happen in one step, as Lua: readers never see half of it, and what is done twice (a worker that died after
 * it, a second worker that took over) changes nothing. A job has ended once its status says so; from then on nothing
 * but a new enqueue changes it, which is what makes every job end exactly once.
 */

/** Moves one job of an owner between the counts; a count of nothing is removed. */
const COUNT = `
local function count(counts, owner, status, by)
  for _, field in ipairs({status, status .. ':' .. owner}) do
    if redis.call('HINCRBY', counts, field, by) <= 0 then redis.call('HDEL', counts, field) end
  end
end
local function of(counts, field) return tonumber(redis.call('HGET', counts, field) or '0') end
local function isOpen(status) return status == 'queued' or status == 'running' end
`;

/**
 * KEYS job, counts, events, told. ARGV id, owner, draft, now, most queued, most queued of the owner.
 * → the owner's jobs that have not ended; 0 where it is there already; -1 and -2 where the queue, or the owner's part of it, is full.
 */
export const ENQUEUE = `${COUNT}
local status = redis.call('HGET', KEYS[1], 'status')
if isOpen(status) or status == 'succeeded' then return 0 end
if of(KEYS[2], 'queued') >= tonumber(ARGV[5]) then return -1 end
if of(KEYS[2], 'queued:' .. ARGV[2]) >= tonumber(ARGV[6]) then return -2 end
local number = redis.call('HGET', KEYS[1], 'number') or '0'
redis.call('DEL', KEYS[1], KEYS[3], KEYS[4])
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'owner', ARGV[2], 'draft', ARGV[3], 'status', 'queued', 'attempt', '0',
  'createdAt', ARGV[4], 'changedAt', ARGV[4], 'number', number)
count(KEYS[2], ARGV[2], 'queued', 1)
return of(KEYS[2], 'queued:' .. ARGV[2]) + of(KEYS[2], 'running:' .. ARGV[2])
`;

/**
 * KEYS job, counts. ARGV now, most attempts, most of the owner at once.
 * → 'run'; 'busy' where the owner has enough running; 'cancelled', 'poison'; 'ended' where there is nothing to do.
 */
export const START = `${COUNT}
local status = redis.call('HGET', KEYS[1], 'status')
if not isOpen(status) then return 'ended' end
if redis.call('HGET', KEYS[1], 'cancelled') then return 'cancelled' end
if tonumber(redis.call('HGET', KEYS[1], 'attempt')) >= tonumber(ARGV[2]) then return 'poison' end
local owner = redis.call('HGET', KEYS[1], 'owner')
if status == 'queued' then
  if of(KEYS[2], 'running:' .. owner) >= tonumber(ARGV[3]) then return 'busy' end
  count(KEYS[2], owner, 'queued', -1)
  count(KEYS[2], owner, 'running', 1)
end
redis.call('HINCRBY', KEYS[1], 'attempt', 1)
redis.call('HSET', KEYS[1], 'status', 'running', 'changedAt', ARGV[1])
redis.call('HSETNX', KEYS[1], 'startedAt', ARGV[1])
return 'run'
`;

/** Back into the queue. KEYS job, counts. ARGV now, 1 where the attempt does not count. → 1 where it was running. */
export const GIVE_BACK = `${COUNT}
if redis.call('HGET', KEYS[1], 'status') ~= 'running' then return 0 end
local owner = redis.call('HGET', KEYS[1], 'owner')
count(KEYS[2], owner, 'running', -1)
count(KEYS[2], owner, 'queued', 1)
redis.call('HSET', KEYS[1], 'status', 'queued', 'changedAt', ARGV[1])
redis.call('HDEL', KEYS[1], 'stage', 'progress')
if ARGV[2] == '1' then redis.call('HINCRBY', KEYS[1], 'attempt', -1) end
return 1
`;

/** KEYS job, events, told. ARGV channel, id, now, stage, progress, then key and event by turns. → 1 unless it has ended. */
export const TELL = `${COUNT}
if not isOpen(redis.call('HGET', KEYS[1], 'status')) then return 0 end
for i = 6, #ARGV, 2 do
  if redis.call('SADD', KEYS[3], ARGV[i]) == 1 then
    local number = redis.call('HINCRBY', KEYS[1], 'number', 1)
    redis.call('XADD', KEYS[2], number .. '-0', 'event', ARGV[i + 1])
  end
end
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'stage', ARGV[4], 'progress', ARGV[5]) end
redis.call('HSET', KEYS[1], 'changedAt', ARGV[3])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
`;

/** KEYS job, counts, events. ARGV channel, id, now, status, error (or ''), then its last events. → 1 where this ended it. */
export const END = `${COUNT}
local status = redis.call('HGET', KEYS[1], 'status')
if not isOpen(status) then return 0 end
count(KEYS[2], redis.call('HGET', KEYS[1], 'owner'), status, -1)
redis.call('HSET', KEYS[1], 'status', ARGV[4], 'endedAt', ARGV[3], 'changedAt', ARGV[3])
redis.call('HDEL', KEYS[1], 'stage', 'progress')
if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'error', ARGV[5]) end
for i = 6, #ARGV do
  local number = redis.call('HINCRBY', KEYS[1], 'number', 1)
  redis.call('XADD', KEYS[3], number .. '-0', 'event', ARGV[i])
end
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
`;

/** KEYS job. ARGV cancel channel, id. → the status it had, 'none' where there is nothing to cancel. */
export const CANCEL = `${COUNT}
local status = redis.call('HGET', KEYS[1], 'status')
if not isOpen(status) then return 'none' end
redis.call('HSET', KEYS[1], 'cancelled', '1')
redis.call('PUBLISH', ARGV[1], ARGV[2])
return status
`;

/** KEYS job, counts, events, told. → how many things were removed. */
export const PURGE = `${COUNT}
local status = redis.call('HGET', KEYS[1], 'status')
if isOpen(status) then count(KEYS[2], redis.call('HGET', KEYS[1], 'owner'), status, -1) end
return redis.call('XLEN', KEYS[3]) + redis.call('DEL', KEYS[1], KEYS[3], KEYS[4])
`;
