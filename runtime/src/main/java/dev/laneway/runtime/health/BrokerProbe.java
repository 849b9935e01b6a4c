package dev.laneway.runtime.health;

import dev.laneway.runtime.kafka.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;

/** Asks the broker who is in its cluster. */
public final class BrokerProbe implements HealthProbe {
    private final Vertx vertx;
    private final Admin admin;

    private BrokerProbe(Vertx vertx, Admin admin) {
        this.vertx = vertx;
        this.admin = admin;
    }

    /** @param name for the Kafka client id */
    public static BrokerProbe open(Vertx vertx, KafkaSettings kafka, String name) {
        return new BrokerProbe(vertx, Admin.create(kafka.admin(name)));
    }

    @Override
    public String service() {
        return HealthBoard.BROKER;
    }

    @Override
    public Future<Void> check() {
        return Future.fromCompletionStage(
                        admin.describeCluster().nodes().toCompletionStage(), vertx.getOrCreateContext())
                .compose(nodes -> nodes.isEmpty()
                        ? Future.failedFuture("the cluster shows no broker")
                        : Future.succeededFuture());
    }

    @Override
    public Future<Void> close() {
        return vertx.executeBlocking(() -> {
            admin.close(Duration.ofSeconds(1));
            return null;
        });
    }
}
