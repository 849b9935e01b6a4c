package dev.laneway.runtime.rate;

import dev.laneway.runtime.redis.Script;

/**
 * The Lua that counts; see {@link RedisRates} for its keys. What is known of a window or of places is read once and written once a script,
 * however many questions are about it: what costs is each word with Redis, and many callers of one holder ask in one script.
 *
 * <p>After the head, which is how much later it is than the server's clock says, there are questions of three kinds. Holders come with their limits.
 *
 * <ul>
 *   <li>About one request or attempt, seven words: what ({@code a} admit, {@code s} settle, {@code r} renew, {@code l} look), its id, three
 *       numbers, whether it is counted once (for {@code a} its deadline and plan; empty where not), and holders. {@code a} and {@code l} have
 *       an answer: a line of numbers (now; which holder refused, or 0; the kind of its limit; the milliseconds until there is room; when it was
 *       counted; five sums for each holder) with the plan behind
 *   <li>{@code S}, what requests of the same holders came to: holders, how many requests and how many corrections, each correction (when it was
 *       counted, requests, tokens), and the requests' ids
 *   <li>{@code A}, requests of the same holders: holders, their lease, how many, and of each its id and tokens. Where all of them have room, the
 *       answer is a line of now and the sums before them; otherwise a list that has the line of {@code a} for each
 * </ul>
 *
 * <p>Redis packs a small sorted set in one piece, and goes through it whole at each change; one that had a long member once stays unpacked.
 */
final class RateScript {
    static final Script TURN = Script.of("""
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
            local windows, places, known = {}, {}, {}
            local function int(n) return string.format('%d', n) end
            local function window(key, width)
              local w = windows[key]
              if w then return w end
              local at = math.floor(now / width)
              local was = redis.call('HMGET', key, 't', 's', at % 61)
              w = {key = key, width = width, at = at, sum = 0, parts = {[at % 61] = tonumber(was[3] or '0')}, changed = {}}
              windows[key] = w
              if not was[1] then return w end
              local t, s = tonumber(was[1]), tonumber(was[2])
              if at - t > 60 then
                redis.call('DEL', key)
                w.parts[at % 61] = 0
              elseif at > t then
                local slots, gone = {}, 0
                for part = t + 1, at do slots[#slots + 1] = part % 61 end
                local old = redis.call('HMGET', key, unpack(slots))
                for i = 1, #slots do if old[i] then gone = gone + tonumber(old[i]) end end
                redis.call('HDEL', key, unpack(slots))
                w.sum, w.parts[at % 61], w.dirty = s - gone, 0, true
              else
                w.sum, w.at = s, t
              end
              return w
            end
            local function part_of(w, slot)
              if not w.parts[slot] then w.parts[slot] = tonumber(redis.call('HGET', w.key, slot) or '0') end
              return w.parts[slot]
            end
            local function change(w, slot, by)
              w.parts[slot], w.sum, w.changed[slot], w.dirty = part_of(w, slot) + by, w.sum + by, true, true
            end
            local function add(w, amount)
              if part_of(w, w.at % 61) == 0 then w.begun = true end
              change(w, w.at % 61, amount)
            end
            local function correct(w, at, difference)
              local part = math.floor(at / w.width)
              if w.at - part > 60 then return end
              local count = part_of(w, part % 61)
              if count > 0 then change(w, part % 61, math.max(-count, difference)) end
            end
            local function free_in(w, amount)
              local slots, free = {}, 0
              for part = w.at - 60, w.at do slots[#slots + 1] = part % 61 end
              local counts = redis.call('HMGET', w.key, unpack(slots))
              for i = 1, 61 do
                free = free + (w.parts[slots[i]] or tonumber(counts[i] or '0'))
                if free >= amount then return (w.at + i) * w.width - now end
              end
              return 61 * w.width
            end
            local function write(w)
              local values = {'t', int(w.at), 's', int(w.sum)}
              for slot in pairs(w.changed) do
                values[#values + 1] = slot
                values[#values + 1] = int(w.parts[slot])
              end
              redis.call('HSET', w.key, unpack(values))
              if w.begun then redis.call('PEXPIRE', w.key, int(62 * w.width)) end
            end
            local function places_of(key)
              local p = places[key] or {key = key, come = {}, gone = {}}
              places[key] = p
              return p
            end
            local function move(p)
              if #p.come > 0 then
                redis.call('ZADD', p.key, unpack(p.come))
                redis.call('PEXPIRE', p.key, 120000)
              end
              if #p.gone > 0 then redis.call('ZREM', p.key, unpack(p.gone)) end
              p.come, p.gone = {}, {}
            end
            local function count(p)
              if not p.count then
                move(p)
                redis.call('ZREMRANGEBYSCORE', p.key, '-inf', int(now))
                p.count = redis.call('ZCARD', p.key)
              end
              return p.count
            end
            local function grown(p, by)
              if p.count < 16 and p.count + by >= 16 then
                local long = string.rep('-', 65)
                move(p)
                redis.call('ZADD', p.key, 0, long)
                redis.call('ZREM', p.key, long)
              end
              p.count = p.count + by
            end
            local function place(p, id, lease)
              p.come[#p.come + 1] = int(now + lease)
              p.come[#p.come + 1] = id
            end
            local function leave(p, id)
              if p.count then
                move(p)
                p.count = p.count - redis.call('ZREM', p.key, id)
              else
                p.gone[#p.gone + 1] = id
              end
            end
            local function has(p, id)
              move(p)
              return redis.call('ZSCORE', p.key, id)
            end
            local function holders_of(text)
              local all = known[text]
              if all then return all end
              all = {}
              for name, rm, tm, rh, th, most in string.gmatch(text, '([^ ,]+),(%d+),(%d+),(%d+),(%d+),(%d+)') do
                all[#all + 1] = {
                  {'lw:rate:rm:' .. name, 1000, tonumber(rm)}, {'lw:rate:tm:' .. name, 1000, tonumber(tm)},
                  {'lw:rate:rh:' .. name, 60000, tonumber(rh)}, {'lw:rate:th:' .. name, 60000, tonumber(th)},
                  most = tonumber(most), places = 'lw:rate:p:' .. name}
              end
              known[text] = all
              return all
            end
            local function ask(what, id, one, two, three, once, holders)
              local kept, state, since, plan = nil, nil, now, ''
              if once ~= '' then
                kept = 'lw:rate:o:' .. id
                local was = redis.call('GET', kept)
                if was then state, since, plan = string.match(was, '^(%l) (%d+) (.*)$') end
              end
              local holds = what == 'a' and (not state or (state == 't' and once == string.match(once, '^%d+ ') .. plan))
              local fresh, widest, open = what == 'a' and not state, 1000, once == '' or state == 't'
              local used, adds, coming, whose, kind, longest = {}, {}, {}, 0, 0, -1
              for h, holder in ipairs(holders_of(holders)) do
                if what == 's' then
                  for k = 1, 4 do
                    local by = k % 2 == 1 and two or three
                    if holder[k][3] > 0 and by ~= 0 and open then correct(window(holder[k][1], holder[k][2]), one, by) end
                  end
                  if holder.most > 0 then leave(places_of(holder.places), id) end
                elseif what == 'r' then
                  if holder.most > 0 and open then
                    local p = places_of(holder.places)
                    place(p, id, two)
                    p.count = nil
                  end
                else
                  for k = 1, 4 do
                    local sum, limit, amount = 0, holder[k][3], k % 2 == 1 and 1 or one
                    if limit > 0 then
                      local w = window(holder[k][1], holder[k][2])
                      sum = w.sum
                      widest = math.max(widest, w.width)
                      if fresh and sum + amount > limit then
                        local wait = free_in(w, sum + amount - limit)
                        if wait > longest then whose, kind, longest = h, k, wait end
                      elseif fresh and amount > 0 then
                        adds[#adds + 1], adds[#adds + 2], adds[#adds + 3] = w, amount, #used + 1
                      end
                    end
                    used[#used + 1] = sum
                  end
                  local there = 0
                  if holder.most > 0 then
                    local p = places_of(holder.places)
                    there = count(p)
                    widest = 60000
                    local mine = state and has(p, id)
                    if holds and not mine and there >= holder.most then
                      if longest < 0 then whose, kind, longest = h, 5, 0 end
                    elseif holds then
                      coming[#coming + 1] = {p, #used + 1, mine and 0 or 1}
                    end
                  end
                  used[#used + 1] = there
                end
              end
              if what == 'a' and whose == 0 then
                for i = 1, #adds, 3 do
                  local amount, at = adds[i + 1], adds[i + 2]
                  add(adds[i], amount)
                  used[at] = used[at] + amount
                end
                for _, c in ipairs(coming) do
                  place(c[1], id, two)
                  grown(c[1], c[3])
                  used[c[2]] = used[c[2]] + c[3]
                end
                if once ~= '' and fresh then
                  local deadline
                  deadline, plan = string.match(once, '^(%d+) (.*)$')
                  local ttl = math.min(math.max(0, tonumber(deadline) - now) + 120000, 62 * widest)
                  redis.call('SET', kept, 't ' .. int(now) .. ' ' .. plan, 'PX', int(ttl))
                end
              elseif what == 's' and state == 't' and two < 0 then
                redis.call('DEL', kept)
              elseif what == 's' and state == 't' then
                redis.call('SET', kept, 's ' .. since .. ' ' .. plan, 'KEEPTTL')
              end
              if what == 'a' or what == 'l' then
                for i = 1, #used do used[i] = used[i] == 0 and '0' or int(used[i]) end
                return table.concat(
                  {int(now), whose, kind, int(longest), int(tonumber(since)), table.concat(used, ' '), plan}, ' ')
              end
            end
            local function settle_all(holders, corrections, ids, last)
              for _, holder in ipairs(holders) do
                for k = 1, 4 do
                  if holder[k][3] > 0 and corrections < ids then
                    local w = window(holder[k][1], holder[k][2])
                    for c = corrections, ids - 3, 3 do
                      local by = tonumber(ARGV[c + 2 - k % 2])
                      if by ~= 0 then correct(w, tonumber(ARGV[c]), by) end
                    end
                  end
                end
                if holder.most > 0 then
                  local p = places_of(holder.places)
                  move(p)
                  local gone = redis.call('ZREM', p.key, unpack(ARGV, ids, last))
                  if p.count then p.count = p.count - gone end
                end
              end
            end
            local function admit_all(holders, lease, first, last)
              local n, tokens, used = (last - first + 1) / 2, 0, {}
              for q = first + 1, last, 2 do tokens = tokens + tonumber(ARGV[q]) end
              for _, holder in ipairs(holders) do
                for k = 1, 4 do
                  local sum, limit = 0, holder[k][3]
                  if limit > 0 then
                    sum = window(holder[k][1], holder[k][2]).sum
                    if sum + (k % 2 == 1 and n or tokens) > limit then return nil end
                  end
                  used[#used + 1] = int(sum)
                end
                local there = 0
                if holder.most > 0 then
                  there = count(places_of(holder.places))
                  if there + n > holder.most then return nil end
                end
                used[#used + 1] = int(there)
              end
              local till = int(now + lease)
              for _, holder in ipairs(holders) do
                for k = 1, 4 do
                  local amount = k % 2 == 1 and n or tokens
                  if holder[k][3] > 0 and amount > 0 then add(window(holder[k][1], holder[k][2]), amount) end
                end
                if holder.most > 0 then
                  local p = places_of(holder.places)
                  for q = first, last, 2 do
                    p.come[#p.come + 1] = till
                    p.come[#p.come + 1] = ARGV[q]
                  end
                  grown(p, n)
                end
              end
              return int(now) .. ' ' .. table.concat(used, ' ') .. ' '
            end
            local out, q = {}, 2
            while q <= #ARGV do
              local what = ARGV[q]
              if what == 'S' then
                local ids = q + 4 + 3 * tonumber(ARGV[q + 3])
                local last = ids + tonumber(ARGV[q + 2]) - 1
                settle_all(holders_of(ARGV[q + 1]), q + 4, ids, last)
                q = last + 1
              elseif what == 'A' then
                local holders, lease, first = ARGV[q + 1], tonumber(ARGV[q + 2]), q + 4
                local last = first + 2 * tonumber(ARGV[q + 3]) - 1
                local answer = admit_all(holders_of(holders), lease, first, last)
                if not answer then
                  answer = {}
                  for at = first, last, 2 do
                    answer[#answer + 1] = ask('a', ARGV[at], tonumber(ARGV[at + 1]), lease, 0, '', holders)
                  end
                end
                out[#out + 1] = answer
                q = last + 1
              else
                local one, two, three = tonumber(ARGV[q + 2]), tonumber(ARGV[q + 3]), tonumber(ARGV[q + 4])
                out[#out + 1] = ask(what, ARGV[q + 1], one, two, three, ARGV[q + 5], ARGV[q + 6])
                q = q + 7
              end
            end
            for _, w in pairs(windows) do if w.dirty then write(w) end end
            for _, p in pairs(places) do move(p) end
            return out
            """);

    private RateScript() {}
}
