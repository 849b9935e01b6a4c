package dev.laneway.runtime.kafka;

import org.jspecify.annotations.Nullable;

/**
 * How far a member of a group is with one partition, and what it may therefore do and must say. A pure state machine: it knows no broker and
 * no clock. Not safe across threads.
 *
 * <p>Records are handed out in order and finish in any order; the contiguous part is what may be committed. Where the partition is
 * <em>marked</em>, a record may be begun with only when an accepted commit has said so beforehand ({@link StartMark}), under the epoch in
 * force, and lately enough that nobody else can own the partition by now. So whoever gets the partition next knows which of its records may
 * have been begun with, and under which epoch.
 */
public final class PartitionProgress {
    /** Records that a commit allows beyond those handed out, at least: enough for a quiet partition never to wait. */
    public static final int LEAST_AHEAD = 32;

    static final int MOST_AHEAD = 4_096;
    /** A commit that was accepted proves for so long that the partition is still ours: the group's session timeout less two seconds. */
    public static final long FRESH_NANOS = (KafkaSettings.SESSION_TIMEOUT_MILLIS - 2_000) * 1_000_000L;
    /** A commit of this age is made again, so that there is always a fresh one. */
    static final long RENEW_NANOS = 2_000_000_000L;

    private final Watermark watermark;
    private final boolean marked;
    private final long position;
    private final long doubtBelow;
    private final String doubtEpoch;
    private long committedOffset = -1;
    private long started = -1;
    private @Nullable String epoch;
    private String told = StartMark.NO_EPOCH;
    private long freshAt;
    private String seenEpoch;
    private long boundary;
    private long handedOut;

    /**
     * A commit to be made.
     *
     * @param offset everything below is finished
     * @param mark null where the partition isn't marked
     * @param askedAt when it was decided, monotonic nanoseconds
     */
    public record Due(long offset, @Nullable StartMark mark, long askedAt) {
        /** The mark, as it goes into the commit's metadata. */
        public String metadata() {
            return mark == null ? "" : mark.text();
        }
    }

    private PartitionProgress(
            boolean marked, long position, long doubtBelow, String doubtEpoch, String seenEpoch, long boundary) {
        this.marked = marked;
        this.position = position;
        this.watermark = new Watermark(position);
        this.doubtBelow = doubtBelow;
        this.doubtEpoch = doubtEpoch;
        this.seenEpoch = seenEpoch;
        this.boundary = boundary;
    }

    /** Of a source that only commits. */
    public static PartitionProgress unmarked() {
        return new PartitionProgress(false, 0, 0, StartMark.NO_EPOCH, StartMark.NO_EPOCH, 0);
    }

    /** Of a partition that was just assigned. */
    public static PartitionProgress marked(InheritedMarks.Inherited inherited, String epochNow) {
        StartMark mark = inherited.mark();
        long position = inherited.position();
        if (mark == null) {
            return new PartitionProgress(true, position, position, StartMark.NO_EPOCH, epochNow, position);
        }
        long doubtBelow = Math.max(position, Math.min(mark.started(), inherited.end()));
        boolean sameEpoch = same(mark.epoch(), epochNow);
        return new PartitionProgress(
                true, position, doubtBelow, mark.epoch(), epochNow, sameEpoch ? position : doubtBelow);
    }

    /** The log begins anew: what was said of the old one means nothing. */
    public static PartitionProgress anew(long position, String epochNow, boolean marked) {
        return new PartitionProgress(marked, position, position, StartMark.NO_EPOCH, epochNow, position);
    }

    /** The epoch under which a member before may have begun with a record; null where none has. */
    public @Nullable String doubt(long offset) {
        return offset < doubtBelow ? doubtEpoch : null;
    }

    /** Whether some of its records were begun with outside of the epoch in force, and are not finished and committed past. */
    public boolean mixed() {
        return marked && StartMark.NO_EPOCH.equals(epoch);
    }

    /** Whether a record may be begun with at this moment. */
    public boolean holds(long offset, String epochNow, long nanos) {
        if (!marked) {
            return true;
        }
        observe(epochNow);
        return epoch != null
                && (epoch.equals(epochNow) || epoch.equals(StartMark.NO_EPOCH))
                && offset < started
                && nanos - freshAt < FRESH_NANOS;
    }

    /** A record is handed out; offsets only grow. */
    public void taken(long offset) {
        watermark.taken(offset);
        handedOut++;
    }

    /** Its work is done; false where it was not handed out, or was finished before. */
    public boolean finish(long offset) {
        return watermark.finish(offset);
    }

    /** Everything below is finished. */
    public long committable() {
        return watermark.committable();
    }

    /** Records handed out and not finished. */
    public int unfinished() {
        return watermark.unfinished();
    }

    /** Records from the first unfinished one to the last handed out. */
    public int span() {
        return watermark.span();
    }

    /**
     * The commit that has to be made now, if any.
     *
     * @param toldNow the epoch whose memory knows of everything that this member has begun with and not finished
     * @param wanted above the last record that waits to be handed out, 0 where none does
     */
    public @Nullable Due due(String epochNow, String toldNow, long wanted, long nanos) {
        long offset = watermark.committable();
        if (!marked) {
            return offset > committedOffset && handedOut > 0 ? new Due(offset, null, nanos) : null;
        }
        observe(epochNow);
        String say = say(epochNow, offset);
        long ahead = Math.clamp(2 * handedOut, LEAST_AHEAD, MOST_AHEAD);
        long next = Math.max(watermark.next(), wanted);
        boolean low = started - next < ahead / 2;
        // what a member before may have begun with, nobody but its end can tell
        String sayTold = offset >= doubtBelow ? toldNow : StartMark.NO_EPOCH;
        boolean news = offset > committedOffset || low || !say.equals(epoch) || !sayTold.equals(told);
        if (!news && nanos - freshAt < RENEW_NANOS) {
            return null;
        }
        handedOut = 0;
        long upTo = Math.max(Math.max(doubtBelow, started), next + ahead);
        return new Due(offset, new StartMark(low ? upTo : Math.max(doubtBelow, started), say, sayTold), nanos);
    }

    /** Whether something is finished that no accepted commit says. */
    boolean behind() {
        return watermark.committable() > Math.max(committedOffset, position);
    }

    /** The broker has accepted a commit while the partition was ours. @return whether it went further than the one before */
    public boolean accepted(Due due) {
        boolean further = due.offset() > committedOffset;
        committedOffset = Math.max(committedOffset, due.offset());
        StartMark mark = due.mark();
        if (mark != null) {
            started = Math.max(started, mark.started());
            epoch = mark.epoch();
            told = mark.told();
            freshAt = due.askedAt();
        }
        return further;
    }

    /** What was begun with before the epoch changed is not remembered in the new one. */
    private void observe(String epochNow) {
        if (!epochNow.equals(seenEpoch)) {
            seenEpoch = epochNow;
            boundary = Math.max(doubtBelow, watermark.next());
        }
    }

    /** An epoch may be spoken of when every record that may have been begun with outside of it is finished and committed past. */
    private String say(String epochNow, long offset) {
        return offset >= boundary || epochNow.equals(epoch) ? epochNow : StartMark.NO_EPOCH;
    }

    private static boolean same(String one, String other) {
        return one.equals(other) && !one.equals(StartMark.NO_EPOCH);
    }
}
