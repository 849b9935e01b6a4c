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
            local function hold_open(windows, by)
              for w in string.gmatch(windows, '%S+') do redis.call('HINCRBY', hold_key(w), 'open', hold_int(by)) end
            end
            local function hold_end(id)
              local was = redis.call('HMGET', hold_of(id), 'a', 'w', 's')
              if was[1] then
                hold_open(was[2], -tonumber(was[1]))
                redis.call('DEL', hold_of(id))
                redis.call('ZREM', hold_all(was[3]), id)
              end
              return was[1] and 1 or 0
            end
            local function hold_room(windows)
              local room, tight
              for w in string.gmatch(windows, '%S+') do
                local key = hold_key(w)
                local at = redis.call('HMGET', key, 'spent', 'open', 'n')
                local spent = at[1]
                if not spent then
                  local start, over = string.match(w, '@(%d+)%-(%d+)/%d+$')
                  local since = redis.call('GET', hold_since(w))
                  redis.call('SADD', 'lw:wanted:' .. hold_gen, w)
                  if at[3] or not since or tonumber(start) < tonumber(since) then return nil, w end
                  redis.call('HSET', key, 'spent', '0')
                  if #over < 16 then redis.call('PEXPIREAT', key, hold_int(tonumber(over) + 604800000)) end
                  spent = '0'
                end
                local left = tonumber(string.match(w, '/(%d+)$')) - tonumber(spent) - tonumber(at[2] or '0')
                if not room or left < room then room, tight = left, w end
              end
              return room, tight
            end
            local function hold_make(id, state, amount, windows, plan, tokens, deadline, score)
              redis.call('HSET', hold_of(id), 's', state, 'a', hold_int(amount), 'w', windows, 'p', plan, 't', tokens, 'x', deadline)
              redis.call('ZADD', hold_all(state), score, id)
              hold_open(windows, amount)
            end
            local function hold_move(id, from, to, score)
              redis.call('HSET', hold_of(id), 's', to)
              redis.call('ZREM', hold_all(from), id)
              redis.call('ZADD', hold_all(to), score, id)
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
