package dev.laneway.runtime.control;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.TailSource;
import dev.laneway.runtime.topology.TopicAdmin;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the control topic says, always current. Reads are safe on any thread; listeners are called on the context that registered
 * them, first with what is in force already. An entity that can't be read is refused whole, and the one before stays in force.
 */
public final class ControlView {
    private static final Logger LOG = LoggerFactory.getLogger(ControlView.class);
    private static final EventCodec<Control> CODEC = EventCodec.of(Control.class);

    private final Vertx vertx;
    private final Function<String, ConfigResult> parser;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Promise<ConfigInForce> first = Promise.promise();
    /** The config that is being read, after all before it; on the context of the source alone. */
    private Future<Void> reading = Future.succeededFuture();

    private volatile @Nullable ConfigInForce config;
    private volatile Control.@Nullable MasterKey masterKey;
    private final Directory directory = new Directory();
    private volatile @Nullable TailSource source;

    private record Listener(Context context, Consumer<ConfigInForce> consumer) {}

    private ControlView(Vertx vertx, Function<String, ConfigResult> parser) {
        this.vertx = vertx;
        this.parser = parser;
    }

    /**
     * Opens a view; the future succeeds when it has read all that was there. Waits for the topic to exist.
     *
     * @param name for the Kafka client id
     * @param parser reads the text of a config entity
     */
    public static Future<ControlView> open(
            Vertx vertx, KafkaSettings kafka, String name, Function<String, ConfigResult> parser) {
        ControlView view = new ControlView(vertx, parser);
        TopicAdmin admin = TopicAdmin.open(vertx, kafka, name + "-control-admin");
        return admin.await(Set.of(Topics.CONTROL))
                .onComplete((partitions, cause) -> vertx.executeBlocking(() -> {
                    admin.close();
                    return null;
                }))
                .compose(partitions -> TailSource.open(
                        vertx,
                        kafka,
                        name + "-control",
                        Set.of(new TopicPartition(Topics.CONTROL, 0)),
                        TailSource.From.BEGINNING,
                        view::take))
                .compose(source -> {
                    view.source = source;
                    return source.caughtUp();
                })
                .compose(all -> view.reading)
                .map(view);
    }

    /** What is in force; empty before accounting has published a first config. */
    public Optional<ConfigInForce> config() {
        return Optional.ofNullable(config);
    }

    /** Succeeds with the first config in force, on the caller's context: what is opened next belongs there. */
    public Future<ConfigInForce> firstConfig() {
        Context caller = vertx.getOrCreateContext();
        Promise<ConfigInForce> promise = Promise.promise();
        first.future().onSuccess(config -> caller.runOnContext(v -> promise.complete(config)));
        return promise.future();
    }

    /** Keys, teams, users and whatever else has terms. */
    public Directory directory() {
        return directory;
    }

    /** SHA-256 of the master key that was generated at first start, lower-case hex. */
    public Optional<String> masterKeyHash() {
        return Optional.ofNullable(masterKey).map(Control.MasterKey::sha256);
    }

    /** Calls with the config in force, if there is one, and with every later one, on the caller's context. */
    public void onConfig(Context context, Consumer<ConfigInForce> consumer) {
        Listener listener = new Listener(context, consumer);
        listeners.add(listener);
        ConfigInForce now = config;
        if (now != null) {
            tell(listener, now);
        }
    }

    public Future<Void> close() {
        TailSource open = source;
        return open == null ? Future.succeededFuture() : open.close();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            switch (CODEC.decode(record.value())) {
                case Control.Config entity -> read(entity);
                case Control.MasterKey entity -> masterKey = entity;
                case Control.Key entity -> directory.put(entity);
                case Control.Team entity -> directory.put(entity);
                case Control.User entity -> directory.put(entity);
                case Control.Purse entity -> directory.put(entity);
                case Control.Template entity -> directory.put(entity);
                case Control.Silence entity -> directory.put(entity);
            }
        } catch (UndecodableException e) {
            LOG.error("control record at offset {} refused: {}", record.offset(), e.getMessage());
        }
    }

    /** A large one takes its time, so not on the event loop. */
    private void read(Control.Config entity) {
        reading = reading.compose(before -> vertx.executeBlocking(() -> parser.apply(entity.text())))
                .map(result -> {
                    put(entity, result);
                    return (Void) null;
                })
                .otherwise(defect -> {
                    LOG.error("config version {} could not be read", entity.version(), defect);
                    return null;
                });
    }

    private void put(Control.Config entity, ConfigResult result) {
        ConfigInForce before = config;
        if (before != null && entity.version() <= before.version()) {
            return;
        }
        switch (result) {
            case ConfigResult.Valid valid -> {
                ConfigInForce now = new ConfigInForce(entity.version(), valid.config());
                config = now;
                directory.put(valid.config());
                LOG.info(
                        "config version {} ({}) is in force",
                        now.version(),
                        now.config().version());
                first.tryComplete(now);
                listeners.forEach(listener -> tell(listener, now));
            }
            case ConfigResult.Invalid invalid ->
                LOG.error("config version {} refused: {}", entity.version(), invalid.problems());
        }
    }

    private static void tell(Listener listener, ConfigInForce config) {
        listener.context.runOnContext(v -> listener.consumer.accept(config));
    }
}
