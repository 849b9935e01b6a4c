package dev.laneway.ingress.changes;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.CommandRefusal;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.TailSource;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.topology.TopicAdmin;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes of a process, and the topics that they go through. Belongs to the context that opened it. */
public final class ChangeTopics {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeTopics.class);
    private static final EventCodec<Command> COMMANDS = EventCodec.of(Command.class);
    private static final EventCodec<CommandRefusal> REFUSALS = EventCodec.of(CommandRefusal.class);
    private static final long AGAIN_MILLIS = 1_000;

    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final EventSink sink;
    private final Changes changes;
    private boolean closed;
    private @Nullable TailSource source;

    private ChangeTopics(Vertx vertx, KafkaSettings kafka, Directory directory, Meters meters) {
        this.vertx = vertx;
        this.kafka = kafka;
        Context home = vertx.getOrCreateContext();
        sink = EventSink.open(vertx, kafka, "ingress-commands", EventSink.Patience.REQUEST_PATH, meters);
        changes = new Changes(vertx, directory, command -> send(home, command), SteadyClock.ofProcess(), meters);
    }

    /** Opens them; refusals are read from when the topic is there, which an accounting of before did not make. */
    public static ChangeTopics open(Vertx vertx, KafkaSettings kafka, Directory directory, Meters meters) {
        ChangeTopics topics = new ChangeTopics(vertx, kafka, directory, meters);
        topics.listen();
        return topics;
    }

    public Changes changes() {
        return changes;
    }

    public Future<Void> close() {
        closed = true;
        TailSource open = source;
        return Future.join(sink.close(), open == null ? Future.succeededFuture() : open.close())
                .mapEmpty();
    }

    private Future<?> send(Context home, Command command) {
        Promise<Object> sent = Promise.promise();
        home.runOnContext(v -> sink.sendState(Topics.COMMANDS, command.key(), COMMANDS.encode(command))
                .onComplete((done, cause) -> {
                    if (cause == null) {
                        sent.complete(done);
                    } else {
                        sent.fail(cause);
                    }
                }));
        return sent.future();
    }

    private void listen() {
        TopicAdmin admin = TopicAdmin.open(vertx, kafka, "ingress-refusals-admin");
        admin.await(Set.of(Topics.REFUSALS))
                .onComplete((partitions, cause) -> vertx.executeBlocking(() -> {
                    admin.close();
                    return null;
                }))
                .compose(there -> TailSource.open(
                        vertx,
                        kafka,
                        "ingress-refusals",
                        Set.of(new TopicPartition(Topics.REFUSALS, 0)),
                        TailSource.From.END,
                        record -> take(record.value())))
                .onComplete((opened, cause) -> {
                    if (cause == null) {
                        source = opened;
                        if (closed) {
                            opened.close();
                        }
                    } else if (!closed) {
                        LOG.warn("refusals of changes can't be read yet: {}", String.valueOf(cause));
                        vertx.setTimer(AGAIN_MILLIS, id -> listen());
                    }
                });
    }

    private void take(byte @Nullable [] value) {
        try {
            if (value != null) {
                changes.refused(REFUSALS.decode(value));
            }
        } catch (UndecodableException e) {
            LOG.error("a refusal can't be read: {}", e.getMessage());
        }
    }
}
