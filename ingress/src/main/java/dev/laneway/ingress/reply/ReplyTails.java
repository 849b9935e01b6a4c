package dev.laneway.ingress.reply;

import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.TailSource;
import dev.laneway.runtime.topology.TopicAdmin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readers of this process's reply partitions, one for each zone. They open in the background, as soon as the topics exist; a
 * zone has an {@link #address} once nothing published to it can be missed. Opened and closed on one context.
 */
public final class ReplyTails {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyTails.class);
    private static final long AGAIN_MILLIS = 1_000;

    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final String instance;
    private final ReplyDispatcher dispatcher;
    private final Map<Zone, ReplyAddress> addresses = new ConcurrentHashMap<>();
    private final Map<Zone, TailSource> sources = new EnumMap<>(Zone.class);
    private boolean closed;

    /** @param instance decides which partition is this process's */
    public ReplyTails(Vertx vertx, KafkaSettings kafka, String instance, ReplyDispatcher dispatcher) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.instance = instance;
        this.dispatcher = dispatcher;
    }

    /** Begins to open them, on the current context: replies are handed out there. */
    public void open() {
        for (Zone zone : Zone.values()) {
            open(zone);
        }
    }

    /** Where answers to this process go; null while it can't read them yet. On any thread. */
    public @Nullable ReplyAddress address(Zone zone) {
        return addresses.get(zone);
    }

    public Future<Void> close() {
        closed = true;
        List<Future<Void>> closing = new ArrayList<>();
        sources.values().forEach(source -> closing.add(source.close()));
        return Future.join(closing).mapEmpty();
    }

    private void open(Zone zone) {
        if (closed) {
            return;
        }
        String topic = Topics.replies(zone);
        partitions(topic)
                .compose(partitions -> {
                    ReplyAddress address = new ReplyAddress(topic, Math.floorMod(instance.hashCode(), partitions));
                    return TailSource.open(
                                    vertx,
                                    kafka,
                                    "ingress-replies-" + zone.id(),
                                    Set.of(new TopicPartition(topic, address.partition())),
                                    TailSource.From.END,
                                    dispatcher::take)
                            .onSuccess(source -> opened(zone, address, source));
                })
                .onFailure(cause -> {
                    LOG.warn("the replies of zone {} can't be read yet: {}", zone.id(), String.valueOf(cause));
                    vertx.setTimer(AGAIN_MILLIS, id -> open(zone));
                });
    }

    private void opened(Zone zone, ReplyAddress address, TailSource source) {
        if (closed) {
            source.close();
        } else {
            sources.put(zone, source);
            addresses.put(zone, address);
        }
    }

    private Future<Integer> partitions(String topic) {
        TopicAdmin admin = TopicAdmin.open(vertx, kafka, "ingress-replies-admin");
        return admin.await(Set.of(topic))
                .map(found -> found.getOrDefault(topic, 1))
                .eventually(() -> vertx.executeBlocking(() -> {
                    admin.close();
                    return null;
                }));
    }
}
