package dev.laneway.testkit.limits;

/** A minute's worth of something, refilled steadily. Not safe for several threads. */
final class Bucket {
    private static final double MILLIS = 60_000;

    private final long perMinute;
    private double level;
    private long filledAt;

    Bucket(long perMinute, long nowMillis) {
        this.perMinute = perMinute;
        this.level = (double) perMinute;
        this.filledAt = nowMillis;
    }

    /** Whether so much is there now. Where there is no limit, everything is. */
    boolean holds(long amount, long nowMillis) {
        refill(nowMillis);
        return perMinute == 0 || level + 1e-6 >= amount;
    }

    void take(long amount) {
        level -= amount;
    }

    long used() {
        return perMinute - left();
    }

    long left() {
        return Math.max(0, (long) level);
    }

    long limit() {
        return perMinute;
    }

    /** Until so much is there; a minute for what never will be. */
    long millisUntil(long amount) {
        if (perMinute == 0 || amount > perMinute) {
            return perMinute == 0 ? 0 : (long) MILLIS;
        }
        return (long) Math.ceil(Math.max(0, amount - level) * MILLIS / perMinute);
    }

    private void refill(long nowMillis) {
        level = Math.min((double) perMinute, level + (nowMillis - filledAt) * perMinute / MILLIS);
        filledAt = nowMillis;
    }
}
