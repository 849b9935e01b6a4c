package dev.laneway.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Scope;
import dev.laneway.e2e.SharedServers;
import dev.laneway.provider.claims.ClaimStore;
import dev.laneway.provider.claims.RedisClaimStore;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.money.Ask;
import dev.laneway.runtime.money.Booking;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.RedisBudgetStore;
import dev.laneway.runtime.money.Reserver;
import dev.laneway.runtime.money.Window;
import dev.laneway.runtime.redis.EpochEnd;
import dev.laneway.runtime.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Budgets in a real Redis, and the worker's part in them. */
@ExtendWith(SharedServers.class)
class RedisBudgetStoreIT extends BudgetStoreContract {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Meters meters = Meters.create();
    private Redis redis;
    private String url;
    private RedisLink link;
    private RedisBudgetStore store;
    private ClaimStore claims;

    @BeforeEach
    void open(SharedServers servers) throws Exception {
        url = servers.endpoints().redisUrl();
        redis = Redis.createClient(vertx, url);
        command(Command.FLUSHALL);
        link = on(() -> {
            RedisLink opened = RedisLink.open(vertx, url, "w1", "test", meters);
            return opened.tried().map(opened);
        });
        store = new RedisBudgetStore(context, link);
        claims = new RedisClaimStore(context, link, "w1");
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
        meters.close();
    }

    private Response command(Command command, String... arguments) throws Exception {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return redis.send(request).await(20, TimeUnit.SECONDS);
    }

    @Override
    <T> T on(Supplier<Future<T>> step) throws Exception {
        return Future.<T>future(done -> context.runOnContext(v -> step.get().onComplete(done)))
                .await(20, TimeUnit.SECONDS);
    }

    @Override
    Reserver reserver() {
        return store;
    }

    @Override
    BudgetStore store() {
        return store;
    }

    @Override
    ClaimStore claims() {
        return claims;
    }

    @Override
    String anotherEpoch() throws Exception {
        command(Command.SET, "lw:epoch", "0000.another");
        return "0000.another";
    }

    @Override
    void endEpoch() throws Exception {
        on(() -> EpochEnd.now(vertx, url));
    }

    @Override
    State state(Window of) throws Exception {
        String epoch = command(Command.GET, "lw:epoch").toString();
        String key = "lw:budget:" + epoch.substring(epoch.lastIndexOf('.') + 1) + ":" + of.nameText();
        Response sums = command(Command.HMGET, key, "spent", "open");
        return new State(number(sums.get(0), -1), number(sums.get(1), 0));
    }

    @Override
    boolean hasLeftovers() throws Exception {
        String keys = command(Command.KEYS, "lw:*").toString();
        return keys.contains("lw:hold:") || keys.contains("lw:budget:");
    }

    /** Whether it was summed up, begun with nothing, or booked in before anybody asked for it. */
    @Test
    void shouldForgetEveryWindowAWeekAfterItsEnd() throws Exception {
        long hour = System.currentTimeMillis() / HOUR * HOUR;
        Window known = new Window(Scope.KEY, "ada", "hourly", hour, hour + HOUR, 100);
        Window next = new Window(Scope.KEY, "ada", "hourly", hour + HOUR, hour + 2 * HOUR, 100);
        Window strange = new Window(Scope.KEY, "bob", "hourly", hour, hour + HOUR, 100);
        on(() -> store.ready(claims.epoch()));
        on(() -> store.bookings(known).compose(before -> store.load(known, 0, before)));

        on(() -> store.reserve(
                new Ask("a", System.currentTimeMillis() + 60_000, "d_1 acc", 10, 0, 0, 0, false, List.of(next))));
        on(() -> store.book(List.of(new Booking("b", 10, List.of(strange)))));

        Response windows = command(Command.KEYS, "lw:budget:*");
        assertThat(windows).hasSize(3);
        for (Response window : windows) {
            assertThat(command(Command.PTTL, window.toString()).toLong())
                    .as(window.toString())
                    .isBetween(1L, 7 * 24 * HOUR + 2 * HOUR);
        }
    }

    private static long number(@Nullable Response field, long absent) {
        return field == null ? absent : field.toLong();
    }
}
