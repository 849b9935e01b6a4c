package dev.laneway.runtime.idempotency;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
 * failed, and so has the connection. At most {@value #WAITING} commands wait for their answers; one more fails. One context.
 */
final class RedisLink {
    private static final int WAITING = 4_096;
    private static final long ANSWER_MILLIS = 1_000;
    /** After a failed connect, how long further commands fail at once. */
    private static final long AGAIN_MILLIS = 200;

    private final Redis redis;
    private @Nullable Future<Linked> current;
    private long notBefore;
    private int generation;

    /** A connection, whom it leads to, and its number among those of this link. */
    record Linked(RedisConnection connection, String server, int generation) {}

    private RedisLink(Redis redis) {
        this.redis = redis;
    }

    /** @param url {@code redis://[user:password@]host:port[/db]} */
    static RedisLink open(Vertx vertx, String url) {
        return new RedisLink(Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(url)
                        .setMaxPoolSize(1)
                        .setMaxPoolWaiting(1)
                        .setMaxWaitingHandlers(WAITING)));
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
        Future<Linked> connecting = redis.connect()
                .compose(connection -> {
                    connection.exceptionHandler(cause -> drop(connection, number));
                    connection.endHandler(ended -> drop(connection, number));
                    return connection
                            .send(Request.cmd(Command.INFO).arg("server"))
                            .map(info -> new Linked(connection, runId(String.valueOf(info)), number))
                            .onFailure(cause -> drop(connection, number));
                })
                .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        current = connecting;
        connecting.onFailure(cause -> {
            notBefore = System.nanoTime() / 1_000_000 + AGAIN_MILLIS;
            forget(number);
        });
        return connecting;
    }

    /** Runs a script over a connection. */
    Future<Response> run(Linked over, Script script, List<String> keys, List<String> arguments) {
        return send(over, eval(Request.cmd(Command.EVALSHA).arg(script.sha()), keys, arguments))
                .recover(cause -> String.valueOf(cause.getMessage()).startsWith("NOSCRIPT")
                        ? send(over, eval(Request.cmd(Command.EVAL).arg(script.text()), keys, arguments))
                        : Future.failedFuture(cause));
    }

    Future<Response> send(Linked over, Request request) {
        Future<Response> answer = over.connection().send(request);
        return answer.timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS).onFailure(cause -> {
            if (!answer.isComplete()) {
                // its answers would come in the place of others'
                drop(over.connection(), over.generation());
            }
        });
    }

    Future<Void> close() {
        return redis.close();
    }

    private void drop(RedisConnection connection, int number) {
        forget(number);
        connection.close();
    }

    private void forget(int number) {
        if (number == generation) {
            current = null;
        }
    }

    private static Request eval(Request begun, List<String> keys, List<String> arguments) {
        begun.arg(keys.size());
        keys.forEach(begun::arg);
        arguments.forEach(begun::arg);
        return begun;
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
