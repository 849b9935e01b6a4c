package dev.laneway.runtime.idempotency;

import dev.laneway.runtime.redis.Script;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, over which commands go without waiting for each other, and the {@code run_id} of the server at its other end: a
 * restart or a fail-over ends the connection, so the id holds for all that is sent over it. What takes longer than a second has
 * failed, and so has the connection. At most {@value #WAITING} commands wait for their answers; one more fails. It connects when it is
 * first asked, and knows servers; claims have a link that is always there, and knows epochs. One context.
 */
final class ServerLink {
    private static final int WAITING = 4_096;
    private static final int ANSWER_MILLIS = 1_000;
    /** After a failed connect, how long further commands fail at once. */
    private static final long AGAIN_MILLIS = 200;

    private final Vertx vertx;
    private final RedisOptions options;
    private @Nullable Future<Linked> current;
    private @Nullable Redis client;
    private long notBefore;
    private int generation;

    /** A connection, whom it leads to, and its number among those of this link. */
    record Linked(RedisConnection connection, String server, int generation) {}

    private ServerLink(Vertx vertx, RedisOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    /** @param url {@code redis://[user:password@]host:port[/db]} */
    static ServerLink open(Vertx vertx, String url) {
        return new ServerLink(
                vertx,
                new RedisOptions()
                        .setConnectionString(url)
                        .setNetClientOptions(new NetClientOptions()
                                .setTcpNoDelay(true)
                                .setTcpKeepAlive(true)
                                .setConnectTimeout(ANSWER_MILLIS))
                        .setMaxPoolSize(1)
                        .setMaxPoolWaiting(1)
                        .setMaxWaitingHandlers(WAITING));
    }

    /** The server in reach; connects where there is no connection. */
    Future<Linked> linked() {
        Future<Linked> now = current;
        if (now != null) {
            return now;
        }
        if (System.nanoTime() / 1_000_000 < notBefore) {
            return Future.failedFuture("Redis does not answer");
        }
        int number = ++generation;
        // a client of its own: its pool would give a connection that leads nowhere out again
        Redis redis = Redis.createClient(vertx, options);
        client = redis;
        Future<Linked> connecting = redis.connect()
                .compose(connection -> {
                    connection.exceptionHandler(cause -> drop(number));
                    connection.endHandler(ended -> drop(number));
                    return connection
                            .send(Request.cmd(Command.INFO).arg("server"))
                            .map(info -> new Linked(connection, runId(String.valueOf(info)), number));
                })
                .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        current = connecting;
        connecting.onFailure(cause -> {
            notBefore = System.nanoTime() / 1_000_000 + AGAIN_MILLIS;
            drop(number);
        });
        return connecting;
    }

    /** Runs a script over a connection. */
    Future<Response> run(Linked over, Script script, List<String> keys, List<String> arguments) {
        return script.run(request -> send(over, request), keys, arguments);
    }

    Future<Response> send(Linked over, Request request) {
        Future<Response> answer = over.connection().send(request);
        return answer.timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS).onFailure(cause -> {
            if (!answer.isComplete()) {
                // its answers would come in the place of others'
                drop(over.generation());
            }
        });
    }

    Future<Void> close() {
        Redis open = client;
        drop(generation);
        return open == null ? Future.succeededFuture() : open.close();
    }

    private void drop(int number) {
        Redis open = client;
        if (number == generation && open != null) {
            current = null;
            client = null;
            open.close();
        }
    }

    private static String runId(String info) {
        for (String line : info.split("\r?\n", -1)) {
            if (line.startsWith("run_id:")) {
                return line.substring("run_id:".length());
            }
        }
        throw new IllegalStateException("Redis does not say its run_id");
    }
}
