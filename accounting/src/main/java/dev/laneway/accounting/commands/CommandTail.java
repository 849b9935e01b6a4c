package dev.laneway.accounting.commands;

import dev.laneway.accounting.control.ControlSink;
import dev.laneway.accounting.control.PublishedControl;
import dev.laneway.contracts.CommandRefusal;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.TailSource;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A desk, and the topics that it stands between. Belongs to the context that opened it. */
public final class CommandTail {
    private static final EventCodec<CommandRefusal> REFUSALS = EventCodec.of(CommandRefusal.class);

    private final CommandDesk desk;
    private final Future<TailSource> source;
    private final Future<TailSource> refusals;

    private CommandTail(CommandDesk desk, Future<TailSource> source, Future<TailSource> refusals) {
        this.desk = desk;
        this.source = source;
        this.refusals = refusals;
    }

    /**
     * Reads {@code lw.commands}, which must exist, from its beginning: what has expired is dropped, and what an accounting did before it
     * died is noted. Reads what others refuse, too: that is not done here.
     */
    public static CommandTail open(
            Vertx vertx,
            KafkaSettings kafka,
            PublishedControl published,
            EventSink sink,
            EntityTables store,
            BooleanSupplier writer,
            Meters meters) {
        ControlSink control = published.sink(sink);
        Consumer<CommandRefusal> refuse =
                refusal -> sink.sendState(Topics.REFUSALS, refusal.command(), REFUSALS.encode(refusal));
        CommandDesk desk = new CommandDesk(
                vertx, view(published), control::publish, refuse, store, writer, SteadyClock.ofProcess(), meters);
        Future<TailSource> source = TailSource.open(
                vertx,
                kafka,
                "accounting-commands",
                Set.of(new TopicPartition(Topics.COMMANDS, 0)),
                TailSource.From.BEGINNING,
                record -> desk.take(record.value()));
        var _ = source.compose(TailSource::caughtUp).onSuccess(all -> desk.caughtUp());
        Future<TailSource> refusals = TailSource.open(
                vertx,
                kafka,
                "accounting-refusals",
                Set.of(new TopicPartition(Topics.REFUSALS, 0)),
                TailSource.From.END,
                record -> {
                    if (record.key() != null) {
                        desk.refusedElsewhere(record.key());
                    }
                });
        return new CommandTail(desk, source, refusals);
    }

    private static CommandDesk.InForce view(PublishedControl published) {
        return new CommandDesk.InForce() {
            @Override
            public Control.@Nullable Entity entity(String key) {
                return published.entity(key).orElse(null);
            }

            @Override
            public Collection<Control.Entity> entities() {
                return published.entities();
            }
        };
    }

    /** Does nothing more; what is under way ends as it may. */
    public Future<Void> close() {
        desk.close();
        return Future.join(source.compose(TailSource::close), refusals.compose(TailSource::close))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
