package dev.laneway.runtime.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;

/** {@code PING} over one connection of its own. */
public final class CacheProbe implements HealthProbe {
    private final Redis redis;

    private CacheProbe(Redis redis) {
        this.redis = redis;
    }

    /** @param url {@code redis://[user:password@]host:port[/db]} */
    public static CacheProbe open(Vertx vertx, String url) {
        return new CacheProbe(Redis.createClient(
                vertx,
                new RedisOptions().setConnectionString(url).setMaxPoolSize(1).setMaxPoolWaiting(1)));
    }

    @Override
    public String service() {
        return HealthBoard.CACHE;
    }

    @Override
    public Future<Void> check() {
        return redis.send(Request.cmd(Command.PING)).mapEmpty();
    }

    @Override
    public Future<Void> close() {
        return redis.close();
    }
}
