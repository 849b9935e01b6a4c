package dev.laneway.runtime.idempotency;

import dev.laneway.contracts.ClientNames;
import dev.laneway.contracts.Fact;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.redis.Script;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Names in Redis. {@code lw:idem:key:DIGEST} is a hash: {@code id}, {@code body}, {@code state} ({@code open}; {@code kept}; {@code free}
 * for a request that ended and left its key to others) and {@code end}, the terminal fact. {@code lw:idem:label:DIGEST} is an id. {@code
 * lw:idem:restored} is the {@code run_id} of the server that holds all that the log says: emptied, it has no such key; started
 * anew or failed over, it has another server's.
 */
public final class RedisIdempotency implements IdempotencyStore, IdempotencyRecords {
    private static final String RESTORED = "lw:idem:restored";
    private static final String RESTORING = "lw:idem:restoring:";
    /** Longer than the log takes to be read. */
    private static final Duration LONGEST_RESTORING = Duration.ofHours(1);

    private static final String KEY = "lw:idem:key:";
    private static final String LABEL = "lw:idem:label:";
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);

    private static final Script CLAIM = Script.of("""
            if redis.call('get', KEYS[1]) ~= ARGV[1] then return {'lost'} end
            local had = redis.call('hmget', KEYS[2], 'id', 'body', 'state', 'end')
            if had[1] and had[3] ~= 'free' then return {'taken', had[1], had[2], had[4] or ''} end
            redis.call('del', KEYS[2])
            redis.call('hset', KEYS[2], 'id', ARGV[2], 'body', ARGV[3], 'state', 'open')
            redis.call('pexpire', KEYS[2], ARGV[4])
            return {'granted'}
            """);

    private static final Script KEEP = Script.of("""
            if redis.call('hget', KEYS[1], 'id') ~= ARGV[1] then return 0 end
            if redis.call('pttl', KEYS[1]) < tonumber(ARGV[2]) then redis.call('pexpire', KEYS[1], ARGV[2]) end
            return 1
            """);

    private static final Script RELEASE = Script.of("""
            if redis.call('hget', KEYS[1], 'id') ~= ARGV[1] then return 0 end
            return redis.call('del', KEYS[1])
            """);

    private static final Script FIND = Script.of("""
            local id = redis.call('hget', KEYS[2], 'id') or redis.call('get', KEYS[3])
            if id then return {'known', id} end
            if redis.call('get', KEYS[1]) ~= ARGV[1] then return {'lost'} end
            return {'nothing'}
            """);

    /** Ids sort by time: what is said of an older request than the one that has the name is no news. */
    private static final Script WRITE_KEY = Script.of("""
            local had = redis.call('hmget', KEYS[1], 'id', 'state')
            if had[1] and had[1] > ARGV[1] then return 0 end
            if had[1] == ARGV[1] and (had[2] ~= 'open' or ARGV[3] == 'open') then
              if redis.call('pttl', KEYS[1]) < tonumber(ARGV[5]) then redis.call('pexpire', KEYS[1], ARGV[5]) end
              return 0
            end
            redis.call('del', KEYS[1])
            redis.call('hset', KEYS[1], 'id', ARGV[1], 'body', ARGV[2], 'state', ARGV[3], 'end', ARGV[4])
            redis.call('pexpire', KEYS[1], ARGV[5])
            return 1
            """);

    private static final Script WRITE_LABEL = Script.of("""
            local had = redis.call('get', KEYS[1])
            if had and had > ARGV[1] then return 0 end
            redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
            return 1
            """);

    private static final Script RESTORED_SINCE = Script.of("""
            if redis.call('del', KEYS[2]) == 0 then return 0 end
            redis.call('set', KEYS[1], ARGV[1])
            return 1
            """);

    private final ServerLink link;

    private RedisIdempotency(ServerLink link) {
        this.link = link;
    }

    /**
     * Opens it on the current context; it connects when it is first asked.
     *
     * @param url {@code redis://[user:password@]host:port[/db]}
     */
    public static RedisIdempotency open(Vertx vertx, String url) {
        return new RedisIdempotency(ServerLink.open(vertx, url));
    }

    @Override
    public Future<Claim> claim(ClientNames names, String requestId, Duration provisional) {
        String key = Objects.requireNonNull(names.key(), "key");
        String body = Objects.requireNonNull(names.body(), "body");
        return link.linked()
                .compose(over -> link.run(
                        over,
                        CLAIM,
                        List.of(RESTORED, KEY + key),
                        List.of(over.server(), requestId, body, millis(provisional))))
                .map(RedisIdempotency::claimed);
    }

    private static Claim claimed(Response answer) {
        return switch (answer.get(0).toString()) {
            case "granted" -> new Claim.Granted();
            case "taken" -> {
                String end = answer.get(3).toString();
                yield new Claim.Taken(
                        answer.get(1).toString(), answer.get(2).toString(), end.isEmpty() ? null : decode(end));
            }
            default -> new Claim.NotRestored();
        };
    }

    @Override
    public void keep(String key, String requestId, Duration lifetime) {
        link.linked().compose(over -> link.run(over, KEEP, List.of(KEY + key), List.of(requestId, millis(lifetime))));
    }

    @Override
    public void release(String key, String requestId) {
        link.linked().compose(over -> link.run(over, RELEASE, List.of(KEY + key), List.of(requestId)));
    }

    @Override
    public void label(String label, String requestId, Duration lifetime) {
        link.linked()
                .compose(over -> link.send(
                        over,
                        Request.cmd(Command.SET)
                                .arg(LABEL + label)
                                .arg(requestId)
                                .arg("PX")
                                .arg(millis(lifetime))));
    }

    @Override
    public Future<Found> find(String key, String label) {
        return link.linked()
                .compose(over ->
                        link.run(over, FIND, List.of(RESTORED, KEY + key, LABEL + label), List.of(over.server())))
                .map(answer -> switch (answer.get(0).toString()) {
                    case "known" -> new Found.Known(answer.get(1).toString());
                    case "nothing" -> new Found.Nothing();
                    default -> new Found.NotRestored();
                });
    }

    @Override
    public Future<Boolean> whole() {
        return link.linked()
                .compose(over -> link.send(over, Request.cmd(Command.GET).arg(RESTORED))
                        .map(server -> server != null && server.toString().equals(over.server())));
    }

    @Override
    public Future<String> restoring() {
        return link.linked().compose(over -> {
            String beginning = over.server() + ":" + UUID.randomUUID();
            return link.send(
                            over,
                            Request.cmd(Command.SET)
                                    .arg(RESTORING + beginning)
                                    .arg("1")
                                    .arg("PX")
                                    .arg(millis(LONGEST_RESTORING)))
                    .map(beginning);
        });
    }

    @Override
    public Future<Void> write(Fact.OfRequest fact, Duration left) {
        ClientNames names = fact.request().names();
        if (names == null) {
            return Future.succeededFuture();
        }
        return link.linked().compose(over -> {
            String key = names.key();
            String label = names.label();
            Future<Response> keyed = key == null
                    ? Future.succeededFuture()
                    : link.run(over, WRITE_KEY, List.of(KEY + key), entry(fact, names, left));
            Future<Response> labelled = label == null
                    ? Future.succeededFuture()
                    : link.run(
                            over,
                            WRITE_LABEL,
                            List.of(LABEL + label),
                            List.of(fact.request().id(), millis(left)));
            return Future.all(keyed, labelled).mapEmpty();
        });
    }

    private static List<String> entry(Fact.OfRequest fact, ClientNames names, Duration left) {
        Fact.Terminal terminal = fact.terminal();
        String state = terminal == null ? "open" : KeyRule.keeps(terminal) ? "kept" : "free";
        String end = terminal == null ? "" : new String(FACTS.encode(fact), StandardCharsets.UTF_8);
        return List.of(fact.request().id(), String.valueOf(names.body()), state, end, millis(left));
    }

    @Override
    public Future<Void> restored(String beginning) {
        return link.linked()
                .compose(over -> beginning.startsWith(over.server() + ":")
                        ? link.run(
                                over, RESTORED_SINCE, List.of(RESTORED, RESTORING + beginning), List.of(over.server()))
                        : Future.failedFuture("another Redis answers by now"))
                .compose(done -> done.toInteger() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture("Redis has forgotten meanwhile"));
    }

    @Override
    public Future<Void> close() {
        return link.close();
    }

    private static Fact decode(String fact) {
        try {
            return FACTS.decode(fact.getBytes(StandardCharsets.UTF_8));
        } catch (UndecodableException e) {
            throw new IllegalStateException("what Redis holds of a key can't be read", e);
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(Math.max(1, duration.toMillis()));
    }
}
