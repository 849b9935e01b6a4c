package dev.laneway.runtime.redis;

import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis, for scripts, and what is known of its epoch: the server's {@code run_id} and a random id that is kept in it. A
 * server that was restarted, replaced or emptied has another epoch, and has forgotten, or may have.
 *
 * <p>Nothing may stand between that moves a connection from one server to another while it is open.
 *
 * <p>While Redis is away the epoch is {@link StartMark#NO_EPOCH}, and scripts fail at once. Away is also what takes longer than a second to
 * answer, and what may evict keys: a memory that forgets without saying so is worse than none. Once a second the link says that its
 * incarnation lives. Made, used and told on one context; {@link #epoch} is safe on any thread.
 */
public final class RedisLink {
    /** An incarnation that has not been heard of for so long is dead; less than a Kafka group takes to notice. */
    public static final long ALIVE_MILLIS = 6_000;

    /**
     * The epoch, as Lua: for scripts whose effect must not cross one. It is the key's value alone, which names the server that it was made on;
     * that the server is still that one is asked first thing on each connection, and once a second: it costs more than all the rest.
     */
    public static final String EPOCH_LUA = """
            local function epoch() return redis.call('GET', 'lw:epoch') or '' end
            """;

    private static final Script BEAT = Script.of("""
            local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
            local epoch = redis.call('GET', 'lw:epoch')
            if not epoch or string.sub(epoch, 1, #run) ~= run then
              epoch = run .. '.' .. ARGV[1]
              redis.call('SET', 'lw:epoch', epoch)
            end
            if ARGV[2] ~= '' then redis.call('SET', 'lw:alive:' .. ARGV[2], '1', 'PX', ARGV[3]) end
            return epoch
            """);

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long BEAT_MILLIS = 1_000;
    private static final long FIRST_DELAY_MILLIS = 200;
    private static final long LAST_DELAY_MILLIS = 5_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Vertx vertx;
    private final Context context;
    private final @Nullable String url;
    private final String incarnation;
    private final Counter awayCount;
    private final Counter epochCount;
    private volatile String epoch = StartMark.NO_EPOCH;
    private volatile long beatAt;
    private @Nullable Redis client;
    private @Nullable RedisConnection connection;
    private long delay = FIRST_DELAY_MILLIS;
    private final Promise<Void> tried = Promise.promise();
    private Runnable onEpoch = () -> {};
    private long timer = -1;
    private boolean closed;

    private RedisLink(Vertx vertx, @Nullable String url, String incarnation, String role, Meters meters) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.incarnation = incarnation;
        this.url = url;
        this.awayCount = meters.counter(RedisMetric.AWAY, MetricTag.ROLE, role);
        this.epochCount = meters.counter(RedisMetric.EPOCHS, MetricTag.ROLE, role);
        meters.gauge(RedisMetric.CONNECTED, () -> epoch.equals(StartMark.NO_EPOCH) ? 0 : 1, MetricTag.ROLE, role);
    }

    /**
     * Opens a link on the current context; Redis need not be there.
     *
     * @param url {@code redis://[user:password@]host:port[/db]}; null where there is none, which is like one that is away
     * @param incarnation whose life the link announces; empty for nobody's
     * @param role for the metrics
     */
    public static RedisLink open(Vertx vertx, @Nullable String url, String incarnation, String role, Meters meters) {
        RedisLink link = new RedisLink(vertx, url, Objects.requireNonNull(incarnation), role, meters);
        link.connect();
        return link;
    }

    /** An id that no process had before: 12 letters. */
    public static String newIncarnation() {
        return random(9);
    }

    /** The epoch in force, {@link StartMark#NO_EPOCH} while Redis is away. Safe on any thread. */
    public String epoch() {
        return epoch;
    }

    /** Whether nobody can take this incarnation for dead: it was heard a moment ago. Safe on any thread. */
    public boolean heard() {
        return System.nanoTime() - beatAt < TimeUnit.MILLISECONDS.toNanos(ALIVE_MILLIS - 1_000) && beatAt != 0;
    }

    /** Called on the link's context after each change of the epoch. */
    public void onEpoch(Runnable changed) {
        onEpoch = changed;
    }

    /** Succeeds when Redis has answered for the first time, or is known to be away. */
    public Future<Void> tried() {
        return tried.future();
    }

    /** Runs a script without declared keys. Fails at once while Redis is away; where it fails, Redis counts as away from then on. */
    public Future<Response> run(Script script, List<String> arguments) {
        RedisConnection mine = connection;
        if (mine == null || epoch.equals(StartMark.NO_EPOCH)) {
            return Future.failedFuture("Redis is away");
        }
        return send(mine, script, arguments).onFailure(cause -> away(mine, cause));
    }

    /** Another epoch was met by a script: asks which. */
    public void doubt() {
        if (connection != null) {
            beat(connection);
        }
    }

    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(timer);
        epoch = StartMark.NO_EPOCH;
        connection = null;
        Redis mine = client;
        client = null;
        return mine == null ? Future.succeededFuture() : mine.close().otherwiseEmpty();
    }

    private static Future<Response> send(RedisConnection to, Script script, List<String> arguments) {
        return script.run(
                request -> to.send(request).timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), List.of(), arguments);
    }

    /** By a client of its own each time: whatever a connection that came too late still holds is closed with it. */
    private void connect() {
        if (url == null || closed) {
            tried.tryComplete();
            return;
        }
        Redis mine = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(url)
                        .setMaxPoolSize(1)
                        .setMaxPoolWaiting(1)
                        .setMaxWaitingHandlers(16_384));
        client = mine;
        mine.connect()
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .compose(opened -> trusted(opened).map(opened))
                .onComplete((opened, cause) -> context.runOnContext(v -> {
                    if (cause == null) { // a future that is mapped to a value has it even where it failed
                        connected(mine, opened);
                    } else {
                        mine.close();
                        later(cause);
                    }
                }));
    }

    /** A server that may evict keys could forget a claim and keep its epoch. One that does not tell is believed. */
    private static Future<Void> trusted(RedisConnection opened) {
        return opened.send(Request.cmd(Command.CONFIG).arg("GET").arg("maxmemory*"))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .compose(
                        answer -> {
                            String limit = text(answer, "maxmemory");
                            String policy = text(answer, "maxmemory-policy");
                            return limit == null || policy == null || limit.equals("0") || policy.equals("noeviction")
                                    ? Future.succeededFuture()
                                    : Future.failedFuture(new EvictingException(policy));
                        },
                        refused -> refused.getMessage() != null
                                        && refused.getMessage().startsWith("ERR")
                                ? Future.succeededFuture()
                                : Future.failedFuture(refused));
    }

    /** A map in RESP3, names and values in turn in RESP2. */
    private static @Nullable String text(Response answer, String name) {
        if (answer.containsKey(name)) {
            return answer.get(name).toString();
        }
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            if (answer.get(i).toString().equals(name)) {
                return answer.get(i + 1).toString();
            }
        }
        return null;
    }

    private void connected(Redis mine, RedisConnection opened) {
        if (closed) {
            mine.close();
            return;
        }
        connection = opened;
        opened.exceptionHandler(cause -> context.runOnContext(v -> away(opened, cause)));
        opened.endHandler(v -> context.runOnContext(w -> away(opened, null)));
        vertx.cancelTimer(timer);
        timer = vertx.setPeriodic(BEAT_MILLIS, id -> {
            if (isCurrent(opened)) {
                beat(opened);
            }
        });
        beat(opened);
    }

    private void beat(RedisConnection mine) {
        long asked = System.nanoTime();
        send(mine, BEAT, List.of(random(9), incarnation, String.valueOf(ALIVE_MILLIS)))
                .onComplete((answer, cause) -> context.runOnContext(v -> {
                    if (!isCurrent(mine)) {
                        return;
                    }
                    if (answer == null) {
                        away(mine, cause);
                        return;
                    }
                    beatAt = asked;
                    delay = FIRST_DELAY_MILLIS;
                    epoch(answer.toString());
                    tried.tryComplete();
                }));
    }

    private void epoch(String now) {
        if (!now.equals(epoch)) {
            String before = epoch;
            epoch = now;
            if (!now.equals(StartMark.NO_EPOCH)) {
                epochCount.increment();
                LOG.info("Redis is here, epoch {} (it was {})", now, before);
            }
            onEpoch.run();
        }
    }

    private void away(RedisConnection mine, @Nullable Throwable cause) {
        if (!isCurrent(mine)) {
            return;
        }
        connection = null;
        awayCount.increment();
        if (client != null) {
            client.close();
        }
        if (!closed) {
            epoch(StartMark.NO_EPOCH);
            later(cause);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very connection: an older one may end late
    private boolean isCurrent(RedisConnection mine) {
        return connection == mine;
    }

    private void later(@Nullable Throwable cause) {
        tried.tryComplete();
        if (closed) {
            return;
        }
        if (cause instanceof EvictingException) {
            LOG.error("{}", cause.getMessage());
        } else {
            LOG.warn("Redis is away ({}); again in {} ms", String.valueOf(cause), delay);
        }
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(delay, id -> connect());
        delay = Math.min(LAST_DELAY_MILLIS, delay * 2);
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** It may forget without saying so. */
    private static final class EvictingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EvictingException(String policy) {
            super("Redis evicts keys (maxmemory-policy " + policy + "), and is not used: set it to noeviction");
        }
    }
}
