package dev.laneway.dialects.sse;

import java.util.Arrays;

/**
 * Cuts a byte stream into server-sent events (WHATWG HTML, 9.2). Cuts of the input may fall anywhere; lines end with LF, CR or
 * CRLF; a byte order mark, comments and unknown fields are passed over. It never copies an event that lies whole in one chunk.
 * What it says of a frame is valid until the next call of {@link #next} or {@link #feed}. One thread.
 */
public final class SseFramer {
    /** A frame larger than this spoils the stream: no vendor's is near it. */
    public static final int MAX_FRAME_BYTES = 16 << 20;

    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int at;
    private int end;
    private boolean own;
    private boolean begun;
    private boolean afterCr;
    private boolean ended;
    /** Of an unfinished frame, from its start: where the line begins that is not whole, and how far it has no end. */
    private int lineSeen;

    private int scanned;

    private int frameStart;
    private int frameEnd;
    private byte[] data = NOTHING;
    private int dataStart;
    private int dataEnd;
    private int dataLines;
    private int eventStart;
    private int eventEnd;

    /** Takes the next bytes, which must not change while frames are read; those before must have been read out by {@link #next}. */
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
            if (lineSeen > 0) {
                move(grown);
            }
            bytes = grown;
            at = 0;
            end = rest;
            own = true;
        }
        System.arraycopy(chunk, offset, bytes, end, length);
        end += length;
    }

    /** What was read of a frame's lines so far goes along with them. */
    private void move(byte[] to) {
        if (dataLines == 1) {
            data = to;
            dataStart -= at;
            dataEnd -= at;
        }
        if (eventEnd > 0) {
            eventStart -= at;
            eventEnd -= at;
        }
    }

    /** No more bytes come: what is left counts as a frame, although its blank line is missing. */
    public void end() {
        ended = true;
    }

    /** Moves to the next whole frame that has data or is a comment. @return false where more bytes are needed */
    public boolean next() {
        if (!begun && !skipMark()) {
            return false;
        }
        frameStart = at;
        if (lineSeen == 0) {
            dataLines = 0;
            dataStart = dataEnd = 0;
            eventStart = eventEnd = 0;
        }
        var lineStart = at + lineSeen;
        if (afterCr && at < end) {
            afterCr = false;
            if (bytes[at] == '\n') {
                lineStart++;
            }
        }
        while (true) {
            var lineEnd = Math.max(lineStart, frameStart + scanned);
            while (lineEnd < end && bytes[lineEnd] != '\n' && bytes[lineEnd] != '\r') {
                lineEnd++;
            }
            if (lineEnd == end) {
                lineSeen = lineStart - frameStart;
                scanned = lineEnd - frameStart;
                return ended && last(lineStart, lineEnd);
            }
            var next = lineEnd + 1;
            if (bytes[lineEnd] == '\r') {
                if (next < end && bytes[next] == '\n') {
                    next++;
                } else if (next == end) {
                    if (lineEnd > lineStart && !ended) {
                        lineSeen = lineStart - frameStart;
                        scanned = lineEnd - frameStart;
                        return false;
                    }
                    afterCr = true;
                }
            }
            if (lineEnd == lineStart) {
                frameEnd = at = next;
                lineSeen = scanned = 0;
                if (lineStart > frameStart && hasContent(frameStart, lineStart)) {
                    return true;
                }
                frameStart = lineStart = next;
            } else {
                line(lineStart, lineEnd);
                lineStart = next;
            }
        }
    }

    private boolean last(int lineStart, int lineEnd) {
        if (lineEnd > lineStart) {
            line(lineStart, lineEnd);
        }
        at = end;
        frameEnd = end;
        lineSeen = scanned = 0;
        return hasContent(frameStart, frameEnd);
    }

    private boolean hasContent(int from, int to) {
        for (var i = from; i < to; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /** A stream may begin with a byte order mark. @return false where that can't be told yet */
    private boolean skipMark() {
        if (at == end) {
            return false;
        }
        if (bytes[at] == (byte) 0xEF) {
            if (end - at < 3 && !ended) {
                return false;
            }
            if (end - at >= 3 && bytes[at + 1] == (byte) 0xBB && bytes[at + 2] == (byte) 0xBF) {
                at += 3;
            }
        }
        begun = true;
        return true;
    }

    private void line(int from, int to) {
        if (startsWith(from, to, "data")) {
            data(value(from + 4, to), to);
        } else if (startsWith(from, to, "event")) {
            eventStart = value(from + 5, to);
            eventEnd = to;
        }
    }

    /** Whether the line's field has that name. */
    private boolean startsWith(int from, int to, String field) {
        var length = field.length();
        if (to - from < length || (to - from > length && bytes[from + length] != ':')) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (bytes[from + i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where a field's value begins: after the colon and one space. */
    private int value(int colon, int to) {
        var from = Math.min(colon + 1, to);
        return from < to && bytes[from] == ' ' ? from + 1 : from;
    }

    private void data(int from, int to) {
        if (dataLines++ == 0) {
            data = bytes;
            dataStart = from;
            dataEnd = to;
            return;
        }
        var first = dataEnd - dataStart;
        var needed = first + 1 + to - from;
        if (dataLines == 2 || needed > data.length) {
            data = Arrays.copyOfRange(data, dataStart, dataStart + 2 * needed);
            dataStart = 0;
        }
        data[first] = '\n';
        System.arraycopy(bytes, from, data, first + 1, to - from);
        dataEnd = needed;
    }

    /** Whether bytes wait for the rest of their frame in excess of {@link #MAX_FRAME_BYTES}. */
    public boolean overflown() {
        return end - at > MAX_FRAME_BYTES;
    }

    /** Where the frame is as it came, its blank line included, if it had one. */
    public byte[] frame() {
        return bytes;
    }

    public int frameStart() {
        return frameStart;
    }

    public int frameEnd() {
        return frameEnd;
    }

    /** Whether the frame has a data field; one without is a comment or names an event and means nothing. */
    public boolean hasData() {
        return dataLines > 0;
    }

    /** Where the frame's data is: within the frame where {@link #dataInFrame}, else several lines joined. */
    public byte[] data() {
        return data;
    }

    public boolean dataInFrame() {
        return dataLines == 1;
    }

    public int dataStart() {
        return dataStart;
    }

    public int dataEnd() {
        return dataEnd;
    }

    /** Whether the frame's data is that, in ASCII, or that and spaces. */
    public boolean dataIs(String text) {
        var to = dataEnd;
        while (to > dataStart && data[to - 1] == ' ') {
            to--;
        }
        return equal(data, dataStart, to, text);
    }

    /** Whether the frame's event field is that, in ASCII. */
    public boolean eventIs(String name) {
        return equal(bytes, eventStart, eventEnd, name);
    }

    private static boolean equal(byte[] bytes, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
