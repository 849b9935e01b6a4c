package dev.laneway.ingress.changes;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.CommandRefusal;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.RequestIds;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.kafka.SinkException;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Asks for changes, and waits for them to be in force here. Nothing that was answered as unavailable is done later: a command expires well
 * before its asker gives up. Safe on any thread.
 */
public final class Changes {
    /** After which a command that nobody has begun to do is never done. */
    static final long LIFE_MILLIS = 3_000;

    /** By when it is known what became of a command: its life, a transaction, the broker's acknowledgement, and the way back. */
    private static final long PATIENCE_MILLIS = 6_000;

    private static final int MOST_WAITING = 256;
    private static final String ID = "cmd_";

    private final Vertx vertx;
    private final Function<Command, Future<?>> send;
    private final LongSupplier clock;
    private final Meters meters;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    private record Waiting(Promise<Change> promise, long since) {}

    /**
     * Listens to a directory.
     *
     * @param send publishes a command; its future succeeds when the broker has it
     * @param clock epoch milliseconds
     */
    public Changes(
            Vertx vertx, Directory directory, Function<Command, Future<?>> send, LongSupplier clock, Meters meters) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.send = Objects.requireNonNull(send, "send");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.meters = Objects.requireNonNull(meters, "meters");
        directory.onChange(this::changed);
    }

    /**
     * Asks for a change. The future never fails, and completes on the caller's context.
     *
     * @param actor owner of the key that asks
     * @param seen the version of the entity that the asker went by, 0 for none
     * @param entity as it shall be
     */
    public Future<Change> ask(String actor, Command.Action action, long seen, Control.Entity entity) {
        Context caller = vertx.getOrCreateContext();
        Promise<Change> answer = Promise.promise();
        if (waiting.size() >= MOST_WAITING) {
            answer.complete(new Change.Unavailable());
        } else {
            long now = clock.getAsLong();
            Command command = new Command(nextId(now), actor, action, now, now + LIFE_MILLIS, seen, entity);
            waiting.put(command.id(), new Waiting(answer, System.nanoTime()));
            long timer = vertx.setTimer(PATIENCE_MILLIS, id -> end(command.id(), new Change.Unavailable()));
            answer.future().onComplete(any -> vertx.cancelTimer(timer));
            send.apply(command).onFailure(cause -> {
                // one that was given up may have arrived all the same: then the timer tells
                if (cause instanceof SinkException sink && sink.reason() != SinkException.Reason.TIMEOUT) {
                    end(command.id(), new Change.Unavailable());
                }
            });
        }
        Promise<Change> here = Promise.promise();
        answer.future()
                .onSuccess(change -> caller.runOnContext(v -> {
                    meters.counter(IngressMetric.CHANGES, MetricTag.OUTCOME, word(change))
                            .increment();
                    here.complete(change);
                }));
        return here.future();
    }

    /** Takes word of a command that was not done, anybody's. */
    public void refused(CommandRefusal refusal) {
        if (waiting.containsKey(refusal.command())) {
            end(
                    refusal.command(),
                    switch (refusal.reason()) {
                        case CONFLICT -> new Change.Conflict();
                        case TAKEN -> new Change.Taken(refusal.field());
                        case EXPIRED, DATABASE_AWAY, FULL -> new Change.Unavailable();
                    });
        }
    }

    private void changed(Control entity) {
        if (entity instanceof Control.Entity now && now.command() != null && waiting.containsKey(now.command())) {
            end(now.command(), new Change.InForce(now));
        }
    }

    private void end(String command, Change change) {
        Waiting asked = waiting.remove(command);
        if (asked != null) {
            if (change instanceof Change.InForce) {
                meters.timer(IngressMetric.CHANGE_TIME).record(System.nanoTime() - asked.since(), TimeUnit.NANOSECONDS);
            }
            asked.promise().complete(change);
        }
    }

    private static String nextId(long now) {
        return ID + RequestIds.next(now).substring(ID.length());
    }

    private static String word(Change change) {
        return switch (change) {
            case Change.InForce done -> "in_force";
            case Change.Conflict conflict -> "conflict";
            case Change.Taken taken -> "taken";
            case Change.Unavailable away -> "unavailable";
        };
    }
}
