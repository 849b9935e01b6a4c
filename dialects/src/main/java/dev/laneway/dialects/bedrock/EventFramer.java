package dev.laneway.dialects.bedrock;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Cuts {@code vnd.amazon.eventstream} into messages: total length, length of the headers, a CRC of both; headers; payload; a CRC of
 * everything before it, all numbers of four bytes and big-endian. Cuts may fall anywhere. A message over {@link #LARGEST}, or one whose
 * sums don't fit, is the end. One stream, one thread.
 */
final class EventFramer {
    /** The most that the encoding allows is 24 MB; an event of text is a few hundred bytes. */
    static final int LARGEST = 16 << 20;

    private static final int PRELUDE = 12;
    private static final int SUM = 4;

    private byte[] buffer = new byte[4096];
    private int start;
    private int end;
    private boolean broken;

    void feed(byte[] bytes, int offset, int length) {
        if (buffer.length - end < length) {
            var kept = end - start;
            var grown = buffer.length >= kept + length ? buffer : new byte[Math.max(2 * buffer.length, kept + length)];
            System.arraycopy(buffer, start, grown, 0, kept);
            buffer = grown;
            start = 0;
            end = kept;
        }
        System.arraycopy(bytes, offset, buffer, end, length);
        end += length;
    }

    /** The next message; null where it isn't whole yet, and where it is {@link #broken}. */
    @Nullable
    EventFrame next() {
        if (broken || end - start < PRELUDE) {
            return null;
        }
        var view = ByteBuffer.wrap(buffer, start, end - start);
        var total = view.getInt();
        var headers = view.getInt();
        if (total < PRELUDE + SUM
                || total > LARGEST
                || headers < 0
                || headers > total - PRELUDE - SUM
                || view.getInt() != sum(PRELUDE - SUM)) {
            broken = true;
            return null;
        }
        if (end - start < total) {
            return null;
        }
        if (view.getInt(start + total - SUM) != sum(total - SUM)) {
            broken = true;
            return null;
        }
        var at = start + PRELUDE;
        var payload = Arrays.copyOfRange(buffer, at + headers, start + total - SUM);
        var read = headers(ByteBuffer.wrap(buffer, at, headers));
        start += total;
        return read == null ? null : new EventFrame(read, payload);
    }

    /** Whether what came is no such stream; nothing more comes of it. */
    boolean broken() {
        return broken;
    }

    /** Whether a message has begun and is not whole. */
    boolean pending() {
        return end > start;
    }

    private int sum(int length) {
        var crc = new CRC32();
        crc.update(buffer, start, length);
        return (int) crc.getValue();
    }

    /** Each is the length of its name, the name, a type, and a value whose length follows from the type or stands before it. */
    private @Nullable Map<String, String> headers(ByteBuffer at) {
        var headers = new HashMap<String, String>();
        try {
            while (at.hasRemaining()) {
                var name = text(at, at.get() & 0xff);
                switch (at.get()) {
                    case 0, 1 -> {}
                    case 2 -> skip(at, 1);
                    case 3 -> skip(at, 2);
                    case 4 -> skip(at, 4);
                    case 5, 8 -> skip(at, 8);
                    case 6 -> skip(at, at.getShort() & 0xffff);
                    case 7 -> headers.put(name, text(at, at.getShort() & 0xffff));
                    case 9 -> skip(at, 16);
                    default -> throw new IllegalArgumentException("no such type of a header");
                }
            }
            return headers;
        } catch (BufferUnderflowException | IllegalArgumentException nonsense) {
            broken = true;
            return null;
        }
    }

    private static String text(ByteBuffer at, int length) {
        var bytes = new byte[length];
        at.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void skip(ByteBuffer at, int length) {
        at.position(at.position() + length);
    }
}
