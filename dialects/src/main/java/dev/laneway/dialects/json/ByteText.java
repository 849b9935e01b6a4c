package dev.laneway.dialects.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes under construction: text in UTF-8, and JSON strings. One thread. */
public final class ByteText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = new byte[0];

    private byte[] bytes;
    private int length;

    public ByteText(int capacity) {
        bytes = new byte[capacity];
    }

    /** Text that needs no escaping, in ASCII. */
    public ByteText ascii(String text) {
        reserve(text.length());
        for (var i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    public ByteText raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    public ByteText raw(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /** Puts a space in the place of a byte that was written. */
    public void space(int at) {
        bytes[at] = ' ';
    }

    public ByteText number(long number) {
        return ascii(Long.toString(number));
    }

    /**
     * A JSON string with its quotes. A lone surrogate, which UTF-8 does not have, is escaped: the other half may come in the
     * next piece of a stream.
     */
    public ByteText quoted(String text) {
        reserve(text.length() * 6L + 2);
        bytes[length++] = '"';
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = (byte) c;
            } else if (c < ' ') {
                control(c);
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                i += wide(text, i);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    private void control(char c) {
        bytes[length++] = '\\';
        switch (c) {
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                length--;
                escaped(c);
            }
        }
    }

    private void escaped(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (var shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(c >> shift) & 15];
        }
    }

    /** Writes the character at i. @return how many more chars than one it took */
    private int wide(String text, int i) {
        var point = text.codePointAt(i);
        if (point < 0x800) {
            bytes[length++] = (byte) (0xC0 | (point >> 6));
        } else if (Character.isSurrogate(text.charAt(i)) && point <= 0xFFFF) {
            escaped((char) point);
            return 0;
        } else if (point <= 0xFFFF) {
            bytes[length++] = (byte) (0xE0 | (point >> 12));
            bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        } else {
            bytes[length++] = (byte) (0xF0 | (point >> 18));
            bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (point & 0x3F));
        return point > 0xFFFF ? 1 : 0;
    }

    private void reserve(long more) {
        var needed = length + more;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, 2L * bytes.length)));
        }
    }

    public int length() {
        return length;
    }

    /** Takes back what was added since it had that length. */
    public void cut(int to) {
        if (to > length) {
            throw new IllegalArgumentException("it is shorter than that");
        }
        length = to;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** A copy of the bytes; this becomes empty and may be used again. */
    public byte[] take() {
        if (length == 0) {
            return NONE;
        }
        var taken = Arrays.copyOf(bytes, length);
        length = 0;
        return taken;
    }

    /** The bytes themselves, of which the first {@link #length} count; valid until the next change. */
    byte[] array() {
        return bytes;
    }
}
