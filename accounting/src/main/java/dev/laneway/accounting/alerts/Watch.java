package dev.laneway.accounting.alerts;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.accounting.database.Schema;
import dev.laneway.contracts.Fact;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.config.alerts.AlertChannel;
import dev.laneway.runtime.config.alerts.AlertKind;
import dev.laneway.runtime.config.alerts.AlertRule;
import dev.laneway.runtime.config.alerts.AlertSettings;
import dev.laneway.runtime.control.ControlView;
import dev.laneway.runtime.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps watch: writes tallies, looks for what is due, and has it delivered. Every accounting tallies and delivers; the one with the writer's
 * right looks. While the database is away nothing of it goes on, and nothing waits for it. Belongs to one context.
 */
public final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long TICK_MILLIS = 1_000;
    private static final int CLOSE_SECONDS = 2;

    private final Vertx vertx;
    private final Pool pool;
    private final Schema schema;
    private final ControlView control;
    private final BooleanSupplier writer;
    private final LongSupplier clock;
    private final Tallies tallies;
    private final TallyTable tallyTable;
    private final AlertTable alerts;
    private final CountRules counts;
    private final MoneyLook money;
    private final Raiser raiser;
    private final Sender sender;
    private final Courier courier;
    private final Counter failed;
    private final long timer;
    private final Set<Job> running = EnumSet.noneOf(Job.class);
    private final Set<Job> failing = EnumSet.noneOf(Job.class);
    private long tick;
    private long latest;

    /** What is done again and again, each one at a time. */
    private enum Job {
        DELIVER(1),
        WRITE(2),
        COUNTS(5),
        MONEY(15),
        PRUNE(3_600);

        private final int everySeconds;

        Job(int everySeconds) {
            this.everySeconds = everySeconds;
        }
    }

    private Watch(
            Vertx vertx,
            Pool pool,
            Schema schema,
            ControlView control,
            BooleanSupplier writer,
            Supplier<Secrets> secrets,
            LongSupplier clock,
            Meters meters) {
        this.vertx = vertx;
        this.pool = pool;
        this.schema = schema;
        this.control = control;
        this.writer = writer;
        this.clock = clock;
        Names names = Names.of(control);
        tallies = new Tallies(clock, this::slowMillis, meters);
        tallyTable = new TallyTable(pool);
        alerts = new AlertTable(pool);
        counts = new CountRules(names);
        money = new MoneyLook(new SpendTable(pool), names);
        raiser = new Raiser(alerts, control.directory(), clock, meters);
        sender = new Sender(vertx, secrets, clock);
        courier = new Courier(
                vertx, alerts, sender, clock, () -> ThreadLocalRandom.current().nextDouble(), meters);
        failed = meters.counter(AccountingMetric.ALERT_ROUNDS_FAILED);
        timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
    }

    /**
     * Begins, on the current context.
     *
     * @param pool its own, which it closes
     * @param writer whether this accounting has the writer's right
     * @param secrets of this machine, now
     */
    public static Watch open(
            Vertx vertx,
            Pool pool,
            Schema schema,
            ControlView control,
            BooleanSupplier writer,
            Supplier<Secrets> secrets,
            Meters meters) {
        return new Watch(vertx, pool, schema, control, writer, secrets, System::currentTimeMillis, meters);
    }

    /** Takes a fact as it is read. */
    public void take(Fact fact) {
        tallies.take(fact);
    }

    /**
     * Is told how late usage reaches the ledger.
     *
     * @param millis age of what was written just now, or how long nothing was
     */
    public void late(long millis) {
        latest = Math.max(latest, millis);
    }

    /** Writes what was tallied, as far as that goes quickly, and ends. What is under way to an endpoint is taken up again by another one. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return write().timeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .otherwiseEmpty()
                .eventually(sender::close)
                .eventually(pool::close);
    }

    private void tick() {
        tick++;
        for (Job job : Job.values()) {
            if (tick % job.everySeconds == 0 && running.add(job)) {
                schema.ensure().compose(there -> work(job)).onComplete((done, cause) -> {
                    running.remove(job);
                    if (cause == null) {
                        failing.remove(job);
                        return;
                    }
                    failed.increment();
                    if (failing.add(job)) {
                        LOG.warn("alerts can't be looked after just now ({}); trying again: {}", job, cause.toString());
                    }
                });
            }
        }
    }

    private Future<Void> work(Job job) {
        return switch (job) {
            case DELIVER -> courier.round(settings().channels());
            case WRITE -> write();
            case COUNTS -> counts();
            case MONEY -> writer.getAsBoolean() ? money() : Future.succeededFuture();
            case PRUNE -> writer.getAsBoolean() ? prune() : Future.succeededFuture();
        };
    }

    private Future<Void> write() {
        Map<Tally, Long> unwritten = tallies.drain();
        return unwritten.isEmpty()
                ? Future.succeededFuture()
                : tallyTable.add(unwritten).onFailure(cause -> tallies.restore(unwritten));
    }

    private Future<Void> counts() {
        AlertSettings settings = settings();
        long now = clock.getAsLong();
        List<Finding> due = new ArrayList<>();
        late(tallies.lagMillis().orElse(0));
        long lag = latest;
        settings.rules(AlertKind.LEDGER_LAG).forEach(rule -> due.addAll(counts.lag(rule, lag, now)));
        Future<Void> looked = Future.succeededFuture();
        if (writer.getAsBoolean()) {
            for (AlertRule rule : settings.rules()) {
                looked = looked.compose(before -> counts(rule, now, due));
            }
        }
        return looked.compose(done -> raiser.raise(due, settings))
                .onSuccess(told -> latest = latest > lag ? latest : 0);
    }

    private Future<Void> counts(AlertRule rule, long now, List<Finding> due) {
        Set<Measure> measures = CountRules.measures(rule.kind());
        return measures.isEmpty()
                ? Future.succeededFuture()
                : tallyTable.since(now - rule.window().toMillis(), measures).map(sums -> {
                    due.addAll(counts.due(rule, sums, now));
                    return null;
                });
    }

    private Future<Void> money() {
        AlertSettings settings = settings();
        long now = clock.getAsLong();
        return Future.join(
                        money.budgets(
                                        settings.rules(AlertKind.BUDGET),
                                        control.directory().holders(),
                                        now)
                                .compose(due -> raiser.raise(due, settings)),
                        money.spends(settings.rules(AlertKind.SPEND), now).compose(due -> raiser.raise(due, settings)))
                .mapEmpty();
    }

    private Future<Void> prune() {
        List<String> channels =
                settings().channels().stream().map(AlertChannel::name).toList();
        return tallyTable.prune().compose(pruned -> alerts.prune(channels));
    }

    private AlertSettings settings() {
        return control.config().map(inForce -> inForce.config().alerts()).orElse(AlertSettings.USUAL);
    }

    /** Nothing is slow where there is no rule for it. */
    private long slowMillis() {
        return settings().rules(AlertKind.SLOW_CALLS).stream()
                .mapToLong(rule -> rule.limit().movePointRight(3).longValue())
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
