package dev.laneway.runtime.notices;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.NoticeKind;
import io.micrometer.core.instrument.Counter;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Gathers what is noticed, by key and kind, until an event loop publishes it: at most once a second, so that a client
 * that is turned down, or passes uncounted, a thousand times a second makes one fact of it. Safe on any thread.
 */
public final class NoticeBoard implements Notices {
    /** Keys and kinds that are gathered at a time; what is noticed of one more is only counted. */
    static final int MOST = 1_000;

    private static final long GATHER_MILLIS = 1_000;

    private final String name;
    private final LongSupplier clock;
    private final Counter noticed;
    private final Counter overflow;
    private final ConcurrentHashMap<Whose, Tally> gathered = new ConcurrentHashMap<>();
    private final AtomicLong publishedAt = new AtomicLong();
    private final AtomicLong next = new AtomicLong();

    private record Whose(String owner, NoticeKind kind) {}

    private record Tally(int count, long since, long until) {
        Tally and(Tally later) {
            return new Tally(count + later.count, Math.min(since, later.since), Math.max(until, later.until));
        }
    }

    /**
     * @param name unique among all boards of all processes and starts: notices are named by it
     * @param clock epoch milliseconds
     * @param noticed all that is noticed
     * @param overflow of that, what is of a key and kind too many
     */
    public NoticeBoard(String name, LongSupplier clock, Counter noticed, Counter overflow) {
        this.name = Objects.requireNonNull(name, "name");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.noticed = Objects.requireNonNull(noticed, "noticed");
        this.overflow = Objects.requireNonNull(overflow, "overflow");
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

    /**
     * Publishes what was gathered, where the last time is a second ago; else nothing. While the outlet is away, it waits here. To be called now
     * and then.
     */
    public void publish(NoticeOutlet outlet) {
        if (gathered.isEmpty() || !outlet.available()) {
            return;
        }
        long now = clock.getAsLong();
        long before = publishedAt.get();
        boolean due = now - before >= GATHER_MILLIS || now < before;
        if (due && publishedAt.compareAndSet(before, now)) {
            publishRest(outlet);
        }
    }

    /** Publishes what was gathered, however short a time it was: at the end. */
    public void publishRest(NoticeOutlet outlet) {
        for (Whose whose : gathered.keySet()) {
            Tally tally = gathered.remove(whose);
            if (tally != null) {
                outlet.notice(new Fact.Noticed(
                        "notice_" + name + "_" + next.incrementAndGet(),
                        whose.owner,
                        whose.kind,
                        tally.count,
                        tally.since,
                        tally.until));
            }
        }
    }
}
