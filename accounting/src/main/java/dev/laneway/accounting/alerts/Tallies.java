package dev.laneway.accounting.alerts;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.runtime.meters.Meters;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what facts tell, until it is written. A fact that is delivered again is counted again, and what a process that dies had not
 * written is lost: alerts are warnings, and no ledger. Belongs to one context.
 */
final class Tallies {
    /** Tallies that wait to be written; of one more nothing is known. */
    static final int MOST = 20_000;
    /** Requests whose last hop is remembered, to know the fallback when it comes. */
    private static final int MOST_REQUESTS = 20_000;
    /** Longer than any rule looks back: a ledger that is rebuilt reads facts of weeks. */
    private static final long OLDEST_MILLIS = Duration.ofHours(25).toMillis();

    private static final long MINUTE = 60_000;

    private final LongSupplier clock;
    private final LongSupplier slowMillis;
    private final Counter dropped;
    private final Map<Tally, Long> counts = new HashMap<>();
    private final Map<String, Left> left = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Left> eldest) {
            return size() > MOST_REQUESTS;
        }
    };
    private long youngest = Long.MAX_VALUE;

    private record Left(int hop, String deployment) {}

    /**
     * @param clock epoch milliseconds
     * @param slowMillis above which a call is slow
     */
    Tallies(LongSupplier clock, LongSupplier slowMillis, Meters meters) {
        this.clock = clock;
        this.slowMillis = slowMillis;
        dropped = meters.counter(AccountingMetric.ALERT_TALLIES_DROPPED);
    }

    void take(Fact fact) {
        if (fact.endedAt() > 0) {
            youngest = Math.min(youngest, Math.max(0, clock.getAsLong() - fact.endedAt()));
        }
        switch (fact) {
            case Fact.Accepted accepted -> {}
            case Fact.Attempted made -> attempted(made);
            case Fact.Ended ended -> {
                left.remove(ended.requestId());
                if (ended.terminal().failure() == FailureKind.BUDGET_EXCEEDED) {
                    count(
                            ended.endedAt(),
                            Measure.BUDGET_REFUSALS,
                            ended.request().owner(),
                            1);
                }
            }
            case Fact.Noticed noticed ->
                count(noticed.until(), Measure.of(noticed.kind()), noticed.owner(), noticed.count());
        }
    }

    /** What was counted since the last time. */
    Map<Tally, Long> drain() {
        Map<Tally, Long> drained = new HashMap<>(counts);
        counts.clear();
        return drained;
    }

    /** Takes back what could not be written. */
    void restore(Map<Tally, Long> unwritten) {
        unwritten.forEach(this::add);
    }

    /** The age of the youngest fact since the last time, in milliseconds: how far the reading is behind. Empty where none came. */
    OptionalLong lagMillis() {
        long lag = youngest;
        youngest = Long.MAX_VALUE;
        return lag == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(lag);
    }

    private void attempted(Fact.Attempted made) {
        String request = made.requestId();
        int hop = hop(made.attempt());
        Left before = left.get(request);
        if (before != null && hop > before.hop) {
            count(made.endedAt(), Measure.FALLBACKS, before.deployment, 1);
        }
        if (made.terminal() != null) {
            left.remove(request);
        } else if (made.outcome() != Outcome.SUCCEEDED && !made.late()) {
            left.put(request, new Left(hop, made.deployment()));
        }
        if (made.called() && made.provider() != null) {
            count(made.endedAt(), Measure.PROVIDER_CALLS, made.provider(), 1);
            if (made.outcome() != Outcome.SUCCEEDED && isProviders(made.failure())) {
                count(made.endedAt(), Measure.PROVIDER_ERRORS, made.provider(), 1);
            }
            if (made.endedAt() - made.sentAt() > slowMillis.getAsLong()) {
                count(made.endedAt(), Measure.SLOW_CALLS, made.deployment(), 1);
            }
        }
    }

    /** Of {@code request:hop:try}; -1 where it is none. */
    private static int hop(String attempt) {
        int tryAt = attempt.lastIndexOf(':');
        int hopAt = attempt.lastIndexOf(':', tryAt - 1);
        if (hopAt < 0 || tryAt - hopAt < 2 || tryAt - hopAt > 5) {
            return -1;
        }
        int hop = 0;
        for (int i = hopAt + 1; i < tryAt; i++) {
            int digit = Character.digit(attempt.charAt(i), 10);
            if (digit < 0) {
                return -1;
            }
            hop = hop * 10 + digit;
        }
        return hop;
    }

    /** Neither a request that was wrong nor a limit of ours says that a provider is ill. */
    private static boolean isProviders(@Nullable FailureKind failure) {
        return switch (failure) {
            case TIMEOUT,
                    OVERLOADED,
                    SERVER_ERROR,
                    UNREACHABLE,
                    UNAUTHORIZED,
                    EMPTY_ANSWER,
                    CUT_STREAM,
                    STALLED_STREAM,
                    MALFORMED,
                    UNKNOWN -> true;
            case null -> false;
            case RATE_LIMITED,
                    REJECTED,
                    CONTEXT_WINDOW,
                    CONTENT_POLICY,
                    UNKNOWN_DEPLOYMENT,
                    ZONE_REFUSED,
                    NO_DEPLOYMENT,
                    BODY_LOST,
                    BUDGET_EXCEEDED,
                    BUDGETS_AWAY,
                    LIMIT_REACHED,
                    LIMITS_AWAY,
                    UNPRICED,
                    UNBOUNDED,
                    CANCELLED,
                    EXPIRED,
                    INTERNAL -> false;
        };
    }

    private void count(long at, Measure measure, String subject, long by) {
        long now = clock.getAsLong();
        if (now - at <= OLDEST_MILLIS) { // what a clock that is ahead dates later would count for as long
            add(new Tally(Math.floorDiv(Math.min(at, now), MINUTE), measure, subject), by);
        }
    }

    private void add(Tally tally, long by) {
        if (counts.size() >= MOST && !counts.containsKey(tally)) {
            dropped.increment((double) by);
        } else {
            counts.merge(tally, by, Long::sum);
        }
    }
}
