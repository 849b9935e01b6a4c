package dev.laneway.accounting.alerts;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.runtime.config.alerts.AlertChannel;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due, a few at a time for each channel, so that one that does not answer holds up nobody else. A lease outlasts a try:
 * one whose deliverer died is taken again when it is over. So an alert is delivered at least once, each time under its own id. One context.
 */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int AT_A_TIME = 4;
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final int RECORD_TRIES = 5;
    private static final long RECORD_AGAIN_MILLIS = 200;

    private final Vertx vertx;
    private final AlertTable table;
    private final Sender sender;
    private final LongSupplier clock;
    private final DoubleSupplier random;
    private final Meters meters;
    private final Map<String, Integer> underWay = new HashMap<>();

    /** @param random from 0 to 1 */
    Courier(Vertx vertx, AlertTable table, Sender sender, LongSupplier clock, DoubleSupplier random, Meters meters) {
        this.vertx = vertx;
        this.table = table;
        this.sender = sender;
        this.clock = clock;
        this.random = random;
        this.meters = meters;
    }

    /** Takes what is due for the channels in force, as far as there is room; succeeds when it is taken, fails where the database is away. */
    Future<Void> round(List<AlertChannel> channels) {
        Future<Void> all = Future.succeededFuture();
        for (AlertChannel channel : channels) {
            all = all.compose(before -> take(channel));
        }
        return all;
    }

    private Future<Void> take(AlertChannel channel) {
        int room = AT_A_TIME - underWay.getOrDefault(channel.name(), 0);
        return room <= 0
                ? Future.succeededFuture()
                : table.claim(channel.name(), room, LEASE).map(due -> {
                    due.forEach(one -> deliver(channel, one));
                    return null;
                });
    }

    private void deliver(AlertChannel channel, AlertTable.Due due) {
        underWay.merge(channel.name(), 1, Integer::sum);
        long begun = System.nanoTime();
        sender.send(channel, due.alert())
                .compose(result -> settle(due, result, (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)))
                .onComplete((settled, cause) -> {
                    underWay.merge(channel.name(), -1, Integer::sum);
                    if (cause != null) {
                        LOG.warn(
                                "what became of {} at {} could not be recorded; it will be sent again: {}",
                                due.alert().id(),
                                channel.name(),
                                cause.toString());
                    }
                });
    }

    private Future<Void> settle(AlertTable.Due due, Sender.Result result, int millis) {
        Integer status = result instanceof Sender.Result.Answered answered ? answered.status() : null;
        String failure = switch (result) {
            case Sender.Result.Answered answered -> answered.isTaken() ? null : "refused";
            case Sender.Result.Failed failed -> failed.why();
        };
        Duration age =
                Duration.ofMillis(clock.getAsLong() - due.alert().raisedAt().toEpochMilli());
        AlertTable.State state = failure == null
                ? AlertTable.State.DELIVERED
                : Backoff.isOver(age) ? AlertTable.State.GIVEN_UP : AlertTable.State.DUE;
        meters.counter(
                        AccountingMetric.ALERT_DELIVERIES,
                        MetricTag.OUTCOME,
                        switch (state) {
                            case DELIVERED -> "delivered";
                            case DUE -> "failed";
                            case GIVEN_UP -> "given_up";
                        })
                .increment();
        if (state == AlertTable.State.GIVEN_UP || (failure != null && due.attempt() == 1)) {
            LOG.warn(
                    "alert {} could not be delivered to {} ({}{}){}",
                    due.alert().id(),
                    due.channel(),
                    failure,
                    status == null ? "" : " " + status,
                    state == AlertTable.State.GIVEN_UP
                            ? ", and is given up after a day"
                            : "; it is tried again for a day");
        }
        Duration asked = result instanceof Sender.Result.Answered answered ? answered.retryAfter() : Duration.ZERO;
        Duration again = Backoff.after(due.attempt(), asked, random.getAsDouble());
        return recorded(() -> table.settle(due, status, failure, millis, state, again), 1);
    }

    /** What was taken is sent again where that isn't recorded: a moment without a connection to the database must not do that. */
    private Future<Void> recorded(Supplier<Future<Void>> settling, int tries) {
        return settling.get()
                .recover(cause -> tries >= RECORD_TRIES
                        ? Future.failedFuture(cause)
                        : vertx.timer(RECORD_AGAIN_MILLIS << tries).compose(later -> recorded(settling, tries + 1)));
    }
}
