package dev.laneway.runtime.kafka;

import java.util.Arrays;

/**
 * What of a partition is finished: records are taken in offset order and finished in any order, and only the contiguous part
 * below the first unfinished one may be committed. Offsets may have gaps. Not safe across threads.
 */
final class Watermark {
    private long[] offsets = new long[64];
    private boolean[] finished = new boolean[64];
    private int head;
    private int size;
    private int unfinished;
    private long next;

    /** @param position the first offset that will be taken, or a smaller one */
    Watermark(long position) {
        next = position;
    }

    /** A record was taken; offsets only grow. */
    void taken(long offset) {
        if (offset < next) {
            throw new IllegalArgumentException("offset " + offset + " was taken before; next is " + next);
        }
        if (size == offsets.length) {
            grow();
        }
        int at = index(size);
        offsets[at] = offset;
        finished[at] = false;
        size++;
        unfinished++;
        next = offset + 1;
    }

    /** Whether a record of this offset, or of a later one, was taken before. */
    boolean isPast(long offset) {
        return offset < next;
    }

    /** Above every record that was taken. */
    long next() {
        return next;
    }

    /** Its work is done; false where it was not taken, or was finished before. */
    boolean finish(long offset) {
        int position = search(offset);
        if (position < 0 || finished[index(position)]) {
            return false;
        }
        finished[index(position)] = true;
        unfinished--;
        while (size > 0 && finished[head]) {
            head = (head + 1) & (offsets.length - 1);
            size--;
        }
        return true;
    }

    /** The offset to commit: everything below it is finished. */
    long committable() {
        return size == 0 ? next : offsets[head];
    }

    /** Records taken and not finished. */
    int unfinished() {
        return unfinished;
    }

    /** Records held, from the first unfinished one on. */
    int span() {
        return size;
    }

    private int index(int position) {
        return (head + position) & (offsets.length - 1);
    }

    private int search(long offset) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long at = offsets[index(middle)];
            if (at == offset) {
                return middle;
            }
            if (at < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private void grow() {
        long[] biggerOffsets = new long[offsets.length * 2];
        boolean[] biggerFinished = new boolean[offsets.length * 2];
        int first = offsets.length - head;
        System.arraycopy(offsets, head, biggerOffsets, 0, first);
        System.arraycopy(finished, head, biggerFinished, 0, first);
        System.arraycopy(offsets, 0, biggerOffsets, first, head);
        System.arraycopy(finished, 0, biggerFinished, first, head);
        offsets = biggerOffsets;
        finished = biggerFinished;
        head = 0;
    }

    @Override
    public String toString() {
        return "Watermark[committable=" + committable() + ", next=" + next + ", unfinished=" + unfinished + ", first="
                + Arrays.toString(Arrays.copyOf(offsets, Math.min(size, 4))) + "]";
    }
}
