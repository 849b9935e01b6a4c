package dev.laneway.accounting.commands;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.CommandRefusal;
import dev.laneway.contracts.CommandRefusal.Reason;
import dev.laneway.contracts.Control;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what commands ask for, one after the other, where this accounting is the writer; where it isn't, commands wait here until they
 * expire, so that a new writer does what the one before left, and none is refused: that is the writer's to say. A command is refused, or published as its entity at most once; the
 * publication is what counts. One that is found in force, but perhaps not in the tables, is noted there before anything else is done.
 * Belongs to one context.
 */
public final class CommandDesk {
    /** Commands that wait; each is a few hundred bytes. */
    static final int ROOM = 1_000;

    /** Of those that were there at the start, most of which were done and noted long ago. */
    private static final int ROOM_AT_THE_START = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);
    private static final EventCodec<Command> COMMANDS = EventCodec.of(Command.class);
    private static final long LOOK_MILLIS = 100;
    private static final long TAKEOVER_NANOS = 500_000_000;
    private static final long DATABASE_MILLIS = 2_000;
    /** Of an old one nobody waits for an answer. */
    private static final long ANSWERED_MILLIS = 60_000;

    /** What the control topic holds. */
    public interface InForce {
        Control.@Nullable Entity entity(String key);

        Collection<Control.Entity> entities();
    }

    private final Vertx vertx;
    private final Context home;
    private final InForce inForce;
    private final Function<Control, Future<Void>> publish;
    private final Consumer<CommandRefusal> refuse;
    private final EntityStore store;
    private final BooleanSupplier writer;
    private final LongSupplier clock;
    private final Meters meters;
    private final ArrayDeque<Command> waiting = new ArrayDeque<>();
    /** The highest version given to the broker, acknowledged or not: none is given twice. */
    private final Map<String, Long> tried = new HashMap<>();

    private final long timer;
    /** Monotonic nanoseconds; 0 where it is not the writer. */
    private long writerSince;

    private boolean busy;
    private boolean caughtUp;
    private boolean projected;
    private volatile int count;

    /**
     * Opens a desk on the current context.
     *
     * @param publish puts an entity on the control topic
     * @param refuse tells whoever asked; gets lost at worst
     * @param writer whether this accounting may write
     * @param clock epoch milliseconds
     */
    public CommandDesk(
            Vertx vertx,
            InForce inForce,
            Function<Control, Future<Void>> publish,
            Consumer<CommandRefusal> refuse,
            EntityTables store,
            BooleanSupplier writer,
            LongSupplier clock,
            Meters meters) {
        this(vertx, inForce, publish, refuse, (EntityStore) store, writer, clock, meters);
    }

    CommandDesk(
            Vertx vertx,
            InForce inForce,
            Function<Control, Future<Void>> publish,
            Consumer<CommandRefusal> refuse,
            EntityStore store,
            BooleanSupplier writer,
            LongSupplier clock,
            Meters meters) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.home = vertx.getOrCreateContext();
        this.inForce = Objects.requireNonNull(inForce, "inForce");
        this.publish = Objects.requireNonNull(publish, "publish");
        this.refuse = Objects.requireNonNull(refuse, "refuse");
        this.store = Objects.requireNonNull(store, "store");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.meters = Objects.requireNonNull(meters, "meters");
        meters.gauge(AccountingMetric.COMMANDS_WAITING, () -> count);
        timer = vertx.setPeriodic(LOOK_MILLIS, id -> next());
    }

    /** Takes the value of a record of {@code lw.commands}. */
    public void take(byte @Nullable [] value) {
        try {
            if (value != null) {
                take(COMMANDS.decode(value));
            }
        } catch (UndecodableException e) {
            LOG.error("a command can't be read: {}", e.getMessage());
        }
    }

    void take(Command command) {
        boolean decides = writer.getAsBoolean();
        if (command.expiresAt() <= clock.getAsLong() && !isInForce(command, inForce.entity(command.key()))) {
            if (decides) {
                refuse(command, Reason.EXPIRED, null);
            }
            return;
        }
        if (waiting.size() >= (caughtUp ? ROOM : ROOM_AT_THE_START)) {
            if (decides) {
                refuse(command, Reason.FULL, null);
                return;
            }
            // the writer does what waits here, or says why not; should it die, it is the last ones that it left
            waiting.removeFirst();
        }
        waiting.addLast(command);
        next();
    }

    /** Another accounting, or this one, has refused a command: whoever asked was told that it is not done. */
    void refusedElsewhere(String command) {
        waiting.removeIf(one -> one.id().equals(command));
        count = waiting.size();
    }

    /** All commands that were there at the start have been taken. */
    public void caughtUp() {
        caughtUp = true;
        next();
    }

    public void close() {
        vertx.cancelTimer(timer);
        waiting.clear();
        count = 0;
    }

    private void next() {
        count = waiting.size();
        if (busy) {
            return;
        }
        if (!writer.getAsBoolean()) {
            projected = false;
            writerSince = 0;
            long now = clock.getAsLong();
            // a writer that died may have left something to be noted, which only takes whoever writes next
            while (!waiting.isEmpty() && waiting.getFirst().expiresAt() + ANSWERED_MILLIS < now) {
                waiting.removeFirst();
            }
            return;
        }
        long nanos = System.nanoTime();
        if (writerSince == 0) {
            writerSince = nanos;
        }
        if (nanos - writerSince < TAKEOVER_NANOS) {
            return; // the writer before may have refused what waits here: its refusals are on their way
        }
        Command command = waiting.pollFirst();
        if (command != null) {
            busy = true;
            handle(command).onComplete((done, defect) -> {
                if (defect != null) {
                    LOG.error("command {} failed on a defect", command.id(), defect);
                }
                busy = false;
                home.runOnContext(
                        v -> next()); // not from here: a thousand that are refused at once would fill the stack
            });
        } else if (caughtUp && !projected) {
            busy = true;
            project().onComplete(done -> busy = false);
        }
    }

    private Future<Void> project() {
        return store.project(inForce.entities())
                .onSuccess(behind -> {
                    projected = true;
                    if (behind > 0) {
                        LOG.info("{} rows of keys, teams, users and terms brought up to the control topic", behind);
                    }
                })
                .<Void>mapEmpty()
                .recover(away -> vertx.timer(2_000).mapEmpty());
    }

    private Future<Void> handle(Command command) {
        Control.Entity there = inForce.entity(command.key());
        if (there != null && isInForce(command, there)) {
            return note(command, there);
        }
        if (command.expiresAt() <= clock.getAsLong()) {
            return refused(command, Reason.EXPIRED, null);
        }
        if (command.seen() != (there == null ? 0 : there.version())) {
            return refused(command, Reason.CONFLICT, null);
        }
        String taken = Unique.taken(command.entity(), inForce.entities());
        return taken == null ? change(command, there) : refused(command, Reason.TAKEN, taken);
    }

    private static boolean isInForce(Command command, Control.@Nullable Entity there) {
        return there != null && command.id().equals(there.command());
    }

    /** It counts already: nothing else is done before it is noted. */
    private Future<Void> note(Command command, Control.Entity there) {
        return store.note(command, there)
                .timeout(DATABASE_MILLIS, TimeUnit.MILLISECONDS)
                .recover(away -> vertx.timer(500).map(waited -> {
                    waiting.addFirst(command);
                    return null;
                }));
    }

    private Future<Void> change(Command command, Control.@Nullable Entity there) {
        long before = there == null ? 0 : there.version();
        long version = Math.max(before, tried.getOrDefault(command.key(), 0L)) + 1;
        Control.Entity entity = command.entity().by(command.id(), version);
        Publication publication = new Publication(command, entity);
        return store.keep(command, there, entity, publication::go)
                .timeout(2 * DATABASE_MILLIS, TimeUnit.MILLISECONDS)
                .onSuccess(done -> {
                    tried.remove(command.key());
                    meters.counter(AccountingMetric.COMMANDS_DONE).increment();
                })
                .recover(cause -> publication.failed(cause));
    }

    /** Publishes once, and only in time. */
    private final class Publication {
        private final Command command;
        private final Control.Entity entity;
        private final long since = clock.getAsLong();
        private boolean given;
        private boolean over;

        Publication(Command command, Control.Entity entity) {
            this.command = command;
            this.entity = entity;
        }

        Future<Void> go() {
            long now = clock.getAsLong();
            if (over || now >= command.expiresAt() || now - since > DATABASE_MILLIS || !writer.getAsBoolean()) {
                return Future.failedFuture("too late");
            }
            given = true;
            tried.put(entity.key(), entity.version());
            return publish.apply(entity);
        }

        Future<Void> failed(Throwable cause) {
            over = true;
            if (given || cause instanceof NotTheWriter) {
                // perhaps it is in force, which the topic will show; perhaps another accounting does it
                return vertx.timer(300).map(waited -> {
                    waiting.addFirst(command);
                    return null;
                });
            }
            LOG.warn("command {} could not be kept: {}", command.id(), String.valueOf(cause));
            return refused(
                    command, clock.getAsLong() >= command.expiresAt() ? Reason.EXPIRED : Reason.DATABASE_AWAY, null);
        }
    }

    private Future<Void> refused(Command command, Reason reason, @Nullable String field) {
        refuse(command, reason, field);
        return Future.succeededFuture();
    }

    private void refuse(Command command, Reason reason, @Nullable String field) {
        if (clock.getAsLong() - command.issuedAt() < ANSWERED_MILLIS) {
            meters.counter(AccountingMetric.COMMANDS_REFUSED, MetricTag.REASON, reason.id())
                    .increment();
            refuse.accept(new CommandRefusal(command.id(), reason, field));
        }
    }
}
