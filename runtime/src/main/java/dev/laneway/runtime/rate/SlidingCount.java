package dev.laneway.runtime.rate;

import java.util.Arrays;

/**
 * How much was counted in a window that slides: the part of the window that is under way, and the sixty before it. One thread.
 *
 * <p>In no stretch of sixty parts is more counted than {@link #sum} says; it may say what is up to one part older.
 */
public final class SlidingCount {
    /** Parts of a window, and the one that is under way. */
    public static final int PARTS = 61;

    private final long width;
    private final long[] parts = new long[PARTS];
    private long newest = Long.MIN_VALUE;
    private long sum;

    /** @param width milliseconds of a part */
    public SlidingCount(long width) {
        this.width = width;
    }

    /** What is counted in the window that ends now. A time before the last one is taken for that. */
    public long sum(long now) {
        age(now);
        return sum;
    }

    /** Counts, in the part that is under way. */
    public void add(long now, long amount) {
        age(now);
        parts[slot(newest)] += amount;
        sum += amount;
    }

    /** Corrects what was counted at a moment, where that is in the window still; never below nothing. */
    void correct(long then, long difference) {
        long part = Math.floorDiv(then, width);
        if (part <= newest && newest - part < PARTS) {
            long before = parts[slot(part)];
            parts[slot(part)] = Math.max(0, before + difference);
            sum += parts[slot(part)] - before;
        }
    }

    /** Milliseconds until so much of what is counted has left the window; all of the window where that is more than there is. */
    long freeIn(long now, long amount) {
        age(now);
        long free = 0;
        for (long part = newest - PARTS + 1; part <= newest; part++) {
            free += parts[slot(part)];
            if (free >= amount) {
                return (part + PARTS) * width - now;
            }
        }
        return PARTS * width;
    }

    private void age(long now) {
        long part = Math.floorDiv(now, width);
        if (newest == Long.MIN_VALUE || part - newest >= PARTS) {
            Arrays.fill(parts, 0);
            sum = 0;
            newest = part;
            return;
        }
        while (newest < part) {
            newest++;
            sum -= parts[slot(newest)];
            parts[slot(newest)] = 0;
        }
    }

    private static int slot(long part) {
        return (int) Math.floorMod(part, (long) PARTS);
    }
}
