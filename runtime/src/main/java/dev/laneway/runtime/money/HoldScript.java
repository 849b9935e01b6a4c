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
 *   <li>{@code lw:hold:<e>:<attempt>}: a hash of {@code s} (state: {@code h} held, {@code s} sent, {@code d} settled), {@code a} (amount),
 *       {@code w} (windows), {@code p} (plan), {@code t} (tokens), {@code x} (deadline)
 *   <li>{@code lw:holds:<e>:h}, {@code ...:s}, {@code ...:d}: attempts of each state, by deadline, time of sending, time of settling
 * </ul>
 */
public final class HoldScript {
    /**
     * Functions for scripts. {@code hold_end(id)} ends a reservation; {@code hold_room(windows)} tells the least room, whose it is, and
     * whether it is known; {@code hold_make(...)} makes one without asking for room; {@code hold_sent(id, amount, windows, plan, tokens,
     * deadline, time)} marks one sent, makes it anew where it is gone or less than what is sent now (an attempt that was published twice was
     * reserved twice), and answers {@code ''}, or {@code '$'} where there is no room any more, or {@code '!'} where nobody knows;
     * {@code hold_told(...)} of the same marks one sent that was sent, whatever the room.
     *
     * <p>Sums of windows and sets of reservations are read and written once a script, however many it is about: {@code hold_write()} writes
     * them, and is the last thing that a script does which called any of these.
     */
    public static final String LUA = RedisLink.EPOCH_LUA + """
            local hold_epoch = epoch()
            local hold_gen = string.match(hold_epoch, '[^.]*$') .. ':'
            local function hold_of(id) return 'lw:hold:' .. hold_gen .. id end
            local function hold_all(state) return 'lw:holds:' .. hold_gen .. state end
            local function hold_since(w) return 'lw:since:' .. hold_gen .. string.match(w, '^(.*)@') end
            local function hold_key(w) return 'lw:budget:' .. hold_gen .. string.match(w, '^(.*)/%d+$') end
            local function hold_ready() return redis.call('GET', 'lw:budgets') == hold_epoch end
            local function hold_int(n) return string.format('%.0f', n) end
            local hold_books, hold_lists, hold_moves = {}, {}, {}
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
            local function hold_shift(id, from, to, score)
              local move = hold_moves[id] or {from = from}
              move.to, move.score = to, score
              hold_moves[id] = move
            end
            local function hold_many(command, key, list)
              for at = 1, #list, 1000 do redis.call(command, key, unpack(list, at, math.min(at + 999, #list))) end
            end
            local function hold_write()
              local gone, come = {h = {}, s = {}, d = {}}, {h = {}, s = {}, d = {}}
              for id, move in pairs(hold_moves) do
                if move.from and move.from ~= move.to then table.insert(gone[move.from], id) end
                if move.to then
                  table.insert(come[move.to], move.score)
                  table.insert(come[move.to], id)
                end
              end
              for state in pairs(gone) do
                hold_many('ZREM', hold_all(state), gone[state])
                hold_many('ZADD', hold_all(state), come[state])
              end
              for key, book in pairs(hold_books) do
                if book.opened ~= 0 then redis.call('HINCRBY', key, 'open', hold_int(book.opened)) end
              end
              hold_books, hold_lists, hold_moves = {}, {}, {}
            end
            local function hold_end(id)
              local was = redis.call('HMGET', hold_of(id), 'a', 'w', 's')
              if was[1] then
                hold_open(was[2], -tonumber(was[1]))
                redis.call('DEL', hold_of(id))
                hold_shift(id, was[3])
              end
              return was[1] and 1 or 0
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
            local function hold_make(id, state, amount, windows, plan, tokens, deadline, score)
              redis.call('HSET', hold_of(id), 's', state, 'a', hold_int(amount), 'w', windows, 'p', plan, 't', tokens, 'x', deadline)
              hold_shift(id, nil, state, score)
              hold_open(windows, amount)
            end
            local function hold_move(id, from, to, score)
              redis.call('HSET', hold_of(id), 's', to)
              hold_shift(id, from, to, score)
            end
            local function hold_sent(id, amount, windows, plan, tokens, deadline, time)
              local was = redis.call('HMGET', hold_of(id), 's', 'a', 'w')
              if was[1] == 'h' and tonumber(amount) <= tonumber(was[2]) and windows == was[3] then
                hold_move(id, 'h', 's', time)
                return ''
              end
              if was[1] and was[1] ~= 'h' then return '' end
              if not hold_ready() then return '!' end
              hold_end(id)
              local room = hold_room(windows)
              if not room then return '!' end
              if tonumber(amount) > room then return '$' end
              hold_make(id, 's', tonumber(amount), windows, plan, tokens, deadline, time)
              return ''
            end
            local function hold_told(id, amount, windows, plan, tokens, deadline, time)
              local state = redis.call('HGET', hold_of(id), 's')
              if state == 'h' then hold_end(id) end
              if not state or state == 'h' then
                hold_make(id, 's', tonumber(amount), windows, plan, tokens, deadline, time)
              end
            end
            """;

    private HoldScript() {}
}
