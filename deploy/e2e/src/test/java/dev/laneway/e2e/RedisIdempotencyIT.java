package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.ClientNames;
import dev.laneway.runtime.idempotency.Claim;
import dev.laneway.runtime.idempotency.RedisIdempotency;
import dev.laneway.testkit.proxy.FaultProxy;
import dev.laneway.testkit.proxy.Mode;
import io.vertx.core.Future;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class RedisIdempotencyIT extends IdempotencyStoreContract {
    private static String url = "";

    @BeforeAll
    static void start(SharedServers shared) {
        url = shared.endpoints().redisUrl();
    }

    @Override
    void open() {
        store = RedisIdempotency.open(vertx, url);
        records = RedisIdempotency.open(vertx, url);
    }

    @Override
    void forget() throws Exception {
        RedisConsole.empty(url);
    }

    @Test
    void shouldFailAtOnceWhileRedisIsAwayAndGoOnWhenItIsBack() throws Exception {
        URI direct = URI.create(url);
        try (FaultProxy gate = FaultProxy.open(direct.getHost(), direct.getPort())) {
            String through = url.replace(":" + direct.getPort(), ":" + gate.port());
            RedisIdempotency away = on(() -> Future.succeededFuture(RedisIdempotency.open(vertx, through)));
            ClientNames names = new ClientNames(UUID.randomUUID().toString(), "body", null);
            on(away::whole);
            gate.set(Mode.RESET);
            boolean failed =
                    on(() -> away.claim(names, "req_1", MINUTE).map(false).otherwise(true));

            gate.set(Mode.PASS);

            assertThat(failed).isTrue();
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(on(() -> away.claim(names, "req_1", MINUTE)))
                            .isEqualTo(new Claim.Granted()));
        }
    }

    @Test
    void shouldGoOnAfterAConnectionOfWhichNothingWasHeard() throws Exception {
        URI direct = URI.create(url);
        try (FaultProxy gate = FaultProxy.open(direct.getHost(), direct.getPort())) {
            String through = url.replace(":" + direct.getPort(), ":" + gate.port());
            gate.set(Mode.BLACK_HOLE);
            RedisIdempotency slow = on(() -> Future.succeededFuture(RedisIdempotency.open(vertx, through)));
            boolean failed = on(() -> slow.whole().map(false).otherwise(true));

            gate.set(Mode.PASS);

            assertThat(failed).isTrue();
            await().untilAsserted(
                            () -> assertThat(on(() -> slow.whole().map(true).otherwise(false)))
                                    .isTrue());
        }
    }
}
