package dev.laneway.accounting.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's binary format for {@code COPY}: a row is the number of its fields, and each field its length (-1 for a null) and its
 * bytes. Grows as needed. Belongs to one thread.
 */
final class CopyBuffer {
    private static final byte[] BEGIN = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int TEXT_TYPE = 25;
    /** From 1970 to 2000, where PostgreSQL's time begins. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;
    /** The end of the year 9999: a broken clock must not make a fact that can't be stored. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    private byte[] bytes = new byte[64 * 1024];
    private int length;

    /** Begins anew. */
    void begin() {
        length = 0;
        put(BEGIN);
    }

    void row(int fields) {
        putShort(fields);
    }

    void end() {
        putShort(-1);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void nothing() {
        putInt(-1);
    }

    void truth(boolean value) {
        room(5);
        putInt(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    void whole(int value) {
        putInt(4);
        putInt(value);
    }

    void big(long value) {
        putInt(8);
        putLong(value);
    }

    /** @param millis since 1970; what is out of range becomes the nearest that is in it */
    void time(long millis) {
        big(clamp(millis) * 1_000 - EPOCH_MICROS);
    }

    /** A time as it is stored. */
    static long clamp(long millis) {
        return Math.clamp(millis, 0, LAST_MILLIS);
    }

    /** Text, as {@link #kept} says. */
    void text(@Nullable String value) {
        if (value == null) {
            nothing();
            return;
        }
        int chars = value.length();
        room(4 + chars);
        int at = length + 4;
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            if (c >= 128 || c == 0) {
                encoded(value.replace("\0", "").getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[at + i] = (byte) c;
        }
        putInt(chars);
        length += chars;
    }

    /** An array of text; an empty one is a null. */
    void texts(List<String> values) {
        if (values.isEmpty()) {
            nothing();
            return;
        }
        int start = length;
        putInt(0); // its length, once it is known
        putInt(1);
        putInt(0);
        putInt(TEXT_TYPE);
        putInt(values.size());
        putInt(1);
        values.forEach(this::text);
        ByteBuffer.wrap(bytes).putInt(start, length - start - 4);
    }

    /**
     * Text as it is stored: without NUL, which PostgreSQL's text can't hold, and with a question mark for each half of a character that
     * stands alone. What is one name in the table has to be one before.
     */
    static String kept(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return new String(value.replace("\0", "").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            }
        }
        return value;
    }

    private void encoded(byte[] text) {
        putInt(text.length);
        put(text);
    }

    private void put(byte[] some) {
        room(some.length);
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    private void putShort(int value) {
        room(2);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void putInt(int value) {
        room(4);
        bytes[length++] = (byte) (value >> 24);
        bytes[length++] = (byte) (value >> 16);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void putLong(long value) {
        putInt((int) (value >> 32));
        putInt((int) value);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
