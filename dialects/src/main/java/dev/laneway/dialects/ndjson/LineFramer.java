package dev.laneway.dialects.ndjson;

/**
 * Cuts a byte stream into lines. Cuts of the input may fall anywhere; lines end with LF, CR or CRLF, since neither stands in a JSON
 * document unescaped but as white space between its tokens; blank lines are passed over. It never copies a line that lies whole in one
 * chunk. What it says of a line is valid until the next call of {@link #next} or {@link #feed}. One thread.
 */
public final class LineFramer {
    /** A line larger than this spoils the stream: no vendor's is near it. */
    public static final int MAX_LINE_BYTES = 16 << 20;

    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int at;
    private int end;
    private boolean own;
    /** Bytes from {@link #at} on that were looked through and hold no line end. */
    private int scanned;

    private boolean ended;
    private boolean whole;
    private int lineStart;
    private int lineEnd;

    /** Takes the next bytes, which must not change while lines are read; those before must have been read out by {@link #next}. */
    public void feed(byte[] chunk, int offset, int length) {
        if (at == end) {
            bytes = chunk;
            at = offset;
            end = offset + length;
            own = false;
            return;
        }
        var rest = end - at;
        if (!own || end + length > bytes.length) {
            var grown = new byte[Math.max(2 * (rest + length), 1024)];
            System.arraycopy(bytes, at, grown, 0, rest);
            bytes = grown;
            at = 0;
            end = rest;
            own = true;
        }
        System.arraycopy(chunk, offset, bytes, end, length);
        end += length;
    }

    /** No more bytes come: what is left counts as a line, although its end is missing. */
    public void end() {
        ended = true;
    }

    /** Moves to the next line that is not blank. @return false where more bytes are needed */
    public boolean next() {
        while (at < end) {
            var stop = at + scanned;
            while (stop < end && bytes[stop] != '\n' && bytes[stop] != '\r') {
                stop++;
            }
            whole = stop < end;
            if (!whole && !ended) {
                scanned = stop - at;
                return false;
            }
            lineStart = at;
            lineEnd = stop;
            at = whole ? stop + 1 : stop;
            scanned = 0;
            if (!isBlank()) {
                return true;
            }
        }
        return false;
    }

    private boolean isBlank() {
        for (var i = lineStart; i < lineEnd; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether bytes wait for the rest of their line in excess of {@link #MAX_LINE_BYTES}. */
    public boolean overflown() {
        return end - at > MAX_LINE_BYTES;
    }

    /** Whether the line had an end; the last one of a stream that was cut has none. */
    public boolean isWhole() {
        return whole;
    }

    /** Where the line is. */
    public byte[] bytes() {
        return bytes;
    }

    public int lineStart() {
        return lineStart;
    }

    /** Without what ends it. */
    public int lineEnd() {
        return lineEnd;
    }
}
