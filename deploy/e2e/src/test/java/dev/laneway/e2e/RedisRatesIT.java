package dev.laneway.e2e;

import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.rate.RateStore;
import dev.laneway.runtime.rate.RedisRates;
import dev.laneway.runtime.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rates in a real Redis, by its clock. */
@ExtendWith(SharedServers.class)
class RedisRatesIT extends RateStoreContract {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Meters meters = Meters.create();
    private RedisLink link;
    private long ahead;

    @BeforeEach
    void open(SharedServers servers) throws Exception {
        String url = servers.endpoints().redisUrl();
        link = on(() -> {
            RedisLink opened = RedisLink.open(vertx, url, "", "test", meters);
            return opened.tried().map(opened);
        });
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
        meters.close();
    }

    @Override
    <T> T on(Supplier<Future<T>> step) throws Exception {
        return Future.<T>future(done -> context.runOnContext(v -> step.get().onComplete(done)))
                .await(20, TimeUnit.SECONDS);
    }

    @Override
    RateStore store() {
        return new RedisRates(context, link, ahead);
    }

    @Override
    void later(long millis) {
        ahead += millis;
    }
}
