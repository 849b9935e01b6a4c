package dev.laneway.provider.claims;

import dev.laneway.contracts.Hold;
import dev.laneway.runtime.money.HoldScript;
import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.redis.Script;
import dev.laneway.runtime.redis.ScriptTurns;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Claims in Redis. What one turn of the event loop asks for, and what gathers while an earlier question is under way, is one script. Claims
 * of ten seconds' deadlines share a few hundred hashes, which Redis packs: some 60 bytes each, and they expire together, two minutes after
 * the last of their deadlines. Keys: {@code lw:claims:<deadline / 10 s>:<shard>}, field: the attempt's id, value: {@code s:<holder>:<time>}
 * (sent), {@code t:<holder>:<time>} (about to be told of as not sent), {@code f} (settled) or {@code u:<holder>:<time>} (given up). The money of an attempt is marked in the same step, see {@link HoldScript}.
 */
public final class RedisClaimStore implements ClaimStore {
    private static final long BUCKET_MILLIS = 10_000;
    private static final long KEPT_MILLIS = 120_000;
    private static final int SHARDS = 256;

    private static final String OTHER_EPOCH = "-";
    private static final String OVER_BUDGET = "$";
    private static final String BUDGETS_AWAY = "!";

    /**
     * Asks, each with the attempt and then its own words: {@code b} begin and {@code w} rewrite (the reservation's rest, key, epoch, time, amount),
     * {@code d} withdraw (windows, key, deadline), {@code t} return (windows, key, deadline, time), {@code f} settle (key), {@code m} money that was
     * paid (the reservation's rest, what is held, how much, time), {@code r} money that was not. Windows and rest are empty where there is no money.
     */
    private static final Script TURN = Script.of(
            HoldScript.LUA + "local bucket_millis, kept_millis = " + BUCKET_MILLIS + ", " + KEPT_MILLIS + "\n" + """
            local function expire(key)
              local bucket = string.match(key, '^lw:claims:(%d+):')
              redis.call('PEXPIREAT', key, hold_int((bucket + 1) * bucket_millis + kept_millis))
            end
            local now, mine, out = epoch(), ARGV[1], {}
            local sizes, asks, ids, at = {b = 7, w = 7, d = 5, t = 6, f = 3, m = 6, r = 2}, {}, {}, 2
            while at <= #ARGV do
              local what = ARGV[at]
              asks[#asks + 1] = at
              if what == 'm' or what == 'r' or what ~= 'f' and ARGV[at + 2] ~= '' then ids[#ids + 1] = ARGV[at + 1] end
              at = at + sizes[what]
            end
            hold_read(ids)
            for _, at in ipairs(asks) do
              local what, field = ARGV[at], ARGV[at + 1]
              if what == 'm' then
                local rest, held, amount, time = unpack(ARGV, at + 2, at + 5)
                hold_paid(field, held, rest, amount, time)
                out[#out + 1] = ''
              elseif what == 'r' then
                local is = hold_get(field)
                if is and is.state == 'h' then hold_end(field) end
                out[#out + 1] = ''
              elseif what == 'd' then
                local windows, key, deadline = unpack(ARGV, at + 2, at + 4)
                local was = redis.call('HGET', key, field) or ''
                if string.sub(was, 1, #mine + 3) == 's:' .. mine .. ':' then
                  redis.call('HDEL', key, field)
                  local is = windows ~= '' and hold_get(field)
                  if is and is.state == 's' then hold_move(field, 'h', deadline) end
                end
                out[#out + 1] = was
              elseif what == 't' then
                local windows, key, deadline, time = unpack(ARGV, at + 2, at + 5)
                local was = redis.call('HGET', key, field) or ''
                local begun = string.sub(was, 1, #mine + 3) == 's:' .. mine .. ':'
                if was == '' or begun then
                  if redis.call('HSET', key, field, 't:' .. mine .. ':' .. time) == 1 then expire(key) end
                  local is = begun and windows ~= '' and hold_get(field)
                  if is and is.state == 's' then hold_move(field, 'h', deadline) end
                  was = ''
                elseif string.sub(was, 2, #mine + 3) == ':' .. mine .. ':' then
                  was = ''
                end
                out[#out + 1] = was
              elseif what == 'f' then
                local key = ARGV[at + 2]
                local was = redis.call('HGET', key, field) or ''
                if was == '' or string.sub(was, 2, #mine + 3) == ':' .. mine .. ':' then
                  if redis.call('HSET', key, field, 'f') == 1 then expire(key) end
                  was = ''
                end
                out[#out + 1] = was
              else
                local rest, key, seen, time, amount = unpack(ARGV, at + 2, at + 6)
                local was = what == 'b' and seen ~= now and '-' or redis.call('HGET', key, field) or ''
                if was == '' then
                  if redis.call('HSET', key, field, 's:' .. mine .. ':' .. time) == 1 and redis.call('HLEN', key) == 1 then
                    expire(key)
                  end
                end
                -- a claim of its own may be of another epoch, whose server came back with it: its money is not
                if was == '' or string.sub(was, 1, #mine + 3) == 's:' .. mine .. ':' then
                  was = ''
                  if rest ~= '' and what == 'b' then
                    was = hold_sent(field, amount, rest, time)
                    if was ~= '' then redis.call('HDEL', key, field) end
                  elseif rest ~= '' then
                    hold_told(field, amount, rest, time)
                  end
                end
                out[#out + 1] = was
              end
            end
            hold_write()
            return out
            """);

    private static final Script LOOK = Script.of(RedisLink.EPOCH_LUA + """
            local was = redis.call('HGET', ARGV[1], ARGV[2]) or ''
            local holder = string.match(was, '^%l:([^:]+):')
            return {epoch(), was, holder and redis.call('EXISTS', 'lw:alive:' .. holder) or 0}
            """);

    private static final Script FORGET = Script.of("""
            if (redis.call('HGET', ARGV[1], ARGV[2]) or '') ~= ARGV[3] then return 0 end
            redis.call('HDEL', ARGV[1], ARGV[2])
            return 1
            """);

    private static final Script GIVE_UP = Script.of("""
            if (redis.call('HGET', ARGV[1], ARGV[2]) or '') ~= ARGV[3] then return 0 end
            redis.call('HSET', ARGV[1], ARGV[2], ARGV[4])
            redis.call('PEXPIREAT', ARGV[1], ARGV[5])
            return 1
            """);

    private final RedisLink link;
    private final String incarnation;
    private final ScriptTurns<List<String>, Response> turns;

    public RedisClaimStore(Context context, RedisLink link, String incarnation) {
        this.link = Objects.requireNonNull(link, "link");
        this.incarnation = Objects.requireNonNull(incarnation, "incarnation");
        this.turns = ScriptTurns.ofWords(context, link, TURN, List.of(incarnation));
    }

    @Override
    public String epoch() {
        return link.epoch();
    }

    @Override
    public Future<Begun> begin(Key key, String epoch, long now) {
        String mine = "s:" + incarnation + ":";
        return claim("b", epoch, key, now).map(was -> switch (was) {
            case OTHER_EPOCH -> {
                link.doubt();
                yield Begun.OTHER_EPOCH;
            }
            case OVER_BUDGET -> Begun.OVER_BUDGET;
            case BUDGETS_AWAY -> Begun.BUDGETS_AWAY;
            // an answer of ours that was lost on its way is an answer
            default -> was.isEmpty() || was.startsWith(mine) ? Begun.GRANTED : Begun.TAKEN;
        });
    }

    @Override
    public Future<Void> settled(Key key) {
        return ask(List.of("f", key.attempt(), place(key))).mapEmpty();
    }

    @Override
    public Future<Void> rewrite(Key key, long sentAt) {
        return claim("w", "", key, sentAt).mapEmpty();
    }

    @Override
    public Future<Void> withdraw(Key key) {
        return ask(List.of("d", key.attempt(), windows(key.hold()), place(key), String.valueOf(key.deadline())))
                .mapEmpty();
    }

    @Override
    public Future<Boolean> returning(Key key, long now) {
        return ask(List.of(
                        "t",
                        key.attempt(),
                        windows(key.hold()),
                        place(key),
                        String.valueOf(key.deadline()),
                        String.valueOf(now)))
                .map(String::isEmpty);
    }

    @Override
    public Future<Boolean> forget(Key key, Entry expected) {
        return link.run(FORGET, List.of(place(key), key.attempt(), text(expected)))
                .map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Future<Void> paid(Key key, long nanos, long now) {
        Hold hold = key.hold();
        return ask(List.of("m", key.attempt(), rest(key), amount(hold), String.valueOf(nanos), String.valueOf(now)))
                .mapEmpty();
    }

    @Override
    public Future<Void> unspent(Key key) {
        return ask(List.of("r", key.attempt())).mapEmpty();
    }

    @Override
    public Future<Seen> look(Key key) {
        return link.run(LOOK, List.of(place(key), key.attempt()))
                .map(answer -> new Seen(
                        answer.get(0).toString(),
                        parse(answer.get(1).toString()),
                        answer.get(2).toInteger() == 1));
    }

    @Override
    public Future<Boolean> giveUp(Key key, @Nullable Entry expected, long now) {
        return link.run(
                        GIVE_UP,
                        List.of(
                                place(key),
                                key.attempt(),
                                expected == null ? "" : text(expected),
                                text(new Entry(State.UNKNOWN, incarnation, now)),
                                expiry(key)))
                .map(answer -> answer.toInteger() == 1);
    }

    @Override
    public String incarnation() {
        return incarnation;
    }

    @Override
    public boolean heard() {
        return link.heard();
    }

    private Future<String> claim(String what, String epoch, Key key, long time) {
        return ask(
                List.of(what, key.attempt(), rest(key), place(key), epoch, String.valueOf(time), amount(key.hold())));
    }

    private static String amount(@Nullable Hold hold) {
        return hold == null ? "0" : String.valueOf(hold.amount().nanosUp());
    }

    private static String rest(Key key) {
        Hold hold = key.hold();
        return hold == null || hold.windows().isEmpty()
                ? ""
                : HoldScript.rest(hold.maxTokens(), windows(hold), key.plan());
    }

    private Future<String> ask(List<String> words) {
        return turns.ask(words).map(Response::toString);
    }

    private static String windows(@Nullable Hold hold) {
        return hold == null ? "" : String.join(" ", hold.windows());
    }

    private static String place(Key key) {
        return "lw:claims:" + key.deadline() / BUCKET_MILLIS + ":"
                + Math.floorMod(key.attempt().hashCode(), SHARDS);
    }

    private static String expiry(Key key) {
        return String.valueOf((key.deadline() / BUCKET_MILLIS + 1) * BUCKET_MILLIS + KEPT_MILLIS);
    }

    private static String text(Entry entry) {
        return switch (entry.state()) {
            case SENT -> "s:" + entry.holder() + ":" + entry.at();
            case RETURNING -> "t:" + entry.holder() + ":" + entry.at();
            case UNKNOWN -> "u:" + entry.holder() + ":" + entry.at();
            case SETTLED -> "f";
        };
    }

    private static @Nullable Entry parse(String text) {
        if (text.isEmpty()) {
            return null;
        }
        String[] parts = text.split(":", -1);
        if (parts.length < 3) {
            return new Entry(State.SETTLED, "", 0);
        }
        State state = switch (parts[0]) {
            case "s" -> State.SENT;
            case "t" -> State.RETURNING;
            default -> State.UNKNOWN;
        };
        return new Entry(state, parts[1], Long.parseLong(parts[2]));
    }
}
