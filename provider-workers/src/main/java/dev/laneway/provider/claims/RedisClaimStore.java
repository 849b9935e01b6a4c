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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Claims in Redis. What one turn of the event loop asks for, and what gathers while an earlier question is under way, is one script. Claims
 * of ten seconds' deadlines share a few hundred hashes, which Redis packs: some 60 bytes each, and they expire together, two minutes after
 * the last of their deadlines. Keys: {@code lw:claims:<deadline / 10 s>:<shard>}, field: the attempt's id, value: {@code s:<holder>:<time>}
 * (sent), {@code f} (settled) or {@code u:<holder>:<time>} (given up). The money of an attempt is marked in the same step, see {@link HoldScript}.
 */
public final class RedisClaimStore implements ClaimStore {
    private static final long BUCKET_MILLIS = 10_000;
    private static final long KEPT_MILLIS = 120_000;
    private static final int SHARDS = 256;

    /** Those that may have to make a reservation, or move one back, and so say whose. */
    private static final Set<String> MAY_HOLD = Set.of("b", "w", "d");

    private static final String OTHER_EPOCH = "-";
    private static final String OVER_BUDGET = "$";
    private static final String BUDGETS_AWAY = "!";

    /**
     * Asks: {@code b} begin, {@code f} settle, {@code w} rewrite, {@code d} withdraw, {@code m} money that was paid, {@code r} money that was not;
     * each with epoch, key, field, expiry, time, amount, windows, plan, tokens and deadline.
     */
    private static final Script TURN = Script.of(HoldScript.LUA + """
            local now, mine, out = epoch(), ARGV[1], {}
            for at = 2, #ARGV, 11 do
              local what, seen, key, field, expiry, time, amount, windows, plan, tokens, deadline = unpack(ARGV, at, at + 10)
              if what == 'b' and seen ~= now then
                out[#out + 1] = '-'
              elseif what == 'm' then
                local was = redis.call('HMGET', hold_of(field), 's', 'a', 'w')
                if was[1] then
                  hold_open(was[3], tonumber(amount) - tonumber(was[2]))
                  redis.call('HSET', hold_of(field), 'a', amount, 's', 'd')
                  hold_shift(field, was[1], 'd', time)
                end
                out[#out + 1] = ''
              elseif what == 'r' then
                if redis.call('HGET', hold_of(field), 's') == 'h' then hold_end(field) end
                out[#out + 1] = ''
              elseif what == 'd' then
                local was = redis.call('HGET', key, field) or ''
                if string.sub(was, 1, #mine + 3) == 's:' .. mine .. ':' then
                  redis.call('HDEL', key, field)
                  if windows ~= '' and redis.call('HGET', hold_of(field), 's') == 's' then
                    hold_move(field, 's', 'h', deadline)
                  end
                end
                out[#out + 1] = was
              elseif what == 'f' then
                local was = redis.call('HGET', key, field) or ''
                if was == '' or string.sub(was, 2, #mine + 3) == ':' .. mine .. ':' then
                  if redis.call('HSET', key, field, 'f') == 1 then redis.call('PEXPIREAT', key, expiry) end
                  was = ''
                end
                out[#out + 1] = was
              else
                local was = redis.call('HGET', key, field) or ''
                if was == '' then
                  if redis.call('HSET', key, field, 's:' .. mine .. ':' .. time) == 1 and redis.call('HLEN', key) == 1 then
                    redis.call('PEXPIREAT', key, expiry)
                  end
                end
                -- a claim of its own may be of another epoch, whose server came back with it: its money is not
                if was == '' or string.sub(was, 1, #mine + 3) == 's:' .. mine .. ':' then
                  was = ''
                  if windows ~= '' and what == 'b' then
                    was = hold_sent(field, amount, windows, plan, tokens, deadline, time)
                    if was ~= '' then redis.call('HDEL', key, field) end
                  elseif windows ~= '' then
                    hold_told(field, amount, windows, plan, tokens, deadline, time)
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

    private static final Script GIVE_UP = Script.of("""
            if (redis.call('HGET', ARGV[1], ARGV[2]) or '') ~= ARGV[3] then return 0 end
            redis.call('HSET', ARGV[1], ARGV[2], ARGV[4])
            redis.call('PEXPIREAT', ARGV[1], ARGV[5])
            return 1
            """);

    private final RedisLink link;
    private final String incarnation;
    private final ScriptTurns turns;

    public RedisClaimStore(Context context, RedisLink link, String incarnation) {
        this.link = Objects.requireNonNull(link, "link");
        this.incarnation = Objects.requireNonNull(incarnation, "incarnation");
        this.turns = new ScriptTurns(context, link, TURN, List.of(incarnation));
    }

    @Override
    public String epoch() {
        return link.epoch();
    }

    @Override
    public Future<Begun> begin(Key key, String epoch, long now) {
        String mine = "s:" + incarnation + ":";
        return ask("b", epoch, key, now).map(was -> switch (was) {
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
        return ask("f", "", key, 0).mapEmpty();
    }

    @Override
    public Future<Void> rewrite(Key key, long sentAt) {
        return ask("w", "", key, sentAt).mapEmpty();
    }

    @Override
    public Future<Void> withdraw(Key key) {
        return ask("d", "", key, 0).mapEmpty();
    }

    @Override
    public Future<Void> paid(Key key, long nanos, long now) {
        return ask("m", "", key, now, nanos).mapEmpty();
    }

    @Override
    public Future<Void> unspent(Key key) {
        return ask("r", "", key, 0).mapEmpty();
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
                                String.valueOf(expiry(key))))
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

    private Future<String> ask(String what, String epoch, Key key, long time) {
        return ask(
                what,
                epoch,
                key,
                time,
                key.hold() == null ? 0 : key.hold().amount().nanosUp());
    }

    private Future<String> ask(String what, String epoch, Key key, long time, long nanos) {
        Hold hold = MAY_HOLD.contains(what) ? key.hold() : null;
        return turns.ask(List.of(
                        what,
                        epoch,
                        place(key),
                        key.attempt(),
                        String.valueOf(expiry(key)),
                        String.valueOf(time),
                        String.valueOf(nanos),
                        hold == null ? "" : String.join(" ", hold.windows()),
                        hold == null ? "" : key.plan(),
                        hold == null ? "0" : String.valueOf(hold.maxTokens()),
                        String.valueOf(key.deadline())))
                .map(Response::toString);
    }

    private static String place(Key key) {
        return "lw:claims:" + key.deadline() / BUCKET_MILLIS + ":"
                + Math.floorMod(key.attempt().hashCode(), SHARDS);
    }

    private static long expiry(Key key) {
        return (key.deadline() / BUCKET_MILLIS + 1) * BUCKET_MILLIS + KEPT_MILLIS;
    }

    private static String text(Entry entry) {
        return switch (entry.state()) {
            case SENT -> "s:" + entry.holder() + ":" + entry.at();
            case UNKNOWN -> "u:" + entry.holder() + ":" + entry.at();
            case SETTLED -> "f";
        };
    }

    private static @Nullable Entry parse(String text) {
        if (text.isEmpty()) {
            return null;
        }
        String[] parts = text.split(":", -1);
        return parts.length < 3
                ? new Entry(State.SETTLED, "", 0)
                : new Entry(parts[0].equals("s") ? State.SENT : State.UNKNOWN, parts[1], Long.parseLong(parts[2]));
    }
}
