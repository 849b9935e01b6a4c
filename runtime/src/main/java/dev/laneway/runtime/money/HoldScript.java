package dev.laneway.runtime.money;

import dev.laneway.runtime.redis.RedisLink;

/**
 * The Lua that all scripts about reservations share. All keys but the first have the epoch's random part in their names ({@code <e>}), so what a
 * server that came back brought with it is never mistaken for what is so now. Keys in Redis:
 *
 * <ul>
 *   <li>{@code lw:budgets}: the epoch whose budgets are restored
 *   <li>{@code lw:budget:<e>:<window>}: a hash of {@code spent} (booked, billionths of a dollar; absent while it is not known), {@code open} (the
 *       sum of its reservations) and {@code n} (how often was booked, or what was known was forgotten)
 *   <li>{@code lw:since:<e>:<budget>}: since when it is known: what begins later begins with nothing spent
 *   <li>{@code lw:wanted:<e>:}: a set of windows whose spending somebody wants to know
 *   <li>{@code lw:hold:<e>:}: a hash of reservations by attempt, each {@code state amount tokens|windows|plan}; the state is {@code h} (held),
 *       {@code s} (sent) or {@code d} (settled)
 *   <li>{@code lw:holds:<e>:}: attempts, by the deadline of what is held, {@link #SENT} more than the time of sending, {@link #SETTLED} more than
 *       the time of settling
 * </ul>
 */
public final class HoldScript {
    /** What the order of reservations has for those that were sent, beside the time. A sum with epoch milliseconds is exact in a double. */
    public static final long SENT = 4_000_000_000_000_000L;

    /** The same for those that are settled. */
    public static final long SETTLED = 8_000_000_000_000_000L;

    /** What the order has for each state, and the latest moment that is not taken for one of the next state. */
    private static final String STATES = "local hold_from, hold_latest = {h = 0, s = " + SENT + ", d = " + SETTLED
            + "}, " + (SETTLED - SENT - 1) + "\n";

    /**
     * Functions for scripts. {@code hold_read(ids)} reads reservations at once, {@code hold_get(id)} tells one, or nil; {@code hold_end(id)} ends
     * one; {@code hold_room(windows)} tells the least room, whose it is, and whether it is known; {@code hold_make(...)} makes one without asking
     * for room; {@code hold_sent(id, amount, rest, time)} marks one sent, makes it anew where it is gone or less than
     * what is sent now (an attempt that was published twice was reserved twice), and answers {@code ''}, or {@code '$'} where there is no room any
     * more, or {@code '!'} where nobody knows; {@code hold_told(...)} of the same marks one sent that was sent, whatever the room;
     * {@code hold_paid(id, held, rest, amount, time)} settles one. A reservation is not taken apart where it is, as text, what whoever
     * tells of it says: that costs more than to read and to write it.
     *
     * <p>Sums of windows and reservations are read and written once a script, however many it is about, for each word with Redis costs more than
     * what it does: {@code hold_write()} writes them, and is the last thing that a script does which called any of these.
     */
    public static final String LUA = RedisLink.EPOCH_LUA + STATES + """
            local hold_epoch = epoch()
            local hold_gen = string.match(hold_epoch, '[^.]*$') .. ':'
            local hold_key_all, hold_key_order = 'lw:hold:' .. hold_gen, 'lw:holds:' .. hold_gen
            local function hold_since(w) return 'lw:since:' .. hold_gen .. string.match(w, '^(.*)@') end
            local function hold_key(w) return 'lw:budget:' .. hold_gen .. string.match(w, '^(.*)/%d+$') end
            local function hold_ready() return redis.call('GET', 'lw:budgets') == hold_epoch end
            local function hold_int(n) return string.format('%d', n) end
            local hold_books, hold_lists, hold_known, hold_changed = {}, {}, {}, {}
            local function hold_list(windows)
              local list = hold_lists[windows]
              if not list then
                list = {}
                for w in string.gmatch(windows, '%S+') do
                  local key = hold_key(w)
                  hold_books[key] = hold_books[key] or {opened = 0}
                  list[#list + 1] = {text = w, key = key, limit = tonumber(string.match(w, '/(%d+)$')), book = hold_books[key]}
                end
                hold_lists[windows] = list
              end
              return list
            end
            local function hold_open(windows, by)
              for _, w in ipairs(hold_list(windows)) do w.book.opened = w.book.opened + by end
            end
            local function hold_each(list, act)
              for at = 1, #list, 1000 do act(at, math.min(at + 999, #list)) end
            end
            local function hold_read(ids)
              local unread = {}
              for _, id in ipairs(ids) do
                if hold_known[id] == nil then unread[#unread + 1] = id end
              end
              hold_each(unread, function(from, to)
                local texts = redis.call('HMGET', hold_key_all, unpack(unread, from, to))
                for i = from, to do hold_known[unread[i]] = texts[i - from + 1] end
              end)
            end
            local function hold_kept(id)
              if hold_known[id] == nil then hold_read({id}) end
              return hold_known[id]
            end
            local function hold_get(id)
              local is = hold_kept(id)
              if type(is) == 'string' then
                local state, amount, rest, windows = string.match(is, '^(%l) (%d+) (%d+|([^|]*)|.*)$')
                is = {state = state, amount = tonumber(amount), rest = rest, windows = windows}
                hold_known[id] = is
              end
              return is or nil
            end
            local function hold_end(id)
              local was = hold_kept(id)
              if not was then return 0 end
              if type(was) == 'string' then
                local amount, windows = string.match(was, '^%l (%d+) %d+|([^|]*)|')
                hold_open(windows, -amount)
              else
                hold_open(was.windows, -was.amount)
              end
              hold_known[id], hold_changed[id] = false, true
              return 1
            end
            local function hold_write()
              local come, order, gone = {}, {}, {}
              for id, at in pairs(hold_changed) do
                local is = hold_known[id]
                if is then
                  come[#come + 1] = id
                  come[#come + 1] = type(is) == 'string' and is or is.state .. ' ' .. hold_int(is.amount) .. ' ' .. is.rest
                  if at ~= true then
                    order[#order + 1] = at
                    order[#order + 1] = id
                  end
                else
                  gone[#gone + 1] = id
                end
              end
              hold_each(come, function(from, to) redis.call('HSET', hold_key_all, unpack(come, from, to)) end)
              hold_each(order, function(from, to) redis.call('ZADD', hold_key_order, unpack(order, from, to)) end)
              hold_each(gone, function(from, to)
                redis.call('HDEL', hold_key_all, unpack(gone, from, to))
                redis.call('ZREM', hold_key_order, unpack(gone, from, to))
              end)
              for key, book in pairs(hold_books) do
                if book.opened ~= 0 then redis.call('HINCRBY', key, 'open', hold_int(book.opened)) end
              end
            end
            local function hold_late(now, most)
              local late = redis.call('ZRANGEBYSCORE', hold_key_order, '-inf', '(' .. hold_int(now), 'LIMIT', 0, most)
              hold_read(late)
              for _, id in ipairs(late) do
                hold_end(id)
                hold_changed[id] = true
              end
            end
            local function hold_room(windows)
              local room, tight
              for _, w in ipairs(hold_list(windows)) do
                local book = w.book
                if not book.spent then
                  local at = redis.call('HMGET', w.key, 'spent', 'open', 'n')
                  if not at[1] then
                    local start, over = string.match(w.text, '@(%d+)%-(%d+)/%d+$')
                    local since = redis.call('GET', hold_since(w.text))
                    redis.call('SADD', 'lw:wanted:' .. hold_gen, w.text)
                    if at[3] or not since or tonumber(start) < tonumber(since) then return nil, w.text end
                    redis.call('HSET', w.key, 'spent', '0')
                    if #over < 16 then redis.call('PEXPIREAT', w.key, hold_int(tonumber(over) + 604800000)) end
                  end
                  book.spent, book.open = tonumber(at[1] or '0'), tonumber(at[2] or '0')
                end
                local left = w.limit - book.spent - book.open - book.opened
                if not room or left < room then room, tight = left, w.text end
              end
              return room, tight
            end
            local hold_at_state, hold_at_time, hold_at_is
            local function hold_at(state, time)
              if state ~= hold_at_state or time ~= hold_at_time then
                hold_at_state, hold_at_time, hold_at_is = state, time, hold_int(hold_from[state] + time)
              end
              return hold_at_is
            end
            local function hold_make(id, state, amount, rest, windows, time)
              hold_known[id], hold_changed[id] = state .. ' ' .. hold_int(amount) .. ' ' .. rest, hold_at(state, time)
              hold_open(windows, amount)
            end
            local function hold_move(id, state, time)
              hold_known[id].state, hold_changed[id] = state, hold_at(state, time)
            end
            local hold_rests = {}
            local function hold_windows(rest)
              local windows = hold_rests[rest]
              if not windows then
                windows = string.match(rest, '^%d+|([^|]*)|')
                hold_rests[rest] = windows
              end
              return windows
            end
            local function hold_sent(id, amount, rest, time)
              if hold_known[id] == 'h ' .. amount .. ' ' .. rest then
                hold_known[id], hold_changed[id] = 's ' .. amount .. ' ' .. rest, hold_at('s', time)
                return ''
              end
              local was, windows = hold_get(id), hold_windows(rest)
              if was and was.state == 'h' and tonumber(amount) <= was.amount and windows == was.windows then
                hold_move(id, 's', time)
                return ''
              end
              if was and was.state ~= 'h' then return '' end
              if not hold_ready() then return '!' end
              hold_end(id)
              local room = hold_room(windows)
              if not room then return '!' end
              if tonumber(amount) > room then return '$' end
              hold_make(id, 's', tonumber(amount), rest, windows, time)
              return ''
            end
            local function hold_told(id, amount, rest, time)
              local was = hold_get(id)
              if was and was.state ~= 'h' then return end
              hold_end(id)
              hold_make(id, 's', tonumber(amount), rest, hold_windows(rest), time)
            end
            local function hold_paid(id, held, rest, amount, time)
              if hold_known[id] == 's ' .. held .. ' ' .. rest then
                hold_open(hold_windows(rest), amount - held)
                hold_known[id], hold_changed[id] = 'd ' .. amount .. ' ' .. rest, hold_at('d', time)
                return
              end
              local is = hold_get(id)
              if not is then return end
              amount = tonumber(amount)
              -- two may tell of it, where one was taken for dead: which of them is booked is not known here
              if is.state == 'd' then amount = math.max(amount, is.amount) end
              hold_open(is.windows, amount - is.amount)
              is.amount = amount
              hold_move(id, 'd', time)
            end
            """;

    /** What a reservation's text has behind its state and amount. */
    public static String rest(long tokens, String windows, String plan) {
        return tokens + "|" + windows + "|" + plan;
    }

    private HoldScript() {}
}
