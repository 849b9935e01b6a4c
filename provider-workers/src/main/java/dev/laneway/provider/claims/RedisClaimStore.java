package dev.laneway.provider.claims;

import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.redis.Script;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Claims in Redis. What one turn of the event loop asks for, and what gathers while an earlier question is under way, is one script. Claims
 * of ten seconds' deadlines share a few hundred hashes, which Redis packs: some 60 bytes each, and they expire together, two minutes after
 * the last of their deadlines. Keys: {@code lw:claims:<deadline / 10 s>:<shard>}, field: the attempt's id, value: {@code s:<holder>:<time>}
 * (sent), {@code f} (settled) or {@code u:<holder>:<time>} (given up).
 */
public final class RedisClaimStore implements ClaimStore {
    private static final int LARGEST_BATCH = 500;
    private static final int UNDER_WAY = 2;
    private static final long BUCKET_MILLIS = 10_000;
    private static final long KEPT_MILLIS = 120_000;
    private static final int SHARDS = 256;

    private static final String OTHER_EPOCH = "-";

    /** Asks: {@code b} begin, {@code f} settle, {@code w} rewrite, {@code d} withdraw; each with key, field, expiry and time. */
    private static final Script TURN = Script.of(RedisLink.EPOCH_LUA + """
            local now, mine, out = epoch(), ARGV[1], {}
            for at = 2, #ARGV, 6 do
              local what, seen, key, field, expiry, time = unpack(ARGV, at, at + 5)
              if what == 'b' and seen ~= now then
                out[#out + 1] = '-'
              elseif what == 'd' then
                local was = redis.call('HGET', key, field) or ''
                if string.sub(was, 1, #mine + 3) == 's:' .. mine .. ':' then redis.call('HDEL', key, field) end
                out[#out + 1] = was
              elseif what == 'f' then
                local was = redis.call('HGET', key, field) or ''
                if was == '' or string.sub(was, 2, #mine + 3) == ':' .. mine .. ':' then
                  if redis.call('HSET', key, field, 'f') == 1 then redis.call('PEXPIREAT', key, expiry) end
                  was = ''
                end
                out[#out + 1] = was
              else
                local was = ''
                if redis.call('HSETNX', key, field, 's:' .. mine .. ':' .. time) == 1 then
                  if redis.call('HLEN', key) == 1 then redis.call('PEXPIREAT', key, expiry) end
                else
                  was = redis.call('HGET', key, field)
                end
                out[#out + 1] = was
              end
            end
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

    private final Context context;
    private final RedisLink link;
    private final String incarnation;
    private List<Ask> waiting = new ArrayList<>();
    private int underWay;
    private boolean sendDue;

    /** One line of a script's question. */
    private record Ask(String what, String epoch, Key key, long time, Promise<String> answer) {}

    public RedisClaimStore(Context context, RedisLink link, String incarnation) {
        this.context = Objects.requireNonNull(context);
        this.link = Objects.requireNonNull(link);
        this.incarnation = Objects.requireNonNull(incarnation);
    }

    @Override
    public String epoch() {
        return link.epoch();
    }

    @Override
    public Future<Begun> begin(Key key, String epoch, long now) {
        String mine = "s:" + incarnation + ":";
        return ask("b", epoch, key, now).map(was -> {
            if (was.equals(OTHER_EPOCH)) {
                link.doubt();
                return Begun.OTHER_EPOCH;
            }
            // an answer of ours that was lost on its way is an answer
            return was.isEmpty() || was.startsWith(mine) ? Begun.GRANTED : Begun.TAKEN;
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
        Ask ask = new Ask(what, epoch, key, time, Promise.promise());
        waiting.add(ask);
        if (!sendDue && underWay < UNDER_WAY) {
            sendDue = true;
            context.runOnContext(v -> send());
        }
        return ask.answer.future();
    }

    private void send() {
        sendDue = false;
        while (!waiting.isEmpty() && underWay < UNDER_WAY) {
            int size = Math.min(LARGEST_BATCH, waiting.size());
            List<Ask> batch = List.copyOf(waiting.subList(0, size));
            waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
            underWay++;
            link.run(TURN, arguments(batch)).onComplete((answer, cause) -> {
                underWay--;
                answered(batch, answer, cause);
                send();
            });
        }
    }

    private static void answered(List<Ask> batch, @Nullable Response answer, @Nullable Throwable cause) {
        for (int i = 0; i < batch.size(); i++) {
            if (answer == null) {
                batch.get(i).answer.fail(cause);
            } else {
                batch.get(i).answer.complete(answer.get(i).toString());
            }
        }
    }

    private List<String> arguments(List<Ask> batch) {
        List<String> arguments = new ArrayList<>(batch.size() * 6 + 1);
        arguments.add(incarnation);
        for (Ask ask : batch) {
            arguments.add(ask.what);
            arguments.add(ask.epoch);
            arguments.add(place(ask.key));
            arguments.add(ask.key.attempt());
            arguments.add(String.valueOf(expiry(ask.key)));
            arguments.add(String.valueOf(ask.time));
        }
        return arguments;
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
