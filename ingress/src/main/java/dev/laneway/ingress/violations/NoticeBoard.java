package dev.laneway.ingress.violations;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Gathers what is noticed, by key and kind, until an event loop takes it away to publish it: at most once a second, so that a client
 * that is turned down a thousand times a second makes one fact of it. Safe on any thread.
 */
public final class NoticeBoard implements Violations {
    /** Keys and kinds that are gathered at a time; what is noticed of one more is only counted. */
    static final int MOST = 1_000;

    private static final long GATHER_MILLIS = 1_000;

    private final String instance;
    private final LongSupplier clock;
    private final Counter noticed;
    private final Counter overflow;
    private final ConcurrentHashMap<Whose, Tally> gathered = new ConcurrentHashMap<>();
    private final AtomicLong takenAt = new AtomicLong();
    private final AtomicLong next = new AtomicLong();

    private record Whose(String owner, NoticeKind kind) {}

    private record Tally(int count, long since, long until) {
        Tally and(Tally later) {
            return new Tally(count + later.count, Math.min(since, later.since), Math.max(until, later.until));
        }
    }

    /**
     * @param instance of the process, unique among all: notices are named by it
     * @param clock epoch milliseconds
     */
    public NoticeBoard(String instance, LongSupplier clock, Meters meters) {
        this.instance = Objects.requireNonNull(instance, "instance");
        this.clock = Objects.requireNonNull(clock, "clock");
        noticed = meters.counter(IngressMetric.NOTICED);
        overflow = meters.counter(IngressMetric.NOTICES_DROPPED, MetricTag.REASON, "too_many_keys");
    }

    @Override
    public void noticed(String owner, NoticeKind kind) {
        noticed.increment();
        Whose whose = new Whose(owner, kind);
        if (gathered.size() >= MOST && !gathered.containsKey(whose)) {
            overflow.increment();
            return;
        }
        long now = clock.getAsLong();
        gathered.merge(whose, new Tally(1, now, now), Tally::and);
    }

    /** Whether there is nothing to take. */
    public boolean isEmpty() {
        return gathered.isEmpty();
    }

    /** Takes what was gathered, where the last time is a second ago; else there is nothing. */
    public List<Fact.Noticed> take() {
        long now = clock.getAsLong();
        long before = takenAt.get();
        boolean due = now - before >= GATHER_MILLIS || now < before;
        if (!due || !takenAt.compareAndSet(before, now)) {
            return List.of();
        }
        List<Fact.Noticed> facts = new ArrayList<>();
        for (Whose whose : gathered.keySet()) {
            Tally tally = gathered.remove(whose);
            if (tally != null) {
                facts.add(new Fact.Noticed(
                        "notice_" + instance + "_" + next.incrementAndGet(),
                        whose.owner,
                        whose.kind,
                        tally.count,
                        tally.since,
                        tally.until));
            }
        }
        return facts;
    }
}
