package dev.laneway.ingress.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Request;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.SinkException;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaOutboxTest {
    private final Vertx vertx = Vertx.vertx();
    private final Meters meters = Meters.create();
    private final Context loop = vertx.getOrCreateContext();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        meters.close();
    }

    @Test
    void shouldSayWithinItsPatienceThatThereIsNoBroker() throws Exception {
        KafkaOutbox outbox = onLoop(() -> Future.succeededFuture(outbox()));
        long before = System.nanoTime();

        Throwable failure = onLoop(() -> outbox.publish("lw.cloud.requests.premium.interactive", request(), new byte[3])
                .map((Throwable) null)
                .otherwise(cause -> cause));

        assertThat(failure).isInstanceOf(SinkException.class);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before)).isLessThan(5_000);
        assertThat(onLoop(() -> Future.succeededFuture(outbox.available()))).isFalse();
    }

    @Test
    void shouldSayItToAllWhoWaitAtOnceWhenTheBrokerIsSilent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            KafkaOutbox outbox = onLoop(() -> Future.succeededFuture(outbox("127.0.0.1:" + silent.getLocalPort())));
            long before = System.nanoTime();

            List<Throwable> failures = onLoop(() -> {
                List<Future<Throwable>> waiting = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    waiting.add(outbox.publish("lw.cloud.requests.premium.interactive", request(), new byte[3])
                            .map((Throwable) null)
                            .otherwise(cause -> cause));
                }
                return Future.all(waiting).map(all -> all.<Throwable>list());
            });

            // one after the other they would wait for a minute
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before))
                    .isLessThan(8_000);
            assertThat(failures)
                    .hasSize(64)
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(SinkException.class));
        }
    }

    @Test
    void shouldKeepABoundedNumberOfSignalsForLater() throws Exception {
        KafkaOutbox outbox = onLoop(() -> Future.succeededFuture(outbox()));
        onLoop(() -> outbox.publish("lw.cloud.requests.premium.interactive", request(), new byte[3])
                .otherwiseEmpty());

        onLoop(() -> {
            for (int i = 0; i < 1_500; i++) {
                outbox.signal(Zone.CLOUD, new Signal.Cancel("req_" + i));
            }
            return Future.succeededFuture();
        });

        await().untilAsserted(() -> assertThat(
                        meters.counter(IngressMetric.SIGNALS_DROPPED).count())
                .isEqualTo(500));
    }

    /** Nobody listens there. */
    private KafkaOutbox outbox() {
        return outbox("127.0.0.1:1");
    }

    private KafkaOutbox outbox(String broker) {
        return new KafkaOutbox(
                vertx,
                EventSink.open(vertx, KafkaSettings.plain(broker), "test", EventSink.Patience.REQUEST_PATH, meters),
                meters);
    }

    private <T> T onLoop(java.util.function.Supplier<Future<T>> work) throws Exception {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(v -> work.get().onComplete(promise));
        return promise.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Request request() {
        return RequestFixture.request()
                .owner("master")
                .route("smart")
                .lane("premium")
                .inputTokens(1)
                .configVersion("v")
                .build();
    }
}
