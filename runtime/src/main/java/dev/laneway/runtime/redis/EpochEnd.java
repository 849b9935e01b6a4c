package dev.laneway.runtime.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeUnit;

/**
 * Ends an epoch by hand: what Redis has then counts as forgotten, as if it had been emptied. For an operator who makes anew what it was reckoned
 * from; whoever is at work notices within a second, and tells it again what is so.
 */
public final class EpochEnd {
    private static final long PATIENCE_SECONDS = 10;

    private EpochEnd() {}

    /**
     * Fails where Redis does not answer.
     *
     * @param url {@code redis://[user:password@]host:port[/db]}
     */
    public static Future<Void> now(Vertx vertx, String url) {
        Redis redis = Redis.createClient(vertx, url);
        return redis.send(Request.cmd(Command.DEL).arg("lw:epoch"))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .eventually(redis::close)
                .mapEmpty();
    }
}
