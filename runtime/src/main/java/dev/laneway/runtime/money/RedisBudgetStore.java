package dev.laneway.runtime.money;

import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.redis.Script;
import dev.laneway.runtime.redis.ScriptTurns;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Budgets in Redis; see {@link HoldScript} for its keys. What routers ask in one turn of an event loop is one request. */
public final class RedisBudgetStore implements Reserver, BudgetStore {
    /**
     * Each line: whether the client said how many tokens it wants ({@code s}) or not ({@code u}), attempt, deadline, what all of it costs, plan and
     * windows; for {@code u} also fixed, per token, tokens and the fewest that will do. What is held as asked is answered by 0, and what is held for
     * fewer tokens by them. Of {@code s} no tokens are kept, which is how its worker tells of it.
     */
    private static final Script RESERVE = Script.of(HoldScript.LUA + """
            local out, ready, sizes, lines, ids, swept, at = {}, hold_ready(), {s = 6, u = 10}, {}, {}, false, 1
            while at <= #ARGV do
              lines[#lines + 1] = at
              ids[#ids + 1] = ARGV[at + 1]
              at = at + sizes[ARGV[at]]
            end
            hold_read(ids)
            local function room_for(windows, amount)
              local room, tight = hold_room(windows)
              if room and amount > room and not swept then
                local time = redis.call('TIME')
                hold_late(time[1] * 1000 + math.floor(time[2] / 1000), 100)
                swept, room, tight = true, hold_room(windows)
              end
              return room, tight
            end
            for _, at in ipairs(lines) do
              local what, id, deadline, cost, plan, windows = unpack(ARGV, at, at + 5)
              local amount = tonumber(cost)
              if not ready then
                out[#out + 1] = {'!'}
              elseif hold_known[id] then
                local was = hold_get(id)
                local held, first = string.match(was.rest, '^(%d+)|[^|]*|(.*)$')
                out[#out + 1] = {'=', first, hold_int(was.amount), held, was.windows}
              else
                local room, tight = room_for(windows, amount)
                if not room then
                  out[#out + 1] = {'?', tight}
                elseif amount <= room then
                  hold_known[id] = 'h ' .. cost .. ' ' .. (what == 's' and '0|' or ARGV[at + 8] .. '|') .. windows .. '|' .. plan
                  hold_changed[id] = deadline
                  hold_open(windows, amount)
                  out[#out + 1] = 0
                else
                  local tokens
                  if what == 'u' then
                    local fixed, per, fewest = tonumber(ARGV[at + 6]), tonumber(ARGV[at + 7]), tonumber(ARGV[at + 9])
                    tokens = tonumber(ARGV[at + 8])
                    local most = per > 0 and math.floor((room - fixed) / per) or -1
                    if fewest < tokens and most >= fewest then
                      tokens = math.min(most, math.max(1024, fewest, math.floor(most / 4)))
                      amount = fixed + per * tokens
                    end
                  end
                  if amount > room then
                    local refused = {'$', tight, hold_int(room)}
                    for _, w in ipairs(hold_list(windows)) do refused[#refused + 1] = hold_int(w.book.spent) end
                    out[#out + 1] = refused
                  else
                    hold_make(id, 'h', amount, hold_int(tokens) .. '|' .. windows .. '|' .. plan, windows, deadline)
                    out[#out + 1] = tokens
                  end
                end
              end
            end
            hold_write()
            return out
            """);

    /** Each line: attempt, amount, windows, whether it corrects. */
    private static final Script BOOK = Script.of(HoldScript.LUA + """
            local lines, sums, ids = {}, {}, {}
            for at = 1, #ARGV, 4 do ids[#ids + 1] = ARGV[at] end
            hold_read(ids)
            for at = 1, #ARGV, 4 do
              local nanos, windows = ARGV[at + 1], ARGV[at + 2]
              if ARGV[at + 3] == '0' then hold_end(ARGV[at]) end
              local line = lines[windows] or {nanos = 0, times = 0, less = false}
              lines[windows] = line
              line.times = line.times + 1
              if tonumber(nanos) < 0 then line.less = true else line.nanos = line.nanos + nanos end
            end
            for windows, line in pairs(lines) do
              for _, w in ipairs(hold_list(windows)) do
                local sum = sums[w.key] or {nanos = 0, times = 0, less = false, text = w.text}
                sum.nanos, sum.times, sum.less = sum.nanos + line.nanos, sum.times + line.times, sum.less or line.less
                sums[w.key] = sum
              end
            end
            for key, sum in pairs(sums) do
              redis.call('HINCRBY', key, 'n', sum.times)
              if redis.call('HEXISTS', key, 'spent') == 1 then
                -- what is known may be a sum that has this row already: counted twice is too strict, taken off twice is not enough
                if sum.less then redis.call('SADD', 'lw:wanted:' .. hold_gen, sum.text) end
                if sum.nanos > 0 then redis.call('HINCRBY', key, 'spent', hold_int(sum.nanos)) end
              else
                local over = string.match(sum.text, '%-(%d+)/%d+$')
                if #over < 16 then redis.call('PEXPIREAT', key, hold_int(tonumber(over) + 604800000)) end
              end
            end
            hold_write()
            return 1
            """);

    private static final Script RELEASE = Script.of(HoldScript.LUA + """
            hold_read(ARGV)
            for at = 1, #ARGV do hold_end(ARGV[at]) end
            hold_write()
            return 1
            """);

    private static final Script WANTED =
            Script.of(HoldScript.LUA + "return redis.call('SPOP', 'lw:wanted:' .. hold_gen, ARGV[1])");

    /** A moment of a window: of this epoch, restored or not yet, with so many bookings. */
    private static final String MOMENT = """
            local function hold_moment(window)
              return hold_gen .. (hold_ready() and 'r' or '-') .. (redis.call('HGET', hold_key(window), 'n') or '0')
            end
            """;

    private static final Script BOOKINGS = Script.of(HoldScript.LUA + MOMENT + "return hold_moment(ARGV[1])");

    private static final Script LOAD = Script.of(HoldScript.LUA + MOMENT + """
            local window, spent, moment = ARGV[1], ARGV[2], ARGV[3]
            local key = hold_key(window)
            if not hold_ready() or hold_moment(window) ~= moment then return 0 end
            redis.call('HSET', key, 'spent', spent)
            local over = string.match(window, '%-(%d+)/%d+$')
            if #over < 16 then redis.call('PEXPIREAT', key, hold_int(tonumber(over) + 604800000)) end
            local time = redis.call('TIME')
            redis.call('SET', hold_since(window), hold_int(time[1] * 1000 + math.floor(time[2] / 1000)), 'NX')
            return 1
            """);

    private static final Script FORGET = Script.of(HoldScript.LUA + """
            redis.call('HDEL', hold_key(ARGV[1]), 'spent')
            redis.call('HINCRBY', hold_key(ARGV[1]), 'n', 1)
            redis.call('DEL', hold_since(ARGV[1]))
            return 1
            """);

    private static final Script READY = Script.of(RedisLink.EPOCH_LUA + """
            if epoch() ~= ARGV[1] then return 0 end
            redis.call('SET', 'lw:budgets', ARGV[1])
            return 1
            """);

    private static final Script IS_READY = Script.of(HoldScript.LUA + "return hold_ready() and 1 or 0");

    private static final Script UNBOOKED = Script.of(HoldScript.LUA + """
            local out = {}
            for i, from in ipairs({hold_from.s, hold_from.d}) do
              local to = from + math.min(tonumber(ARGV[i]), hold_latest)
              local ids = redis.call('ZRANGEBYSCORE', hold_key_order, hold_int(from), hold_int(to), 'LIMIT', 0, ARGV[3])
              hold_read(ids)
              for _, id in ipairs(ids) do
                local is = hold_get(id)
                out[#out + 1] = id
                out[#out + 1] = is and is.windows or ''
              end
            end
            return out
            """);

    private static final Script SWEEP = Script.of(HoldScript.LUA + """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            hold_late(now, 1000)
            hold_write()
            return redis.call('ZCARD', hold_key_order)
            """);

    /** One look at a part of all keys; what is of another epoch goes. */
    private static final Script TIDY = Script.of(HoldScript.LUA + """
            local page = redis.call('SCAN', ARGV[1], 'MATCH', 'lw:*', 'COUNT', 500)
            for _, key in ipairs(page[2]) do
              local kind, gen = string.match(key, '^lw:(%l+):([^:]*:)')
              local mine = kind == 'hold' or kind == 'holds' or kind == 'budget' or kind == 'since' or kind == 'wanted'
              if mine and gen ~= hold_gen then redis.call('UNLINK', key) end
            end
            return page[1]
            """);

    private final RedisLink link;
    private final ScriptTurns<List<String>, Response> reservations;

    public RedisBudgetStore(Context context, RedisLink link) {
        this.link = Objects.requireNonNull(link, "link");
        this.reservations = ScriptTurns.ofWords(context, link, RESERVE, List.of());
    }

    @Override
    public Future<Reserved> reserve(Ask ask) {
        return reservations.ask(words(ask)).map(answer -> reserved(ask, answer));
    }

    private static List<String> words(Ask ask) {
        String deadline = String.valueOf(ask.deadline());
        String cost = String.valueOf(Dues.cost(ask.fixed(), ask.perToken(), ask.tokens()));
        String windows = texts(ask.windows());
        return ask.stated()
                ? List.of("s", ask.attempt(), deadline, cost, ask.plan(), windows)
                : List.of(
                        "u",
                        ask.attempt(),
                        deadline,
                        cost,
                        ask.plan(),
                        windows,
                        String.valueOf(ask.fixed()),
                        String.valueOf(ask.perToken()),
                        String.valueOf(ask.tokens()),
                        String.valueOf(ask.fewest()));
    }

    private static Reserved reserved(Ask ask, Response answer) {
        if (answer.type() == ResponseType.NUMBER) {
            long fewer = answer.toLong();
            long tokens = fewer == 0 ? ask.tokens() : fewer;
            List<String> windows = ask.windows().stream().map(Window::text).toList();
            return new Reserved.Held(ask.plan(), Dues.cost(ask.fixed(), ask.perToken(), tokens), tokens, windows);
        }
        return switch (answer.get(0).toString()) {
            case "=" ->
                new Reserved.Held(
                        answer.get(1).toString(),
                        answer.get(2).toLong(),
                        ask.stated() ? ask.tokens() : answer.get(3).toLong(),
                        List.of(answer.get(4).toString().split(" ", -1)));
            case "$" ->
                new Reserved.Over(
                        Window.parse(answer.get(1).toString()).orElseThrow(),
                        answer.get(2).toLong(),
                        spent(answer));
            case "?" -> new Reserved.Loading();
            default -> new Reserved.NotReady();
        };
    }

    private static List<Long> spent(Response refused) {
        return IntStream.range(3, refused.size())
                .mapToObj(at -> refused.get(at).toLong())
                .toList();
    }

    @Override
    public Future<Void> book(List<Booking> bookings) {
        if (bookings.isEmpty()) {
            return Future.succeededFuture();
        }
        List<String> arguments = new ArrayList<>(bookings.size() * 4);
        for (Booking booking : bookings) {
            arguments.add(booking.attempt());
            arguments.add(String.valueOf(booking.nanos()));
            arguments.add(texts(booking.windows()));
            arguments.add(booking.corrects() ? "1" : "0");
        }
        return link.run(BOOK, arguments).mapEmpty();
    }

    @Override
    public Future<Void> release(List<String> attempts) {
        return attempts.isEmpty()
                ? Future.succeededFuture()
                : link.run(RELEASE, attempts).mapEmpty();
    }

    @Override
    public Future<List<String>> wanted(int most) {
        return link.run(WANTED, List.of(String.valueOf(most))).map(RedisBudgetStore::list);
    }

    @Override
    public Future<String> bookings(Window window) {
        return link.run(BOOKINGS, List.of(window.text())).map(Response::toString);
    }

    @Override
    public Future<Boolean> load(Window window, long spent, String bookings) {
        return link.run(LOAD, List.of(window.text(), String.valueOf(spent), bookings))
                .map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Future<Void> forget(Window window) {
        return link.run(FORGET, List.of(window.text())).mapEmpty();
    }

    @Override
    public Future<Boolean> ready(String epoch) {
        return link.run(READY, List.of(epoch)).map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Future<Boolean> isReady() {
        return link.run(IS_READY, List.of()).map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Future<List<Unbooked>> unbooked(long sentBefore, long settledBefore, int most) {
        return link.run(
                        UNBOOKED,
                        List.of(String.valueOf(sentBefore), String.valueOf(settledBefore), String.valueOf(most)))
                .map(answer -> {
                    List<Unbooked> unbooked = new ArrayList<>(answer.size() / 2);
                    for (int i = 0; i + 1 < answer.size(); i += 2) {
                        unbooked.add(new Unbooked(
                                answer.get(i).toString(),
                                windows(answer.get(i + 1).toString())));
                    }
                    return unbooked;
                });
    }

    private static List<Window> windows(String texts) {
        return Stream.of(texts.split(" ", -1))
                .flatMap(text -> Window.parse(text).stream())
                .toList();
    }

    @Override
    public Future<Long> sweep() {
        return link.run(SWEEP, List.of()).map(Response::toLong);
    }

    @Override
    public Future<Void> tidy() {
        return tidy("0");
    }

    private Future<Void> tidy(String cursor) {
        return link.run(TIDY, List.of(cursor))
                .compose(next -> next.toString().equals("0") ? Future.succeededFuture() : tidy(next.toString()));
    }

    private static List<String> list(Response answer) {
        List<String> list = new ArrayList<>(answer.size());
        answer.forEach(each -> list.add(each.toString()));
        return list;
    }

    private static String texts(List<Window> windows) {
        if (windows.size() == 1) {
            return windows.getFirst().text();
        }
        return windows.stream().map(Window::text).collect(Collectors.joining(" "));
    }
}
