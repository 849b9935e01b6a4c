package dev.laneway.accounting.control;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.TailSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code lw.control} holds, as it was written: unlike a role's view it also knows a config that no role could read, so that the
 * next version is above it. Belongs to the context that opened it.
 */
public final class PublishedControl implements ControlLog {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedControl.class);
    private static final EventCodec<Control> CODEC = EventCodec.of(Control.class);

    private volatile Control.@Nullable Config config;
    private volatile Control.@Nullable MasterKey masterKey;
    private final Map<String, Control.Entity> entities = new ConcurrentHashMap<>();
    private volatile @Nullable TailSource source;

    PublishedControl() {}

    /** Opens it; the future succeeds when all that was there has been read. The topic must exist. */
    public static Future<PublishedControl> open(Vertx vertx, KafkaSettings kafka, String name) {
        PublishedControl published = new PublishedControl();
        return TailSource.open(
                        vertx,
                        kafka,
                        name,
                        Set.of(new TopicPartition(Topics.CONTROL, 0)),
                        TailSource.From.BEGINNING,
                        published::take)
                .compose(source -> {
                    published.source = source;
                    return source.caughtUp();
                })
                .map(published);
    }

    @Override
    public Optional<Control.Config> config() {
        return Optional.ofNullable(config);
    }

    @Override
    public Optional<Control.MasterKey> masterKey() {
        return Optional.ofNullable(masterKey);
    }

    public Future<Void> close() {
        return source == null ? Future.succeededFuture() : source.close();
    }

    /** Publishes to the topic, and shows at once what was acknowledged. */
    public ControlSink sink(EventSink sink) {
        return entity -> sink.sendState(Topics.CONTROL, entity.key(), CODEC.encode(entity))
                .map(acknowledged -> {
                    put(entity);
                    return null;
                });
    }

    void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            put(CODEC.decode(record.value()));
        } catch (UndecodableException e) {
            LOG.error("control record at offset {} can't be read: {}", record.offset(), e.getMessage());
        }
    }

    /** A key, team, user or purse by the record's key; empty where it was never published. */
    public Optional<Control.Entity> entity(String key) {
        return Optional.ofNullable(entities.get(key));
    }

    /** Everything that commands change, deleted ones among them. */
    public Collection<Control.Entity> entities() {
        return List.copyOf(entities.values());
    }

    private static Control.Entity newer(Control.Entity before, Control.Entity now) {
        return now.version() > before.version() ? now : before;
    }

    /** Takes an entity that was just written, before it is read back. */
    void put(Control entity) {
        switch (entity) {
            case Control.Config read -> {
                if (config == null || read.version() > config.version()) {
                    config = read;
                }
            }
            case Control.MasterKey read -> {
                if (masterKey == null || read.version() > masterKey.version()) {
                    masterKey = read;
                }
            }
            case Control.Entity read -> entities.merge(read.key(), read, PublishedControl::newer);
        }
    }
}
