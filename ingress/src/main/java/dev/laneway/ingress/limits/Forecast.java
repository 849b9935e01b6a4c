package dev.laneway.ingress.limits;

/**
 * How long a request that comes now would wait for its first answer, by what answers took lately: a careful guess, never more than
 * two others that are made in different ways, and none at all where too little is known.
 *
 * <ul>
 *   <li>By Little's law: those who wait already, at the pace at which answers came. Right where there is a queue; far too long where
 *       everybody is served at once and many came together.
 *   <li>By comparison: how much longer those waited who came when more waited (a straight line through the quickest answers, its slope
 *       three standard errors lower), on top of the least that anybody waited beside that. Right where everybody is served at once, and
 *       while a queue grows; too long for a while after one has drained.
 * </ul>
 *
 * <p>Answers are kept in up to {@value #SLOTS} slots of at least a quarter of a second, for five minutes at most; of each slot the
 * quickest counts, since some requests are long by themselves. Times are of a monotonic clock, given by the caller. Safe on any thread.
 */
public final class Forecast {
    /** What {@link #expected} says where it can't tell. */
    public static final long UNKNOWN = -1;

    private static final int SLOTS = 64;
    private static final int RECENT_SLOTS = 16;
    private static final int FEWEST_ANSWERS = 8;
    private static final int STANDARD_ERRORS = 3;
    /** The line is believed for so many times as many as anybody had ahead of him: further out its slope is chance. */
    private static final int FURTHEST = 4;

    private static final long SLOT_NANOS = 250_000_000;
    private static final long KEPT_NANOS = 300_000_000_000L;
    /** After this long without any answer, and twice what the last one took, what was seen means nothing any more. */
    private static final long SILENT_NANOS = 30_000_000_000L;

    private final long[] begun = new long[SLOTS];
    private final long[] waited = new long[SLOTS];
    private final int[] ahead = new int[SLOTS];
    private final int[] answers = new int[SLOTS];
    private int first;
    private int used;
    private long lastAnswer;

    /**
     * Somebody was answered.
     *
     * @param waitedNanos how long it took
     * @param aheadThen how many waited when it came
     */
    public synchronized void answered(long nowNanos, long waitedNanos, int aheadThen) {
        int last = slot(used - 1);
        if (used == 0 || nowNanos - begun[last] >= SLOT_NANOS) {
            if (used == SLOTS) {
                first = slot(1);
                used--;
            }
            last = slot(used++);
            begun[last] = nowNanos;
            waited[last] = Long.MAX_VALUE;
            answers[last] = 0;
        }
        answers[last]++;
        if (waitedNanos < waited[last]) {
            waited[last] = waitedNanos;
            ahead[last] = aheadThen;
        }
        lastAnswer = nowNanos;
    }

    /**
     * Somebody was not answered within its time: a wait of at least so long, where that is news.
     *
     * @param waitedNanos until it gave up
     */
    public synchronized void gaveUp(long nowNanos, long waitedNanos, int aheadThen) {
        if (waitedNanos > expected(nowNanos, aheadThen)) {
            answered(nowNanos, waitedNanos, aheadThen);
        }
    }

    /** Nanoseconds that somebody would wait whom so many are ahead of; {@link #UNKNOWN} where nothing can be said. */
    public synchronized long expected(long nowNanos, int aheadNow) {
        while (used > 0 && nowNanos - begun[first] > KEPT_NANOS) {
            first = slot(1);
            used--;
        }
        if (used == 0 || nowNanos - lastAnswer > SILENT_NANOS + 2 * waited[slot(used - 1)]) {
            return UNKNOWN;
        }
        int known = 0;
        for (int i = 0; i < used; i++) {
            known += answers[slot(i)];
        }
        if (known < FEWEST_ANSWERS) {
            return UNKNOWN;
        }
        double pace = Math.max(pace(nowNanos, 0), pace(nowNanos, Math.max(0, used - RECENT_SLOTS)));
        return (long) Math.min(aheadNow / pace, byComparison(aheadNow));
    }

    /** Answers a nanosecond, from a slot on; the first slot's begin is the first answer's time. */
    private double pace(long nowNanos, int from) {
        long count = 0;
        for (int i = from; i < used; i++) {
            count += answers[slot(i)];
        }
        return (double) count / Math.max(SLOT_NANOS, nowNanos - begun[slot(from)]);
    }

    private double byComparison(int aheadNow) {
        double meanAhead = 0;
        double meanWaited = 0;
        for (int i = 0; i < used; i++) {
            meanAhead += (double) ahead[slot(i)] / used;
            meanWaited += (double) waited[slot(i)] / used;
        }
        double square = 0;
        double product = 0;
        double total = 0;
        for (int i = 0; i < used; i++) {
            double x = ahead[slot(i)] - meanAhead;
            double y = waited[slot(i)] - meanWaited;
            square += x * x;
            product += x * y;
            total += y * y;
        }
        double slope = 0;
        if (used > 2 && square > 0) {
            double steepest = product / square;
            double error = Math.sqrt(Math.max(0, total - steepest * product) / (used - 2) / square);
            slope = Math.max(0, steepest - STANDARD_ERRORS * error);
        }
        double least = Double.MAX_VALUE;
        int most = 1;
        for (int i = 0; i < used; i++) {
            most = Math.max(most, ahead[slot(i)]);
            least = Math.min(least, waited[slot(i)] - slope * ahead[slot(i)]);
        }
        return slope * Math.min(aheadNow, FURTHEST * most) + Math.max(0, least);
    }

    private int slot(int index) {
        return Math.floorMod(first + index, SLOTS);
    }
}
