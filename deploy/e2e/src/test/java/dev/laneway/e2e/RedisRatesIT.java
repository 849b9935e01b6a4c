package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.chaos.oracle.RedisWire;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.RateStore;
import dev.laneway.runtime.rate.RedisRates;
import dev.laneway.runtime.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rates in a real Redis, by its clock. */
@ExtendWith(SharedServers.class)
class RedisRatesIT extends RateStoreContract {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Meters meters = Meters.create();
    private String url;
    private RedisLink link;
    private long ahead;

    @BeforeEach
    void open(SharedServers servers) throws Exception {
        url = servers.endpoints().redisUrl();
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

    /** Windows, places, and that an attempt was counted: a holder that asks no more leaves nothing behind. */
    @Test
    void shouldLeaveNothingThatDoesNotEndByItself() throws Exception {
        String own = UUID.randomUUID().toString();
        Limited key = new Limited(Scope.KEY, own, new RateLimits(5, 100, 5, 100, 1, 0), false);
        RateStore.Once once = new RateStore.Once(System.currentTimeMillis() + 60_000, "d_1 acme");

        on(() -> store().admit(new RateStore.Ask("attempt" + own, List.of(key), 10, once)));

        try (RedisWire wire = RedisWire.connect(url)) {
            List<String> keys = wire.ask("KEYS", "lw:rate:*" + own);
            assertThat(keys).as("four windows, places, the attempt").hasSize(6);
            for (String each : keys) {
                assertThat(Long.parseLong(wire.ask("PTTL", each).getFirst()))
                        .as(each)
                        .isBetween(1L, 62 * 60_000L);
            }
        }
    }

    /** Packed, each change of many places goes through all of them. */
    @Test
    void shouldNotLeaveManyPlacesPacked() throws Exception {
        String own = UUID.randomUUID().toString();
        Limited key = new Limited(Scope.KEY, own, new RateLimits(0, 0, 0, 0, 100, 0), false);
        RateStore store = store();

        on(() -> Future.join(IntStream.range(0, 20)
                .mapToObj(i -> store.admit(new RateStore.Ask(i + own, List.of(key), 0)))
                .toList()));

        try (RedisWire wire = RedisWire.connect(url)) {
            String places = wire.ask("KEYS", "lw:rate:p:*" + own).getFirst();
            assertThat(wire.ask("OBJECT", "ENCODING", places)).containsExactly("skiplist");
            assertThat(wire.ask("ZCARD", places)).containsExactly("20");
        }
    }
}
