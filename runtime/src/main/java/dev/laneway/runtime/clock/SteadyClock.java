package dev.laneway.runtime.clock;

import dev.laneway.runtime.meters.Meters;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Epoch milliseconds that never jump and never go back. It takes the wall clock's word once, at its start, and goes on by the monotonic
 * clock. Where the two drift apart it follows the wall clock by at most one part in a hundred, so that a correction of a second takes
 * under two minutes, and a jump by an hour neither ends the work under way nor lets it run an hour longer. Deadlines come from other machines,
 * so their wall clocks have to agree within a small part of a deadline when the processes start. A deviation of more than {@link
 * #LARGE_MILLIS} is logged: where the wall clock is the one that is right, restart the process. Safe on any thread.
 */
public final class SteadyClock implements LongSupplier {
    /** From which on a deviation from the wall clock is more than a correction. */
    public static final long LARGE_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SLOWEST_PART = 100;
    private static final SteadyClock PROCESS = new SteadyClock(System::currentTimeMillis, System::nanoTime);

    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private volatile Course course;

    /**
     * From where it goes on, and how fast.
     *
     * @param nanos the monotonic clock's reading then
     * @param epochNanos what it showed then
     * @param gainNanos what it gains over the monotonic clock in its first {@link #LOOK_NANOS}, or loses; nothing later, since nobody
     *     looked then
     * @param deviationMillis how far the wall clock was ahead then
     */
    private record Course(long nanos, long epochNanos, long gainNanos, long deviationMillis) {
        long at(long now) {
            long passed = now - nanos;
            return epochNanos + passed + Math.min(passed, LOOK_NANOS) * gainNanos / LOOK_NANOS;
        }
    }

    /**
     * A clock of its own.
     *
     * @param wallMillis epoch milliseconds; may jump
     * @param nanos nanoseconds since some time; only grows
     */
    public SteadyClock(LongSupplier wallMillis, LongSupplier nanos) {
        this.wallMillis = Objects.requireNonNull(wallMillis, "wallMillis");
        this.nanos = Objects.requireNonNull(nanos, "nanos");
        this.course = new Course(nanos.getAsLong(), wallMillis.getAsLong() * NANOS_PER_MILLI, 0, 0);
    }

    /** The process's. */
    public static SteadyClock ofProcess() {
        return PROCESS;
    }

    /** Epoch milliseconds. */
    @Override
    public long getAsLong() {
        Course now = course;
        long tick = nanos.getAsLong();
        if (tick - now.nanos >= LOOK_NANOS) {
            look();
        }
        return now.at(tick) / NANOS_PER_MILLI;
    }

    /** How far the wall clock was ahead when last looked at, milliseconds; negative where it was behind. */
    public long deviationMillis() {
        getAsLong();
        return course.deviationMillis;
    }

    /** Shows the deviation. */
    public void show(Meters meters) {
        meters.gauge(ClockMetric.DEVIATION, () -> deviationMillis() / 1000.0);
    }

    /** Holds the wall clock against itself, about once a second while it is asked. */
    private synchronized void look() {
        Course before = course;
        long tick = nanos.getAsLong();
        if (tick - before.nanos < LOOK_NANOS) {
            return; // another thread has looked
        }
        long shown = before.at(tick);
        long deviation = wallMillis.getAsLong() * NANOS_PER_MILLI - shown;
        long most = LOOK_NANOS / SLOWEST_PART;
        Course next = new Course(tick, shown, Math.clamp(deviation, -most, most), deviation / NANOS_PER_MILLI);
        course = next;
        if (isLarge(next) && !isLarge(before)) {
            LOG.warn(
                    "the wall clock jumped: it is {} ms ahead of what this process goes by; where it is right now, restart",
                    next.deviationMillis);
        }
    }

    private static boolean isLarge(Course course) {
        return Math.abs(course.deviationMillis) > LARGE_MILLIS;
    }
}
